/** The registry of tallies: what a run counts and sums, with the quantum of each sum. */
import type { TallySpec } from './tallies.js';

/** Physical value of the kernel's largest fixed-point number, by quantity. */
export interface TallyBounds {
  /** [m] */ readonly place: number;
  /** [J/T] */ readonly mu: number;
  /** [J] */ readonly energy: number;
  /** p v [J] */ readonly pressure: number;
  /** [s] */ readonly time: number;
  /** [m/s] */ readonly speed: number;
  /** Time that one count in the first panel of samples stands for [s]. */
  readonly cell: number;
}

export interface TallyAxes {
  readonly times: number;
  readonly speed: number;
  readonly xi: number;
  readonly place: number;
  readonly mu: number;
  /** Bins of the starting pitch. */
  readonly startXi: number;
  /** Fine bins of the midplane pitch about the edge of the loss cone; 0 where there is none. */
  readonly edge: number;
  readonly lossTime: number;
  /** Particles that are listed one by one. */
  readonly particles: number;
  /** Whether a continuous source asks for the time that particles spend everywhere. */
  readonly dwells: boolean;
}

const QUANTUM = 2 ** -32;
/** Legendre polynomials that are followed: l = 0 .. 8. */
export const LEGENDRE = 9;

/** Every tally of a run, in the order in which they are hashed. */
export function tallySpecs(n: TallyAxes, bound: TallyBounds): TallySpec[] {
  const count = (name: string, axes: Record<string, number>, grouped = true): TallySpec => ({
    name,
    kind: 'count',
    axes: Object.keys(axes),
    shape: Object.values(axes),
    grouped,
    quantum: 1,
    unit: '1',
  });
  const sum = (name: string, axes: Record<string, number>, size: number, unit: string): TallySpec => ({
    name,
    kind: 'sum',
    axes: Object.keys(axes),
    shape: Object.values(axes),
    grouped: true,
    quantum: QUANTUM * size,
    unit,
  });
  const { times: time, speed, xi, mu, startXi, edge, lossTime } = n;
  return [
    count('local', { time, speed, xi }, false),
    count('midplane', { time, speed, xi }, false),
    count('place', { time, place: n.place, xi }, false),
    count('localPitch', { time, xi }),
    count('midplanePitch', { time, xi }),
    // local pitch of those near the midplane itself, within plan.reference.middle
    count('middlePitch', { time, xi }),
    sum('legendre', { time, l: LEGENDRE }, 1, '1'),
    sum('position', { time }, bound.place, 'm'),
    sum('position2', { time }, bound.place ** 2, 'm^2'),
    count('muCount', { time, mu }),
    sum('mu', { time, mu }, bound.mu, 'J/T'),
    sum('mu2', { time, mu }, bound.mu ** 2, 'J^2/T^2'),
    sum('dmu', { time, mu }, bound.mu, 'J/T'),
    sum('dmu2', { time, mu }, bound.mu ** 2, 'J^2/T^2'),
    // changes of the local pitch, or of the midplane one squared where plan.reference.foldedPitch
    count('xiCount', { time, startXi }),
    sum('dxi', { time, startXi }, 1, '1'),
    sum('dxi2', { time, startXi }, 1, '1'),
    sum('startXi', { startXi }, 1, '1'),
    sum('startXi2', { startXi }, 1, '1'),
    sum('startXi4', { startXi }, 1, '1'),
    // |midplane pitch| of those near the midplane, in fine bins about the edge of the loss cone
    ...(edge > 0 ? [count('edgePitch', { time, edge })] : []),
    // p v xi^2 and p v (1 - xi^2)/2
    sum('parallelPressure', { time }, bound.pressure, 'J'),
    sum('perpendicularPressure', { time }, bound.pressure / 2, 'J'),
    // p v xi0^2 of the midplane pitch, which motion does not change
    sum('midplanePressure', { time }, bound.pressure, 'J'),
    sum('energy', { time }, bound.energy, 'J'),
    sum('energy2', { time }, bound.energy ** 2, 'J^2'),
    count('losses', { side: 2, lossTime, speed, xi }, false),
    count('lossTimes', { side: 2, lossTime }),
    sum('lossTime', { side: 2 }, bound.time, 's'),
    sum('lossTime2', { side: 2 }, bound.time ** 2, 's^2'),
    count('fates', { fate: 5 }),
    count('faultTimes', { lossTime }),
    count('trapped', { kind: 2 }),
    { name: 'work', kind: 'sum', axes: ['all'], shape: [1], grouped: false, quantum: 1, unit: '1' },
    ...(n.dwells ? dwellSpecs(n, bound.cell) : []),
    ...(n.particles > 0 ? particleSpecs(n.particles, bound) : []),
  ];
}

/** Time that particles spend in all and in each bin: every count at a sample stands for the cell of time about it. */
function dwellSpecs({ speed, xi, place }: TallyAxes, cell: number): TallySpec[] {
  const time = (name: string, axes: Record<string, number>): TallySpec => ({
    name,
    kind: 'sum',
    axes: Object.keys(axes),
    shape: Object.values(axes),
    grouped: true,
    quantum: cell,
    unit: 's',
  });
  return [
    time('dwell', { all: 1 }),
    time('dwellLocal', { speed, xi }),
    time('dwellMidplane', { speed, xi }),
    time('dwellPlace', { place, xi }),
  ];
}

/**
 * The table of single particles, a column each: every row is written by one block alone, so adding puts it in its place.
 * Places are counted from the middle between the throats.
 */
function particleSpecs(particles: number, bound: TallyBounds): TallySpec[] {
  const column = (name: string, kind: 'count' | 'sum', size: number, unit: string): TallySpec => ({
    name,
    kind,
    axes: ['particle'],
    shape: [particles],
    grouped: false,
    quantum: kind === 'count' ? 1 : QUANTUM * size,
    unit,
    sparse: true,
  });
  return [
    // 1 + the fate's number: 0 is a particle that was not run
    column('particleFate', 'count', 1, '1'),
    column('particleTime', 'sum', bound.time, 's'),
    column('particleStartPlace', 'sum', bound.place, 'm'),
    column('particleStartXi', 'sum', 1, '1'),
    column('particleStartSpeed', 'sum', bound.speed, 'm/s'),
    column('particleEndPlace', 'sum', bound.place, 'm'),
    column('particleEndXi', 'sum', 1, '1'),
    column('particleEndSpeed', 'sum', bound.speed, 'm/s'),
  ];
}

/** The fates, in the order of their tally. */
export const FATES = ['confined', 'lostLeft', 'lostRight', 'timeLimit', 'fault'] as const;
