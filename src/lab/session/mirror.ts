/**
 * The mirror itself: full orbits of a few hundred particles in the field in space that is the scenario's on its axis.
 *
 * A parabolic mirror `B = Bmin (1 + s^2/scale^2)` is the axis of a magnetic bottle of the same scale, so these are the scenario's
 * particles, gyration and all, with the scenario's scattering. They are for the eye: no number of the run comes from them.
 */
import { type OrbitInput, type PartialResult, parseOrbits, runOrbits, type Scenario } from '../../index.js';
import type { MirrorPaths } from '../messages.js';

const particles = 240;
const frames = 360;
/** Bounces that are followed at most: enough to watch. */
const mostBounces = 12;
/** Gyrations of a particle that are followed at most: a second's work. */
const mostGyrations = 3000;
/** Half width of the disc that particles start in, in Larmor radii: field lines are seen to converge. */
const spread = 4;

/** The scenario of the paths; undefined where the field, start or forces are none that it can show. */
export function pathsOf(
  scenario: Scenario,
  reference: PartialResult['plan']['reference'],
  end: number,
): OrbitInput | undefined {
  const { field, boundary, species, particles: start } = scenario;
  const { speed, nu, bouncePeriod } = reference;
  const { pitch, place } = start;
  if (field.kind !== 'parabolic' || boundary.kind !== 'throat' || scenario.potential || scenario.parallelField)
    return undefined;
  if (pitch.kind === 'table' || pitch.only !== 'all' || place.kind === 'fluxTube' || !(bouncePeriod > 0))
    return undefined;
  const { B, ratio, length } = field as { B: number; ratio: number; length: number };
  const until = Math.min(end, mostBounces * bouncePeriod);
  const gyrations = (until * Math.abs(species.charge) * B) / species.mass / (2 * Math.PI);
  if (gyrations > mostGyrations) return undefined;
  const gamma = 1 / Math.sqrt(1 - (speed / 299_792_458) ** 2);
  const width = Math.min(length / 8, (spread * gamma * species.mass * speed) / (Math.abs(species.charge) * B));
  const at = place.kind === 'point' ? place.s : 0;
  return {
    name: 'mirror-paths',
    seed: scenario.seed,
    motion: { kind: 'fullOrbit', tolerance: 0.005 },
    species: { name: species.name, mass: `${species.mass} kg`, charge: `${species.charge} C` },
    particles: {
      count: particles,
      speed: `${speed} m/s`,
      pitch: pitch.kind === 'beam' ? { ...pitch, halfAngle: `${pitch.halfAngle} rad` } : pitch,
      place: { kind: 'box', at: ['0 m', '0 m', `${at} m`], halfWidth: [`${width} m`, `${width} m`, '0 m'] },
    },
    field: { kind: 'bottle', B: `${B} T`, scale: `${length / 2 / Math.sqrt(ratio - 1)} m` },
    collisions: nu > 0 ? { rate: `${nu} /s` } : 'none',
    boundary: { lowZ: `${-length / 2} m`, highZ: `${length / 2} m` },
    times: { until: `${until} s`, count: 1 },
    outputs: { trajectories: { particles, every: `${until / (frames - 1)} s` } },
  } as OrbitInput;
}

/** Follows the particles of a run's mirror; undefined where it has none to show. */
export async function followMirror(
  { scenario, plan }: PartialResult,
  signal: AbortSignal,
): Promise<MirrorPaths | undefined> {
  const { times } = plan.axes;
  const input = pathsOf(scenario, plan.reference, times[times.length - 1]);
  if (!input || scenario.field.kind !== 'parabolic') return undefined;
  const result = await runOrbits(parseOrbits(input), { workers: 1, signal }).result;
  if (!result.complete) return undefined;
  const paths = result.trajectories;
  const until = result.plan.axes.times[result.plan.axes.times.length - 1];
  const size = paths.length * frames;
  const [z, x, xi] = [0, 1, 2].map(() => new Float32Array(size).fill(Number.NaN));
  paths.forEach(({ time, centreZ, centreX, pitch }, i) => {
    for (let k = 0; k < Math.min(frames, time.length); k++) {
      const at = i * frames + Math.round((time[k] / until) * (frames - 1));
      z[at] = centreZ[k];
      x[at] = centreX[k];
      xi[at] = pitch[k];
    }
  });
  const { length, ratio } = scenario.field as { length: number; ratio: number };
  return { particles: paths.length, frames, until, length, ratio, z, x, xi };
}
