import * as z from 'zod';
import { tanh } from '../../physics/elementary.js';
import { SectionFault } from '../../scenario/faults.js';
import { orAbsent, plainNumber, quantity, section, tag } from '../../scenario/leaves.js';
import { fieldStrength, lineLength } from '../keys.js';
import { component } from './strength.js';
import { PASSES, type SpaceField, type SpaceProfile } from './types.js';

const MOST = 1000;

const schema = section(
  {
    kind: tag('sheets', 'A chain of current sheets'),
    B0: quantity('magneticField', { ...fieldStrength('Field strength between the sheets'), example: '5 nT' }),
    thickness: quantity('length', { ...lineLength('Half thickness of every sheet'), example: '100 km' }),
    separations: z
      .array(quantity('length', { ...lineLength('Distance between neighbouring sheets'), example: '1000 km' }), {
        error: 'is no list of lengths (must be e.g. [1000 km, 3000 km])',
      })
      .min(1, { error: 'is empty (must have at least one length)' })
      .max(MOST, { error: `is too long (must have at most ${MOST} lengths)` })
      .meta({ description: 'Distances between neighbouring sheets, from low z to high z' }),
    count: orAbsent(
      plainNumber({
        description: 'Number of sheets; the separations are taken again in turn where it is larger than theirs',
        what: 'a number of sheets',
        min: 2,
        max: MOST,
        whole: true,
        example: 8,
      }),
    ),
    normalField: component('Field across the sheets, along z', '0.5 nT').prefault('0 T'),
    guideField: component('Field along the currents, along y', '1 nT').prefault('0 T'),
  },
  'Alternating current sheets along z, as intermittent turbulence has them: the field turns over at each.',
);

interface Sheets {
  readonly kind: string;
  readonly B0: number;
  readonly thickness: number;
  readonly normalField: number;
  readonly guideField: number;
  readonly electricField: number;
  readonly places: readonly number[];
  readonly offset: number;
}

/** `Bx = B0 [offset + sum_i (-1)^i tanh((z - z_i)/L)]`, uniform By, Bz and Ey. */
export function sheetsAcrossZ(spec: Sheets): SpaceField {
  const { kind, B0, thickness, normalField, guideField, electricField, places, offset } = spec;
  return {
    kind,
    at: (_x, _y, z) => {
      const sum = places.reduce((total, place, i) => {
        const rise = tanh((z - place) / thickness);
        return i % 2 === 0 ? total + rise : total - rise;
      }, offset);
      return { B: [B0 * sum, guideField, normalField], E: [0, electricField, 0] };
    },
    strength: B0,
    layered: true,
    scale: thickness,
    frequency: 0,
    electric: electricField !== 0,
    passes: ({ field, length, electric }) => [
      {
        pass: PASSES.sheets,
        numbers: [
          B0 / field,
          (B0 / field) * offset,
          length / thickness,
          guideField / field,
          normalField / field,
          electricField / electric,
          places.length,
          ...places.map((place) => place / length),
        ],
      },
    ],
  };
}

/**
 * Alternating sheets of tanh across z, `Bx` between `-B0` (below the first) and `B0`; the chain's middle is at z = 0.
 * @param spec B0 [T], thickness [m], separations [m], count of sheets (one more than the separations if absent), normalField,
 *   guideField [T]
 * @throws SectionFault where neighbouring sheets overlap
 * @example
 * const chain = buildSheets({ B0: 1, thickness: 0.01, separations: [1, 3], normalField: 0, guideField: 0.1 });
 * [-3, -1.5, 0, 3].map((z) => Math.round(chain.at(0, 0, z, 0).B[0])) // => [-1,1,-1,1]
 */
export function buildSheets(spec: {
  B0: number;
  thickness: number;
  separations: readonly number[];
  count?: number | null;
  normalField: number;
  guideField: number;
}): SpaceField {
  const { separations, thickness } = spec;
  separations.forEach((separation, i) => {
    if (separation < 4 * thickness)
      throw new SectionFault({
        path: `separations.${i}`,
        found: `${separation} m`,
        message: `${separation} m lets sheets of half thickness ${thickness} m overlap (must be at least four times that)`,
      });
  });
  const count = spec.count ?? separations.length + 1;
  const places = [0];
  while (places.length < count)
    places.push(places[places.length - 1] + separations[(places.length - 1) % separations.length]);
  const middle = places[count - 1] / 2;
  return sheetsAcrossZ({
    ...spec,
    kind: 'sheets',
    electricField: 0,
    places: places.map((place) => place - middle),
    // an even number of turns adds up to nothing far below, and must be -1 there
    offset: count % 2 === 0 ? -1 : 0,
  });
}

export const sheets = {
  kind: 'sheets',
  schema,
  example: {
    kind: 'sheets',
    B0: '5 nT',
    thickness: '100 km',
    separations: ['1000 km', '700 km', '1500 km'],
    guideField: '1 nT',
  },
  build: buildSheets,
} as const satisfies SpaceProfile<'sheets', typeof schema>;
