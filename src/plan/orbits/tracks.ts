/** Which particles' paths are kept, at what times, and what a point of a path holds. */
import { SPEED_OF_LIGHT } from '../../physics/constants.js';
import { chosenParticles } from '../../scenario/orbits/outputs.js';
import type { OrbitScenario } from '../../scenario/orbits/schema.js';
import type { ChunkTallies, TallySpec } from '../tallies.js';
import { PlanError } from '../times.js';

/** What makes kernel numbers SI. */
interface KernelUnits {
  readonly length: number;
  readonly time: number;
  readonly field: number;
  readonly momentum: number;
  readonly mu: number;
}

const column = <const Name extends string>(
  name: Name,
  unit: string,
  label: string,
  scale: (units: KernelUnits) => number = () => 1,
) => ({ name, unit, label, scale }) as const;

/** What the kernel writes of a point, in its order; see assembly/orbits/record.ts. */
export const TRACK_COLUMNS = [
  column('time', 's', 'time', ({ time }) => time),
  column('x', 'm', 'x of the particle', ({ length }) => length),
  column('y', 'm', 'y of the particle', ({ length }) => length),
  column('z', 'm', 'z of the particle', ({ length }) => length),
  column('px', 'kg m/s', 'momentum along x', ({ momentum }) => momentum),
  column('py', 'kg m/s', 'momentum along y', ({ momentum }) => momentum),
  column('pz', 'kg m/s', 'momentum along z', ({ momentum }) => momentum),
  column('mu', 'J/T', 'magnetic moment at the guiding centre with the first-order term', ({ mu }) => mu),
  column('rawMu', 'J/T', 'pPerp^2/(2 m B) at the particle', ({ mu }) => mu),
  column('centreX', 'm', 'x of the guiding centre', ({ length }) => length),
  column('centreY', 'm', 'y of the guiding centre', ({ length }) => length),
  column('centreZ', 'm', 'z of the guiding centre', ({ length }) => length),
  column('pParallel', 'kg m/s', 'momentum along B at the guiding centre', ({ momentum }) => momentum),
  column('pitch', '1', 'cosine of the pitch angle at the particle'),
  column('epsilon', '1', 'rho max(|grad B|/B, 1/Rc) at the guiding centre'),
  column('kappa', '1', 'sqrt(Rc/rho) at the guiding centre'),
  column('B', 'T', 'field strength at the particle', ({ field }) => field),
] as const;

export type TrackColumn = (typeof TRACK_COLUMNS)[number]['name'];

/** What a results file holds of a point besides: gamma and omega/Omega. */
const DERIVED = 2;
const BYTES = 8 * (TRACK_COLUMNS.length + DERIVED);

/** Points a gyration where nothing else is said; of guiding centres, points on a path as long as the field's scale. */
const A_GYRATION = 32;
const A_SCALE = 50;
/** Points on a path in a field that has no scale. */
const SOME = 1000;
/** Work of a point in particle-steps, about: the field is looked up some ten times. */
const POINT_STEPS = 10;

/** The paths of a run; times in s. */
export interface TrackPlan {
  readonly particles: readonly number[];
  readonly from: number;
  readonly until: number;
  readonly every: number;
  /** Points that a path has at most. */
  readonly points: number;
  /** The largest angular frequency of the field [rad/s]. */
  readonly frequency: number;
  /** What the kernel's numbers are multiplied by, in the order of `TRACK_COLUMNS`. */
  readonly scales: readonly number[];
}

interface Surroundings {
  readonly end: number;
  readonly speed: number;
  /** Of a particle or a guiding centre at the reference speed [s]. */
  readonly step: number;
  readonly gyrofrequency: number;
  readonly scale: number;
  readonly frequency: number;
  readonly lengthUnit: number;
  readonly timeUnit: number;
  readonly fieldUnit: number;
  readonly muUnit: number;
}

/**
 * The paths that a scenario asks for, or null.
 * @throws PlanError where they take more than the budget
 */
export function planTracks(
  scenario: OrbitScenario,
  { end, speed, step, gyrofrequency, scale, frequency, lengthUnit, timeUnit, fieldUnit, muUnit }: Surroundings,
  warnings: string[],
): TrackPlan | null {
  const asked = scenario.outputs.trajectories;
  if (!asked) return null;
  const particles = chosenParticles(asked.particles, scenario.particles.count);
  const [from, until] = [asked.from ?? 0, asked.until ?? end];
  const span = until - from;
  // the first point, and one where a particle is lost
  const pointsOf = (every: number) => Math.floor((span / every) * (1 + 1e-12)) + 2;
  const fits = Math.floor(asked.budget / BYTES / particles.length);
  const longEnough = span / Math.max(1, fits - 2);
  const size = (bytes: number) => `${Number((bytes / 1e6).toPrecision(3))} MB`;
  const of = `${particles.length} ${particles.length === 1 ? 'path' : 'paths'}`;
  if (fits < 3)
    throw new PlanError(
      `outputs.trajectories.budget: ${size(asked.budget)} hold no ${of} of 3 points (must be at least ${size(3 * BYTES * particles.length)}, or fewer particles)`,
    );
  const gyration = (2 * Math.PI) / gyrofrequency;
  const wished =
    scenario.motion.kind === 'fullOrbit'
      ? gyration / A_GYRATION
      : Number.isFinite(scale)
        ? scale / speed / A_SCALE
        : span / SOME;
  const every = asked.every ?? Math.max(wished, longEnough);
  const points = pointsOf(every);
  if (points > fits) {
    const paths = Math.floor(asked.budget / BYTES / points);
    const fewer = paths > 0 ? `, or at most ${paths} ${paths === 1 ? 'path' : 'paths'}` : '';
    throw new PlanError(
      `outputs.trajectories: ${of} with a point every ${every} s take ${size(points * BYTES * particles.length)} (must be at most ${size(asked.budget)}: every at least ${roundedUp(longEnough)} s${fewer}, or a larger budget)`,
    );
  }
  if (typeof asked.every === 'number' && asked.every < step / 2 && asked.every < span / 2)
    warnings.push(
      `outputs.trajectories.every: ${asked.every} s is less than a step, about ${roundedUp(Math.min(step, span))} s, and points of paths are ends of steps (motion.step makes them as short as it says)`,
    );
  if (asked.every === null || asked.every === undefined)
    if (every > wished)
      warnings.push(
        `outputs.trajectories: a point every ${every.toPrecision(3)} s, ${(gyration / every).toPrecision(2)} a gyration at the start, is as many as ${size(asked.budget)} hold (fewer particles, a part of the time by from and until, or a larger budget allow more)`,
      );
  const units: KernelUnits = {
    length: lengthUnit,
    time: timeUnit,
    field: fieldUnit,
    momentum: scenario.species.mass * SPEED_OF_LIGHT,
    mu: muUnit,
  };
  return { particles, from, until, every, points, frequency, scales: TRACK_COLUMNS.map(({ scale }) => scale(units)) };
}

/** A number with three digits that is not below another, nor far above. */
function roundedUp(x: number): number {
  const near = Number(x.toPrecision(3));
  return near >= x ? near : Number((1.005 * x).toPrecision(3));
}

/** Particle-steps that the paths take, besides those of the run. */
export function trackSteps({ particles, points }: TrackPlan, perParticle: number): number {
  return particles.length * (perParticle + POINT_STEPS * points);
}

/** Bytes of one worker, and of the host. */
export function trackMemory({ particles, points }: TrackPlan): { readonly perWorker: number; readonly host: number } {
  const numbers = TRACK_COLUMNS.length * points;
  return { perWorker: 4 * 8 * numbers, host: 6 * 8 * numbers * particles.length };
}

const tallyName = (name: TrackColumn) => `track ${name}`;

/** Places of a path in its tallies: its points, and one that holds how it ended. */
const placesOf = ({ points }: TrackPlan) => points + 1;

/** A tally for each column: a path's numbers are kept to the bit and hashed as they are. */
export function trackSpecs(tracks: TrackPlan): TallySpec[] {
  return TRACK_COLUMNS.map(({ name, unit }) => ({
    name: tallyName(name),
    kind: 'sum',
    axes: ['path', 'point'],
    shape: [tracks.particles.length, placesOf(tracks)],
    grouped: false,
    quantum: 1,
    unit,
    sparse: true,
    doubles: true,
  }));
}

/** A path as a worker followed it: points as rows of kernel numbers, and the fate's number. */
export interface FollowedPath {
  readonly path: number;
  readonly rows: Float64Array;
  readonly fate: number;
}

/** What a worker brings of some paths. The first column of the last place is one more than the fate; 0: not followed. */
export function trackChunk(tracks: TrackPlan, paths: readonly FollowedPath[]): ChunkTallies {
  const width = TRACK_COLUMNS.length;
  const places = paths.flatMap(({ path, rows }) => {
    const from = path * placesOf(tracks);
    return [...Array.from({ length: rows.length / width }, (_, i) => from + i), from + tracks.points];
  });
  const columns = TRACK_COLUMNS.map(({ name }, k) => {
    const values = new Float64Array(places.length);
    let at = 0;
    for (const { rows, fate } of paths) {
      for (let i = k; i < rows.length; i += width) values[at++] = rows[i] * tracks.scales[k];
      values[at++] = k === 0 ? fate + 1 : 0;
    }
    return [tallyName(name), new BigInt64Array(values.buffer)] as const;
  });
  return { rows: Uint32Array.from(places), ...Object.fromEntries(columns) };
}

/** A path in SI, as far as it was followed, and the number of its fate; null where it was not. */
export function trackOf(
  tracks: TrackPlan,
  totals: Readonly<Record<TrackColumn, Float64Array>>,
  path: number,
): { readonly fate: number; readonly columns: Record<TrackColumn, Float64Array> } | null {
  const from = path * placesOf(tracks);
  const fate = totals.time[from + tracks.points] - 1;
  if (fate < 0) return null;
  // B is never 0 at a point
  let length = 0;
  while (length < tracks.points && totals.B[from + length] !== 0) length++;
  const columns = TRACK_COLUMNS.map(({ name }) => [name, totals[name].slice(from, from + length)]);
  return { fate, columns: Object.fromEntries(columns) };
}

/** The columns of all paths. */
export function trackTotals(tallies: { total(name: string): Float64Array }): Record<TrackColumn, Float64Array> {
  return Object.fromEntries(TRACK_COLUMNS.map(({ name }) => [name, tallies.total(tallyName(name))])) as Record<
    TrackColumn,
    Float64Array
  >;
}
