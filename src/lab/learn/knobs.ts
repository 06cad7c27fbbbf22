/** Controls that several pages have. */
import type { Knob } from './lesson.js';

type Range = Pick<Knob, 'min' | 'max' | 'start'>;

export const mirrorRatio = (range: Range): Knob => ({
  key: 'ratio',
  label: 'Mirror ratio, R',
  unit: '1',
  ...range,
  log: true,
  help: 'Field at the throats over least field.',
});

/** @param help what it changes on this page */
export const energy = (help: string): Knob => ({
  key: 'energy',
  label: 'Energy',
  unit: 'keV',
  min: 1,
  max: 100,
  start: 10,
  log: true,
  help,
});
