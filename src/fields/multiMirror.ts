import { cos, sin } from '../physics/elementary.js';
import { plainNumber, quantity, section, tag } from '../scenario/leaves.js';
import { fieldStrength, lineLength, mirrorRatio } from './keys.js';
import { tabulate } from './tabulate.js';
import type { FieldProfile, LineField } from './types.js';

const schema = section(
  {
    kind: tag('multiMirror', 'A row of equal mirrors'),
    B: quantity('magneticField', fieldStrength('Field strength at the minima')),
    ratio: plainNumber(mirrorRatio('Mirror ratio of every cell')),
    cells: plainNumber({
      description: 'Number of mirrors in the row',
      what: 'a number of mirrors',
      min: 1,
      max: 100,
      whole: true,
      example: 5,
    }),
    length: quantity('length', { ...lineLength('First throat to last throat along the line'), example: '10 m' }),
  },
  'A row of equal mirrors (a bumpy field), in which trapped particles diffuse from cell to cell.',
);

const TWO_PI = 6.283185307179586;

/**
 * `B(s) = B [1 + (ratio - 1)(1 + cos(2 pi cells (s/length + 1/2)))/2]` between `±length/2`: a maximum at either end and between
 * any two cells. The midplane is the minimum nearest the middle (the right one of two).
 * @param spec B [T] at the minima, ratio > 1, cells >= 1, length [m]
 * @example
 * buildMultiMirror({ B: 0.5, ratio: 3, cells: 4, length: 8 }).sMid // => 1
 */
export function buildMultiMirror(spec: { B: number; ratio: number; cells: number; length: number }): LineField {
  const { B, ratio, cells, length } = spec;
  const wave = (TWO_PI * cells) / length;
  const swing = (B * (ratio - 1)) / 2;
  // The sign of the cosine at the middle: a minimum there for an odd number of cells, a maximum for an even one.
  const sign = cells % 2 === 1 ? -1 : 1;
  return tabulate({
    kind: 'multiMirror',
    sLeft: -length / 2,
    sRight: length / 2,
    sMid: cells % 2 === 1 ? 0 : length / (2 * cells),
    Bmin: B,
    Bmax: B * ratio,
    strength: (s) => B + swing * (1 + sign * cos(wave * s)),
    gradient: (s) => -sign * swing * wave * sin(wave * s),
  });
}

export const multiMirror = {
  kind: 'multiMirror',
  schema,
  example: { kind: 'multiMirror', B: '0.5 T', ratio: 3, cells: 5, length: '10 m' },
  build: buildMultiMirror,
} as const satisfies FieldProfile<'multiMirror', typeof schema>;
