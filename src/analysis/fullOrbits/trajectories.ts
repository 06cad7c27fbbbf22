/** The paths of chosen particles, point by point, in SI. */
import { SPEED_OF_LIGHT } from '../../physics/constants.js';
import { gyrationAction, orbitalMoment } from '../../physics/magneticMoment.js';
import { TRACK_COLUMNS, type TrackColumn, type TrackPlan, trackOf, trackTotals } from '../../plan/orbits/tracks.js';
import { type Bounces, bouncesOf } from './bounces.js';
import { type OrbitFate, orbitFates } from './estimate.js';
import { jumpsOf, type MuJump } from './jumps.js';

/** What a results file holds of a path: what was followed, and what follows from it at each point. */
export const trajectoryColumns = [
  ...TRACK_COLUMNS.map(({ name, unit, label }) => ({ name, unit, label })),
  { name: 'gamma', unit: '1', label: 'Lorentz factor' },
  {
    name: 'frequencyRatio',
    unit: '1',
    label: 'omega/Omega: the largest frequency of the field over that of the gyration',
  },
] as const;

export type TrajectoryColumn = (typeof trajectoryColumns)[number]['name'];

/**
 * The path of one particle. Of a guiding centre (motion driftOrbit) the places are the centre's, the momentum is what is along B,
 * and raw mu is mu.
 */
export interface Trajectory extends Readonly<Record<TrajectoryColumn, Float64Array>> {
  /** Its number in the run, from 0. */
  readonly particle: number;
  /** How it ended; `timeLimit`: it was followed to the end that was asked for. */
  readonly fate: OrbitFate;
  /** Moment of the gyration as a current loop, `I A = mu/gamma` [A m^2 = J/T], at each point. */
  readonly orbitalMoment: Float64Array;
  /** Action of the gyration, `J = (2 pi m/|q|) mu` [J s]. */
  readonly action: Float64Array;
  /** Where mu jumped. */
  readonly jumps: readonly MuJump[];
  /** Bounce time and second invariant; null where it did not bounce once. */
  readonly bounces: Bounces | null;
}

interface Species {
  readonly mass: number;
  readonly charge: number;
}

/** A path as it was stored. */
export type StoredTrajectory = Omit<Trajectory, 'orbitalMoment' | 'action' | 'jumps' | 'bounces'>;

/** A path with what follows from it. */
export function analysed(path: StoredTrajectory, species: Species): Trajectory {
  const { mass, charge } = species;
  return {
    ...path,
    jumps: jumpsOf(path, species),
    bounces: bouncesOf(path, mass),
    // rounding, and the first-order term where epsilon is large, can bring mu below 0
    orbitalMoment: path.mu.map((mu, i) => Math.sign(mu) * orbitalMoment(Math.abs(mu), path.gamma[i])),
    action: path.mu.map((mu) => Math.sign(mu) * gyrationAction(Math.abs(mu), mass, charge)),
  };
}

/**
 * The paths that a run kept; a particle that was not run (an interrupted run) has none.
 * @param tracks the plan's
 * @param tallies the run's
 * @param species mass [kg] and charge [C]
 * @param motion how they were followed
 */
export function trajectoriesOf(
  tracks: TrackPlan | null,
  tallies: { total(name: string): Float64Array },
  species: Species,
  motion: string,
): readonly Trajectory[] {
  if (!tracks) return [];
  const totals = trackTotals(tallies);
  return tracks.particles.flatMap((particle, path) => {
    const track = trackOf(tracks, totals, path);
    if (!track) return [];
    const { columns } = track;
    const gamma = gammaOf(columns, species, motion);
    const omega = Math.abs(species.charge) / species.mass;
    const frequencyRatio = gamma.map((g, i) => (tracks.frequency * g) / (omega * columns.B[i]));
    return [analysed({ particle, fate: orbitFates[track.fate], ...columns, gamma, frequencyRatio }, species)];
  });
}

function gammaOf(columns: Record<TrackColumn, Float64Array>, { mass }: Species, motion: string): Float64Array {
  const { px, py, pz, mu, rawMu, B } = columns;
  // a guiding centre has one mu, and the momentum along B alone; where epsilon lets a hybrid be a particle it has two
  const isCentre = (i: number) => motion === 'driftOrbit' || (motion === 'hybridOrbit' && mu[i] === rawMu[i]);
  const over = 1 / (mass * SPEED_OF_LIGHT);
  return px.map((_, i) => {
    const [x, y, z] = [px[i] * over, py[i] * over, pz[i] * over];
    const across = isCentre(i) ? (2 * mu[i] * B[i]) / (mass * SPEED_OF_LIGHT * SPEED_OF_LIGHT) : 0;
    return Math.sqrt(1 + x * x + y * y + z * z + across);
  });
}
