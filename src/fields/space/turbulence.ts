import { cos, exp, log, pow, sin } from '../../physics/elementary.js';
import { philox } from '../../physics/philox.js';
import * as vectors from '../../physics/vectors.js';
import { SectionFault } from '../../scenario/faults.js';
import { oneOf, plainNumber, quantity, section, tag } from '../../scenario/leaves.js';
import { fieldStrength, lineLength } from '../keys.js';
import { PASSES, type SpaceField, type SpaceProfile, type Vector } from './types.js';
import { vector } from './vector.js';

const schema = section(
  {
    kind: tag('turbulence', 'Random plane waves'),
    B: vector('magneticField', {
      description: 'Uniform mean field',
      what: 'a component of B',
      max: 1e12,
      example: '5 nT',
    }),
    amplitude: quantity('magneticField', {
      ...fieldStrength('Root mean square of the fluctuating field'),
      example: '1 nT',
    }),
    waves: plainNumber({
      description: 'Number of plane waves',
      what: 'a number of waves',
      min: 1,
      max: 1000,
      whole: true,
      example: 64,
    }).prefault(64),
    longest: quantity('length', { ...lineLength('Longest wavelength'), example: '1e6 km' }),
    shortest: quantity('length', { ...lineLength('Shortest wavelength'), example: '1e3 km' }),
    slope: plainNumber({
      description: 'The energy in dk goes as k^-slope',
      what: 'a slope of a spectrum',
      min: -10,
      max: 10,
      example: 1.6666666666666667,
    }).prefault(5 / 3),
    directions: oneOf(
      ['isotropic', 'slab'],
      'Directions of the wave vectors: any, or along and against the mean field',
    ).prefault('isotropic'),
    phaseSpeed: quantity('speed', {
      description: 'Phase speed of every wave along its wave vector; 0: static',
      what: 'a phase speed',
      min: 0,
      max: 1e12,
      example: '50 km/s',
    }).prefault('0 m/s'),
    seed: plainNumber({
      description: 'Seed of the phases, directions and polarisations',
      what: 'a seed of a field',
      min: 0,
      max: Number.MAX_SAFE_INTEGER,
      whole: true,
      example: 1,
    }).prefault(1),
  },
  'A uniform field with a sum of plane waves of random phases, directions and polarisations and a power law of energies.',
);

interface Turbulence {
  readonly B: Vector;
  readonly amplitude: number;
  readonly waves: number;
  readonly longest: number;
  readonly shortest: number;
  readonly slope: number;
  readonly directions: 'isotropic' | 'slab';
  readonly phaseSpeed: number;
  readonly seed: number;
}

/** One plane wave: `B = a cos(k.x - omega t + phase)`, a across k. */
export interface PlaneWave {
  /** [1/m] */ readonly k: Vector;
  /** [rad/s] */ readonly omega: number;
  /** [rad] */ readonly phase: number;
  /** [T] */ readonly a: Vector;
  /** Amplitude of E [V/m]: `-omega/k^2 k x a`. */ readonly e: Vector;
}

const TURN = 2 * Math.PI;
const uniform53 = (high: number, low: number) => ((high >>> 5) * 67108864 + (low >>> 6)) / 9007199254740992;

/** Two unit vectors across n. */
function across(n: Vector): readonly [Vector, Vector] {
  const least = n.map(Math.abs).indexOf(Math.min(...n.map(Math.abs)));
  const other = vectors.cross(n, [least === 0 ? 1 : 0, least === 1 ? 1 : 0, least === 2 ? 1 : 0]);
  const first = vectors.times(other, 1 / vectors.size(other));
  return [first, vectors.cross(n, first)];
}

/**
 * The waves of a turbulent field: wave numbers at the middles of equal steps of log k, energies `a^2/2 ∝ k^(1 - slope)` that add up to
 * amplitude^2, and phase, direction and polarisation by Philox from the seed and the wave's number alone.
 * @param spec as `buildTurbulence`
 * Source: Giacalone & Jokipii, Astrophysical Journal 520, 204 (1999).
 * @example
 * const spec = { B: [0, 0, 1], amplitude: 0.5, waves: 8, longest: 10, shortest: 1, slope: 5 / 3, directions: 'slab', phaseSpeed: 0, seed: 1 };
 * randomWaves(spec).reduce((sum, { a }) => sum + (a[0] ** 2 + a[1] ** 2 + a[2] ** 2) / 2, 0) // ≈ 0.25
 */
export function randomWaves(spec: Turbulence): PlaneWave[] {
  const { B, amplitude, waves, longest, shortest, slope, directions, phaseSpeed, seed } = spec;
  const key = [seed % 4294967296, Math.floor(seed / 4294967296)] as const;
  const sizes = Array.from(
    { length: waves },
    (_, n) => (TURN / longest) * exp((log(longest / shortest) * (n + 0.5)) / waves),
  );
  const energies = sizes.map((k) => pow(k / sizes[0], 1 - slope));
  const total = energies.reduce((sum, energy) => sum + energy, 0);
  return sizes.map((size, n) => {
    const [w0, w1, w2, w3] = philox([n, 0, 0, 0], key);
    const [w4, w5, w6, w7] = philox([n, 1, 0, 0], key);
    let direction: Vector;
    if (directions === 'slab') direction = vectors.times(B, (w2 % 2 === 0 ? 1 : -1) / vectors.size(B));
    else {
      const along = 2 * uniform53(w0, w1) - 1;
      const flat = Math.sqrt(Math.max(0, 1 - along * along));
      const turn = TURN * uniform53(w2, w3);
      direction = [flat * cos(turn), flat * sin(turn), along];
    }
    const [first, second] = across(direction);
    const angle = TURN * uniform53(w4, w5);
    const height = amplitude * Math.sqrt((2 * energies[n]) / total);
    const a = vectors.times(vectors.plus(vectors.times(first, cos(angle)), second, sin(angle)), height);
    return {
      k: vectors.times(direction, size),
      omega: phaseSpeed * size,
      phase: TURN * uniform53(w6, w7),
      a,
      e: vectors.times(vectors.cross(direction, a), -phaseSpeed),
    };
  });
}

/**
 * A uniform field and random plane waves, each free of divergence (across its k) and with the E that Faraday's law asks for.
 * @param spec B mean field [T], amplitude: rms of the waves' field [T], number of waves, longest and shortest wavelength [m], slope of
 *   the energy spectrum, directions, phaseSpeed [m/s], seed
 * @throws SectionFault where the wavelengths stand the wrong way round, or waves along B lack a mean field
 * @example
 * const spec = { B: [0, 0, 1], amplitude: 0.1, waves: 2, longest: 10, shortest: 1, slope: 5 / 3, directions: 'slab', phaseSpeed: 0, seed: 1 };
 * buildTurbulence(spec).at(1, 2, 3, 0).B[2] // ≈ 1
 */
export function buildTurbulence(spec: Turbulence): SpaceField {
  const { B, amplitude, longest, shortest } = spec;
  if (!(shortest <= longest))
    throw new SectionFault({
      path: 'shortest',
      found: `${shortest} m`,
      message: `${shortest} m is longer than the longest wavelength, ${longest} m (must be at most that)`,
    });
  const mean = vectors.size(B);
  if (spec.directions === 'slab' && !(mean > 0))
    throw new SectionFault({
      path: 'B',
      found: '0 T',
      message: 'is zero, where waves travel along it (must have a direction, or directions: isotropic)',
    });
  const all = randomWaves(spec);
  return {
    kind: 'turbulence',
    at: (x, y, z, t) => {
      let [b, e]: [Vector, Vector] = [
        [0, 0, 0],
        [0, 0, 0],
      ];
      for (const { k, omega, phase, a, e: electric } of all) {
        const c = cos(vectors.dot(k, [x, y, z]) + (phase - omega * t));
        b = vectors.plus(b, a, c);
        e = vectors.plus(e, electric, c);
      }
      return { B: vectors.plus(B, b), E: e };
    },
    strength: Math.sqrt(mean * mean + amplitude * amplitude),
    scale: shortest / TURN,
    frequency: (spec.phaseSpeed * TURN) / shortest,
    electric: spec.phaseSpeed > 0,
    passes: ({ field, length, electric, time }) => [
      { pass: PASSES.uniform, numbers: [...B.map((b) => b / field), 0, 0, 0] },
      {
        pass: PASSES.planeWaves,
        numbers: [
          all.length,
          ...all.flatMap(({ k, omega, phase, a, e }) => [
            ...k.map((component) => component * length),
            omega * time,
            phase,
            ...a.map((component) => component / field),
            ...e.map((component) => component / electric),
          ]),
        ],
      },
    ],
  };
}

export const turbulence = {
  kind: 'turbulence',
  schema,
  example: {
    kind: 'turbulence',
    B: ['0 T', '0 T', '5 nT'],
    amplitude: '1 nT',
    waves: 16,
    longest: '1e6 km',
    shortest: '1e4 km',
    phaseSpeed: '50 km/s',
    seed: 7,
  },
  build: buildTurbulence,
} as const satisfies SpaceProfile<'turbulence', typeof schema>;
