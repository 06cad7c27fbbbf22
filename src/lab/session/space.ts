/**
 * Orbits in space for the eye: a few particles of the scenario, followed in a small run of their own, with lines of its field.
 * No number of the run comes from them.
 */
import {
  buildSpaceField,
  type OrbitScenario,
  type PartialOrbitResult,
  runOrbits,
  type Trajectory,
} from '../../index.js';
import type { SpaceScene } from '../messages.js';
import { type Box, guidesOf } from './guides.js';

type Triple = readonly [number, number, number];
type Columns = Pick<SpaceScene, 'x' | 'y' | 'z' | 'xi' | 'mu'>;

/** Points of all paths together: 2 MB. */
const budget = 96_000;
const [fewest, mostParticles, mostCentres] = [5, 16, 10];
/** Points that a gyration needs to look round. */
const perGyration = 16;
/** Points of a path whose gyrations are left out. */
const coarse = 1500;
/** Gyrations of a particle that are followed at most: a second's work for all of them. */
const mostGyrations = 20_000;
/** A Larmor radius below this part of the picture is not seen. */
const unseen = 0.006;
/** Larmor radii about a sheet that are shown. */
const aboutSheet = 16;
/** One side of the picture over the next one, at most. */
const slenderest = 3;

/** Fields that turn particles near z = 0 and leave them alone far away. */
const sheets = ['currentSheet', 'sheets', 'step'];
/** Fields without a shape of their own: their pictures may be squeezed. */
const shapeless = ['uniform', 'ramp', 'wave', 'turbulence'];

interface Window {
  readonly from: number;
  readonly until: number;
  readonly every: number;
}

/** Particles that start far apart would be far too small to be seen. */
function placeOf({ particles, field }: OrbitScenario, larmorRadius: number) {
  if (particles.place.kind !== 'box' || !shapeless.includes(field.kind)) return particles.place;
  return { ...particles.place, halfWidth: particles.place.halfWidth.map((half) => Math.min(half, 8 * larmorRadius)) };
}

/** The scenario with a few particles, whose paths are kept. */
function thinned(scenario: OrbitScenario, count: number, { from, until, every }: Window, larmorRadius: number) {
  const { particles, times, outputs } = scenario;
  return {
    ...scenario,
    particles: { ...particles, count, place: placeOf(scenario, larmorRadius) },
    times: { ...times, at: null, count: 1, until: { seconds: until } },
    outputs: {
      ...outputs,
      trajectories: { particles: count, every, from: from > 0 ? from : null, until: null, budget: 64e6 },
    },
  } as OrbitScenario;
}

async function follow(scenario: OrbitScenario, signal: AbortSignal): Promise<PartialOrbitResult | undefined> {
  const result = await runOrbits(scenario, { workers: 1, signal }).result;
  return result.complete ? result : undefined;
}

/** Paths at equal times: points lie where steps end. */
function resampled(
  paths: readonly Trajectory[],
  frames: number,
  { from, until }: Window,
  centres: boolean,
  origin: readonly [number, number] = [0, 0],
): Columns {
  const size = paths.length * frames;
  const columns = Object.fromEntries(
    ['x', 'y', 'z', 'xi', 'mu'].map((name) => [name, new Float32Array(size).fill(Number.NaN)]),
  ) as unknown as Columns;
  paths.forEach((path, i) => {
    const { time, pitch, mu } = path;
    const [x, y, z] = centres ? [path.centreX, path.centreY, path.centreZ] : [path.x, path.y, path.z];
    const last = time.length - 1;
    let k = 0;
    for (let frame = 0; frame < frames; frame++) {
      const t = from + ((until - from) * frame) / (frames - 1);
      if (t > time[last] * (1 + 1e-9)) break;
      while (k < last - 1 && time[k + 1] < t) k++;
      const next = Math.min(last, k + 1);
      const part = next === k ? 0 : Math.max(0, Math.min(1, (t - time[k]) / (time[next] - time[k])));
      const between = (values: Float64Array) => values[k] + part * (values[next] - values[k]);
      const at = i * frames + frame;
      columns.x[at] = between(x) - origin[0];
      columns.y[at] = between(y) - origin[1];
      columns.z[at] = between(z);
      columns.xi[at] = between(pitch);
      columns.mu[at] = between(mu) / path.mu[0];
    }
  });
  return columns;
}

/** Corners of all that is there. */
function extent({ x, y, z }: Columns): Box {
  const [low, high] = [Math.min, Math.max].map((pick) =>
    [x, y, z].map((values) =>
      values.reduce(
        (found, value) => (Number.isNaN(value) ? found : pick(found, value)),
        pick === Math.min ? Infinity : -Infinity,
      ),
    ),
  );
  return [low as unknown as Triple, high as unknown as Triple];
}

/** When the first particle comes near z = 0, and for as long as it takes to go on as far beyond it. */
function crossing(paths: readonly Trajectory[], reach: number): { from: number; until: number } | undefined {
  const found = paths.flatMap(({ centreZ, time }) => {
    const near = (z: number) => time[centreZ.findIndex((at) => Math.abs(at) <= z)];
    const [from, half] = [near(reach), near(reach / 2)];
    return half > from ? [{ from, until: from + 5 * (half - from) }] : [];
  });
  return found.toSorted((a, b) => a.from - b.from)[0];
}

/** What is shown, by what the field is like. */
function boxOf(scenario: OrbitScenario, columns: Columns, larmorRadius: number): Box {
  const { field, boundary } = scenario;
  const built = buildSpaceField(field);
  const [low, high] = extent(columns);
  const wide = Math.max(...[0, 1].flatMap((i) => [-low[i], high[i]]));
  const { majorRadius, minorRadius, innerRadius } = built.ends ?? {};
  if (majorRadius !== undefined && minorRadius !== undefined) {
    const across = majorRadius + minorRadius;
    return [
      [-across, -across, -minorRadius],
      [across, across, minorRadius],
    ];
  }
  if (innerRadius !== undefined && innerRadius > 0) {
    const across = Math.max(1.06 * wide, 1.5 * innerRadius);
    const up = Math.max(1.1 * Math.max(-low[2], high[2]), 1.2 * innerRadius);
    return [
      [-across, -across, -up],
      [across, across, up],
    ];
  }
  if (field.kind === 'bottle' || field.kind === 'coils') {
    const across = 1.15 * wide;
    return [
      [-across, -across, Math.min(low[2], boundary.lowZ ?? low[2])],
      [across, across, Math.max(high[2], boundary.highZ ?? high[2])],
    ];
  }
  const sides = [0, 1, 2].map((i) => high[i] - low[i]);
  const room = [0, 1, 2].map((i) => Math.max(0.06 * sides[i], 0.5 * larmorRadius, 0.02 * Math.max(...sides)));
  // a circle in a plane is seen in a field that goes through it
  const thin = 0.35 * Math.max(...sides);
  const grown = (i: number) => room[i] + Math.max(0, thin - sides[i] - 2 * room[i]) / 2;
  return [
    [low[0] - grown(0), low[1] - grown(1), low[2] - grown(2)],
    [high[0] + grown(0), high[1] + grown(1), high[2] + grown(2)],
  ];
}

/** One direction may be longer than the others by far: it is drawn shorter, by a whole number. */
function squeezeOf(kind: string, [low, high]: Box): Triple {
  if (!shapeless.includes(kind)) return [1, 1, 1];
  const sides = [0, 1, 2].map((i) => high[i] - low[i]);
  const second = sides.toSorted((a, b) => b - a)[1];
  return sides.map((side) => {
    const times = Math.round(side / slenderest / second);
    return times > 1 ? 1 / times : 1;
  }) as unknown as Triple;
}

/**
 * A scene of a scenario's orbits.
 * @param scenario validated
 * @param signal ends it early
 * @returns undefined where it was ended
 */
export async function sceneOf(scenario: OrbitScenario, signal: AbortSignal): Promise<SpaceScene | undefined> {
  const field = buildSpaceField(scenario.field);
  const { particles, motion, boundary } = scenario;
  const asked = 'seconds' in scenario.times.until ? scenario.times.until.seconds : 0;
  // how fast a particle turns, and how widely, is known of any run
  const probe = await follow(
    thinned(scenario, 1, { from: 0, until: asked / 1e6, every: asked / 1e6 }, Infinity),
    signal,
  );
  if (!probe) return undefined;
  const { larmorRadius, gyrofrequency } = probe.plan.reference;
  const gyration = (2 * Math.PI) / gyrofrequency;
  const end = Math.min(asked, mostGyrations * gyration);
  const isSheet = sheets.includes(scenario.field.kind);
  const local = particles.place.kind === 'box' && shapeless.includes(scenario.field.kind);
  const all = (count: number) => Math.min(particles.count, count);
  let window: Window = { from: 0, until: end, every: end / (coarse - 1) };
  let reach = 0;
  if (isSheet) {
    reach = Math.max(aboutSheet * larmorRadius, 6 * (Number.isFinite(field.scale) ? field.scale : 0));
    const scouts = await follow(thinned(scenario, all(2), window, larmorRadius), signal);
    if (!scouts) return undefined;
    const near = crossing(scouts.trajectories, reach);
    if (near) window = { ...window, from: near.from, until: Math.min(end, near.until) };
  }
  const turns = (window.until - window.from) / gyration;
  const affordable = turns * perGyration * fewest <= budget;
  let result: PartialOrbitResult | undefined;
  let centres = motion.kind === 'driftOrbit';
  if (centres || !affordable) {
    result = await follow(thinned(scenario, all(mostCentres), window, larmorRadius), signal);
    if (!result) return undefined;
    const [low, high] = extent(resampled(result.trajectories, coarse, window, true));
    centres ||= larmorRadius < unseen * Math.max(...[0, 1, 2].map((i) => high[i] - low[i]));
  }
  if (!centres) {
    const count = all(Math.max(fewest, Math.min(mostParticles, Math.floor(budget / perGyration / turns))));
    const shown = Math.min(turns, budget / count / perGyration);
    const frames = Math.ceil(Math.max(200, shown * perGyration));
    const until = affordable ? window.until : window.from + shown * gyration;
    window = { from: window.from, until, every: (until - window.from) / (frames - 1) };
    result = await follow(thinned(scenario, count, window, larmorRadius), signal);
  }
  if (!result) return undefined;
  const paths = result.trajectories;
  const frames = Math.round((window.until - window.from) / window.every) + 1;
  let columns = resampled(paths, frames, window, centres);
  if (isSheet) {
    // Particles come from far away, and the field is the same at every x and y: lengths are from where they cross.
    const [low, high] = extent(columns);
    columns = resampled(paths, frames, window, centres, [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2]);
  }
  const box = isSheet ? clipped(boxOf(scenario, columns, larmorRadius), reach) : boxOf(scenario, columns, larmorRadius);
  const trail = Math.round(Math.max(24, frames / 10, Math.min(frames / 4, (3 * gyration) / window.every)));
  const squeeze = squeezeOf(scenario.field.kind, box);
  return {
    numbers: paths.map(({ particle }) => particle),
    frames,
    from: window.from,
    until: window.until,
    trail,
    ...columns,
    centres,
    guides: guidesOf(field, box, boundary, window.from),
    planet: field.ends?.innerRadius ?? 0,
    low: box[0],
    high: box[1],
    squeeze,
    about: aboutOf({
      centres,
      local,
      crossing: isSheet,
      whole: window.from === 0 && window.until >= asked * 0.999,
      motion: motion.kind,
    }),
  };
}

function clipped([low, high]: Box, reach: number): Box {
  return [
    [low[0], low[1], Math.max(low[2], -1.2 * reach)],
    [high[0], high[1], Math.min(high[2], 1.2 * reach)],
  ];
}

function aboutOf(what: {
  centres: boolean;
  local: boolean;
  crossing: boolean;
  whole: boolean;
  motion: string;
}): string {
  const words = [
    what.motion === 'driftOrbit'
      ? 'Guiding centres.'
      : what.centres
        ? 'Guiding centres of the orbits: gyrations are too small and too many to be seen.'
        : '',
    what.local ? 'They start closer together than in the run.' : '',
    what.crossing ? 'x and y are from the place of the crossing.' : '',
    what.whole ? '' : 'A part of the time of the run.',
  ];
  return words.filter(Boolean).join(' ');
}
