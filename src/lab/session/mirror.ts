/**
 * The mirror itself: a few hundred particles of the scenario that bounce along its line, for the eye. No number of the run comes from them.
 *
 * A parabolic mirror `B = Bmin (1 + s^2/scale^2)` is the axis of a magnetic bottle of the same scale: where a page can follow all
 * gyrations the particles are full orbits of the kernel in it. Along any other line, and where they gyrate too often, they are guiding
 * centres (lineMotion.ts), each on a line of a slender tube of flux, whose radius goes with `B^(-1/2)`.
 */
import {
  buildField,
  buildParallelField,
  buildPotential,
  type LineField,
  type OrbitInput,
  type OrbitScenario,
  type PartialResult,
  parseOrbits,
  rateLaw,
  runOrbits,
  type Scenario,
} from '../../index.js';
import type { MirrorPaths } from '../messages.js';
import { fieldOf, follow, type LineForces, type LineStart, randomOf } from './lineMotion.js';

type Reference = PartialResult['plan']['reference'];

const most = 240;
const frames = 360;
/** Bounces that are followed at most: enough to watch. */
const mostBounces = 12;
/** Gyrations of a particle that are followed at most: a second's work. */
const mostGyrations = 3000;
/** Half width of the disc that particles start in, in Larmor radii: field lines are seen to converge. */
const spread = 4;
/** Leapfrog steps of a guiding centre between two frames: some 1000 a bounce, and more where scattering is strong. */
const [fewestSteps, mostSteps] = [32, 128];
/** Scattering times of a step that are small enough. */
const smallTurn = 0.05;
/** Places that the shape of the tube is told at. */
const tubePlaces = 241;
/** Particles that are drawn at first where only the trapped ones among them are shown. */
const drawn = 1200;

const si = (species: Scenario['species']) => ({
  name: species.name,
  mass: `${species.mass} kg`,
  charge: `${species.charge} C`,
});

/** The scenario of the full orbits; undefined where the field, start or forces are none that it can show. */
export function pathsOf(scenario: Scenario, reference: Reference, end: number): OrbitInput | undefined {
  const { field, boundary, species, particles: start, motion } = scenario;
  const { speed, nu, bouncePeriod, oneSpeed } = reference;
  const { pitch, place } = start;
  if (field.kind !== 'parabolic' || boundary.kind !== 'throat' || scenario.potential || scenario.parallelField)
    return undefined;
  if (motion.kind === 'homogeneous' || !oneSpeed) return undefined;
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
    species: si(species),
    particles: {
      count: most,
      speed: `${speed} m/s`,
      pitch: pitch.kind === 'beam' ? { ...pitch, halfAngle: `${pitch.halfAngle} rad` } : pitch,
      place: { kind: 'box', at: ['0 m', '0 m', `${at} m`], halfWidth: [`${width} m`, `${width} m`, '0 m'] },
    },
    field: { kind: 'bottle', B: `${B} T`, scale: `${length / 2 / Math.sqrt(ratio - 1)} m` },
    collisions: nu > 0 ? { rate: `${nu} /s` } : 'none',
    boundary: { lowZ: `${-length / 2} m`, highZ: `${length / 2} m` },
    times: { until: `${until} s`, count: 1 },
    outputs: { trajectories: { particles: most, every: `${until / (frames - 1)} s` } },
  } as OrbitInput;
}

/** Radius of the tube over that at the midplane, from one end to the other. */
function tubeOf(from: number, to: number, strength: (s: number) => number, Bmin: number): Float32Array {
  return Float32Array.from({ length: tubePlaces }, (_, i) =>
    Math.sqrt(Bmin / strength(from + ((to - from) * i) / (tubePlaces - 1))),
  );
}

const columns = (count: number) =>
  [0, 1, 2].map(() => new Float32Array(count * frames).fill(Number.NaN)) as [Float32Array, Float32Array, Float32Array];

async function followOrbits(input: OrbitInput, line: LineField, signal: AbortSignal): Promise<MirrorPaths | undefined> {
  const result = await runOrbits(parseOrbits(input), { workers: 1, signal }).result;
  if (!result.complete) return undefined;
  const paths = result.trajectories;
  const until = result.plan.axes.times[result.plan.axes.times.length - 1];
  const [z, x, xi] = columns(paths.length);
  let width = 0;
  paths.forEach(({ time, centreZ, centreX, pitch }, i) => {
    width = Math.max(width, Math.abs(centreX[0]));
    for (let k = 0; k < Math.min(frames, time.length); k++) {
      const at = i * frames + Math.round((time[k] / until) * (frames - 1));
      z[at] = centreZ[k];
      x[at] = centreX[k];
      xi[at] = pitch[k];
    }
  });
  const { sLeft: from, sRight: to, strength, Bmin } = line;
  const about =
    'Guiding centres of full orbits in the magnetic bottle whose axis is this field, with the same scattering.';
  const tube = tubeOf(from, to, strength, Bmin);
  return { particles: paths.length, frames, until, from, to, tube, width: width || 1, ends: 'throat', z, x, xi, about };
}

/** Speeds and pitches of the scenario's particles, drawn by the kernel: momenta over the rest mass [m/s], and their cosines. */
async function ensembleOf({ species, particles, seed }: Scenario, signal: AbortSignal) {
  const count = particles.pitch.only === 'trapped' ? drawn : most;
  const base = parseOrbits({
    name: 'mirror-starts',
    seed,
    motion: 'fullOrbit',
    species: si(species),
    particles: { count, speed: '1 m/s', pitch: 'isotropic', place: ['0 m', '0 m', '0 m'] },
    field: { kind: 'uniform', B: ['0 T', '0 T', '1 T'] },
    times: { until: '1 fs', count: 1 },
    outputs: { trajectories: { particles: count, every: '1 fs' } },
  });
  const { speed, pitch } = particles;
  const scenario = {
    ...base,
    particles: { ...base.particles, speed, pitch: { ...pitch, only: 'all' } },
  } as OrbitScenario;
  const result = await runOrbits(scenario, { workers: 1, signal }).result;
  if (!result.complete) return undefined;
  return result.trajectories.map(({ px, py, pz, pitch: xi }) => ({
    momentum: Math.hypot(px[0], py[0], pz[0]) / species.mass,
    xi: Math.max(-1, Math.min(1, xi[0])),
  }));
}

/** Places with weight ds/B between two ends: the place where a part of the tube's volume is behind. */
function alongTube({ sLeft, sRight, strength }: LineField): (part: number) => number {
  const n = 2000;
  const at = (i: number) => sLeft + ((sRight - sLeft) * i) / n;
  const volume = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) volume[i + 1] = volume[i] + 1 / strength(at(i + 0.5));
  return (part) => {
    const wanted = part * volume[n];
    let [low, high] = [0, n];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (volume[middle] > wanted) high = middle;
      else low = middle;
    }
    return at(low + (wanted - volume[low]) / (volume[low + 1] - volume[low]));
  };
}

/** What acts along the line, and what is said of it. */
export function forcesOf(scenario: Scenario, line: LineField, reference: Reference, until: number) {
  const { boundary, motion, species, potential, parallelField } = scenario;
  const cone =
    boundary.kind === 'cone'
      ? { xi: Math.sqrt(1 - 1 / boundary.ratio), Bmin: line.Bmin, sides: boundary.sides }
      : undefined;
  const { sLeft: from, sRight: to } = line;
  if (motion.kind === 'homogeneous') {
    const flat: LineForces['field'] = (_, into) => {
      into[0] = line.Bmin;
      into[1] = 0;
    };
    const slow = Math.min(1, ((to - from) * 2 * mostBounces) / ((reference.speed / 2) * until));
    return { from, to, field: flat, ends: 'reflect', cone, slow } satisfies LineForces;
  }
  const unit = species.charge / species.mass;
  const phi = potential && buildPotential(potential, line);
  const E = parallelField && buildParallelField(parallelField, line);
  const push =
    phi || E
      ? (s: number, t: number) => unit * ((E ? E.value(s) * E.time(t) : 0) - (phi ? phi.gradient(s) : 0))
      : undefined;
  const ends = boundary.kind === 'reflecting' ? 'reflect' : boundary.kind === 'periodic' ? 'join' : 'lost';
  return { from, to, field: fieldOf(line), push, ends, cone, slow: 1 } satisfies LineForces;
}

const about = (scenario: Scenario, slow: number, whole: boolean): string =>
  [
    scenario.motion.kind === 'homogeneous'
      ? 'The run has pitch angles alone, as if particles bounced infinitely fast. Here they bounce between two walls where the field jumps by the ratio, and in the cone nothing holds them.'
      : 'Guiding centres on lines about this one, with the mirror force of its B and the scattering of the run.',
    slow < 1 ? 'They are slowed down to be seen.' : '',
    scenario.field.kind === 'dipole' ? 'The line is drawn straight.' : '',
    scenario.potential || scenario.parallelField ? 'The electric field along the line acts on them.' : '',
    scenario.boundary.kind === 'none' ? 'Those that leave the picture go on in the run.' : '',
    whole ? '' : 'A part of the time of the run.',
  ]
    .filter(Boolean)
    .join(' ');

async function followCentres(
  scenario: Scenario,
  reference: Reference,
  end: number,
  line: LineField,
  signal: AbortSignal,
): Promise<MirrorPaths | undefined> {
  const { boundary, motion, particles: start, species } = scenario;
  const homogeneous = motion.kind === 'homogeneous';
  const bounce = reference.bouncePeriod || (4 * line.length) / reference.speed;
  const until = homogeneous ? end : Math.min(end, mostBounces * bounce);
  const forces: LineForces = forcesOf(scenario, line, reference, until);
  const ensemble = await ensembleOf(scenario, signal);
  if (!ensemble) return undefined;
  const random = randomOf(Number(BigInt.asIntN(32, BigInt(scenario.seed))));
  const part = alongTube(line);
  const phi = scenario.potential && !homogeneous ? buildPotential(scenario.potential, line) : undefined;
  const { sLeft, sRight, Bmin, strength } = line;
  const placeOf = () => {
    if (homogeneous) return sLeft + random() * line.length;
    const { place } = start;
    return place.kind === 'fluxTube' ? part(random()) : place.kind === 'point' ? place.s : line.sMid;
  };
  const trapped = (s: number, momentum: number, xi: number) => {
    const mu = (momentum * momentum * (1 - xi * xi)) / strength(s);
    if (forces.cone) return mu * Bmin >= (1 - forces.cone.xi ** 2) * momentum * momentum;
    return [sLeft, sRight].every((at) => {
      const climb = phi ? (2 * species.charge * (phi.value(at) - phi.value(s))) / species.mass : 0;
      return mu * strength(at) + climb >= momentum * momentum;
    });
  };
  const starts: LineStart[] = [];
  for (const { momentum, xi } of ensemble) {
    const s = placeOf();
    if (start.pitch.only === 'trapped' && !trapped(s, momentum, xi)) continue;
    starts.push({ s, along: momentum * xi, across: momentum * Math.sqrt(1 - xi * xi) });
    if (starts.length === most) break;
  }
  if (starts.length === 0) return undefined;
  const rate = rateLaw(scenario, reference.speed, reference.length);
  const pause = until / (frames - 1);
  const steps = Math.max(fewestSteps, Math.min(mostSteps, Math.ceil((pause * reference.nu) / smallTurn)));
  const tube = homogeneous ? new Float32Array(tubePlaces).fill(1) : tubeOf(sLeft, sRight, strength, Bmin);
  const [z, x, xi] = columns(starts.length);
  for (const [i, one] of starts.entries()) {
    // the particles of a slice of the tube fill it evenly
    const aside = Math.sqrt(random()) * Math.cos(2 * Math.PI * random());
    follow(one, forces, rate, { frames, pause, steps }, random, (frame, s, cosine) => {
      const at = i * frames + frame;
      z[at] = s;
      x[at] =
        aside * tube[Math.max(0, Math.min(tubePlaces - 1, Math.round(((s - sLeft) / line.length) * (tubePlaces - 1))))];
      xi[at] = cosine;
    });
    if (i % 16 === 0) {
      await new Promise((resolve) => setTimeout(resolve));
      if (signal.aborted) return undefined;
    }
  }
  const ends = homogeneous || boundary.kind === 'reflecting' ? 'wall' : boundary.kind === 'throat' ? 'throat' : 'none';
  const words = about(scenario, forces.slow, until >= 0.999 * end);
  return {
    particles: starts.length,
    frames,
    until,
    from: sLeft,
    to: sRight,
    tube,
    width: 1,
    ends,
    z,
    x,
    xi,
    about: words,
  };
}

/** Whether anything turns particles or ends them. */
export const hasMirror = ({ field, boundary, motion }: Scenario): boolean =>
  boundary.kind !== 'none'
    ? motion.kind !== 'homogeneous' || boundary.kind === 'cone'
    : field.kind !== 'uniform' && motion.kind !== 'homogeneous';

/** Follows the particles of a run's mirror; undefined where it has none to show. */
export async function followMirror(
  { scenario, plan }: { readonly scenario: Scenario; readonly plan: PartialResult['plan'] },
  signal: AbortSignal,
): Promise<MirrorPaths | undefined> {
  if (!hasMirror(scenario)) return undefined;
  const { times } = plan.axes;
  const end = times[times.length - 1];
  const line = buildField(scenario.field);
  const input = pathsOf(scenario, plan.reference, end);
  return input ? followOrbits(input, line, signal) : followCentres(scenario, plan.reference, end, line, signal);
}
