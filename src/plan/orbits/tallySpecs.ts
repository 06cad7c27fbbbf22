/** What a run of full orbits counts and sums. */
import type { TallySpec } from '../tallies.js';
import { kickTallySpecs } from './kicks.js';

/** Fates of full orbits, as the kernel numbers them. */
export const ORBIT_FATES = [
  'confined',
  'lost at low z',
  'lost at high z',
  'time limit',
  'numerical fault',
  'lost inside',
  'lost outside',
] as const;

export interface OrbitTallyAxes {
  readonly times: number;
  readonly mu: number;
  readonly xi: number;
  readonly z: number;
  readonly ratio: number;
  readonly epsilon: number;
  readonly lossTime: number;
  readonly phase: number;
  readonly startXi: number;
  readonly kick: number;
}

/** Physical value of the kernel's number 1. */
export interface OrbitBounds {
  /** [J/T] */ readonly mu: number;
  /** [J] */ readonly energy: number;
  /** [m] */ readonly place: number;
}

const QUANTUM = 2 ** -32;
/** Of changes of mu, which may be a millionth of mu, and of their squares. */
const FINE = 2 ** -46;

/** Every tally of full orbits, in the order in which they are hashed. */
export function orbitTallySpecs(n: OrbitTallyAxes, bound: OrbitBounds): TallySpec[] {
  const spec =
    (kind: 'count' | 'sum') =>
    (name: string, axes: Record<string, number>, size = 1, unit = '1'): TallySpec => ({
      name,
      kind,
      axes: Object.keys(axes),
      shape: Object.values(axes),
      grouped: true,
      quantum: kind === 'count' ? 1 : size,
      unit,
    });
  const count = spec('count');
  const sum = (name: string, axes: Record<string, number>, size: number, unit: string, quantum = QUANTUM) =>
    spec('sum')(name, axes, quantum * size, unit);
  const { times: time, mu, xi, z, ratio, epsilon, lossTime } = n;
  const moments = (prefix: string, axes: Record<string, number>) => [
    sum(`${prefix}mu`, axes, bound.mu, 'J/T'),
    sum(`${prefix}mu2`, axes, bound.mu ** 2, 'J^2/T^2'),
    sum(`${prefix}dmu`, axes, bound.mu, 'J/T', FINE),
    sum(`${prefix}dmu2`, axes, bound.mu ** 2, 'J^2/T^2', FINE),
  ];
  const fate = ORBIT_FATES.length;
  return [
    count('inside', { time }),
    sum('energy', { time }, bound.energy, 'J'),
    sum('energy2', { time }, bound.energy ** 2, 'J^2'),
    count('muCount', { time, mu }),
    // at the guiding centre, with the first-order term, by the bin of its start
    ...moments('', { time, mu }),
    // pPerp^2/(2 m B) at the particle itself
    ...moments('raw ', { time }),
    // log2 of mu over its start
    count('ratio', { time, ratio }),
    count('place', { time, z, xi }),
    // of the guiding centre, from its start
    sum('shift', { time, axis: 3 }, bound.place, 'm'),
    sum('shift2', { time, axis: 3 }, bound.place ** 2, 'm^2'),
    // log2 of epsilon
    count('epsilon', { time, epsilon }),
    count('fates', { fate }),
    count('losses', { fate, lossTime }),
    count('lostRatio', { ratio }),
    ...kickTallySpecs(n),
    { name: 'work', kind: 'sum', axes: ['all'], shape: [1], grouped: false, quantum: 1, unit: '1' },
  ];
}
