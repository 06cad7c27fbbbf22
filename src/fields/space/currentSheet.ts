import { quantity, section, tag } from '../../scenario/leaves.js';
import { fieldStrength, lineLength } from '../keys.js';
import { sheetsAcrossZ } from './sheets.js';
import { component, electricComponent } from './strength.js';
import type { SpaceField, SpaceProfile } from './types.js';

const schema = section(
  {
    kind: tag('currentSheet', 'A current sheet'),
    B0: quantity('magneticField', { ...fieldStrength('Field strength far from the sheet'), example: '5 nT' }),
    thickness: quantity('length', { ...lineLength('Half thickness L of the sheet'), example: '500 km' }),
    normalField: component('Field across the sheet, along z', '0.5 nT').prefault('0 T'),
    guideField: component('Field along the current, along y').prefault('0 T'),
    electricField: electricComponent('Electric field along y').prefault('0 V/m'),
  },
  "Harris's current sheet in the plane z = 0, with a field across it, a guide field and an electric field.",
);

/**
 * `B = B0 tanh(z/L) x + Bg y + Bn z`, `E = Ey y`.
 * @param spec B0 [T], thickness L [m], normalField Bn [T], guideField Bg [T], electricField Ey [V/m]
 * Source: Harris, Nuovo Cimento 23, 115 (1962).
 * @example
 * buildCurrentSheet({ B0: 1, thickness: 2, normalField: 0.5, guideField: 0, electricField: 0 }).at(0, 0, 1, 0).B[0] // ≈ 0.46211715726001
 */
export function buildCurrentSheet(spec: {
  B0: number;
  thickness: number;
  normalField: number;
  guideField: number;
  electricField: number;
}): SpaceField {
  return sheetsAcrossZ({ ...spec, kind: 'currentSheet', places: [0], offset: 0 });
}

export const currentSheet = {
  kind: 'currentSheet',
  schema,
  example: {
    kind: 'currentSheet',
    B0: '5 nT',
    thickness: '500 km',
    normalField: '0.5 nT',
    guideField: '1 nT',
    electricField: '0.1 mV/m',
  },
  build: buildCurrentSheet,
} as const satisfies SpaceProfile<'currentSheet', typeof schema>;
