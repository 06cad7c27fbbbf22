/** From a scenario of full orbits to what the kernel must do. Pure, serialisable, the same bits everywhere. */
import { buildSpaceField, scalesAt, withPotential } from '../../fields/space/index.js';
import { waveNumbers } from '../../fields/space/wave.js';
import { adiabaticity } from '../../physics/adiabaticity.js';
import { SPEED_OF_LIGHT } from '../../physics/constants.js';
import { lorentzFactorFromSpeed, momentumFromSpeed, speedFromMomentum } from '../../physics/relativity.js';
import { type Resonance, resonance } from '../../physics/resonance.js';
import * as vectors from '../../physics/vectors.js';
import type { OrbitScenario } from '../../scenario/orbits/schema.js';
import { cellsOf, evenly, quantile } from '../quantileTable.js';
import { rateLaw, rateTable } from '../rates.js';
import { speedLaw } from '../speeds.js';
import { pitchLaw } from '../starts.js';
import type { TallySpec } from '../tallies.js';
import { tallySize } from '../tallies.js';
import { PlanError, snapshotTimes } from '../times.js';
import { KICK_CHUNK, kickEdges } from './kicks.js';
import { checkStarts, fastestStart } from './starts.js';
import { orbitTallySpecs } from './tallySpecs.js';
import { planTracks, type TrackPlan, trackMemory, trackSpecs, trackSteps } from './tracks.js';

/** Edges of every axis, SI. */
export interface OrbitAxes {
  /** Snapshot times [s], the first 0. */
  readonly times: Float64Array;
  readonly muEdges: Float64Array;
  readonly xiEdges: Float64Array;
  readonly zEdges: Float64Array;
  /** Of log2(mu / mu at the start). */
  readonly ratioEdges: Float64Array;
  /** Of log2(epsilon). */
  readonly epsilonEdges: Float64Array;
  readonly lossTimeEdges: Float64Array;
  /** Of the starting gyrophase [turns], of the starting pitch cosine, and of (mu - mu0)/mu0. */
  readonly phaseEdges: Float64Array;
  readonly startXiEdges: Float64Array;
  readonly kickEdges: Float64Array;
}

/** The scales of a run of full orbits, SI. */
export interface OrbitReference {
  readonly speed: number;
  /** Field strength [T], gyrofrequency [rad/s] and Larmor radius [m] where the particles start, at the reference speed. */
  readonly B: number;
  readonly gyrofrequency: number;
  readonly larmorRadius: number;
  /** `rho max(|grad B|/B, 1/Rc)` and `sqrt(Rc/rho)` there; kappa is infinite on a straight line. */
  readonly epsilon: number;
  readonly kappa: number;
  /** Largest angular frequency of the field over the gyrofrequency there; 0 of a static field. */
  readonly frequencyRatio: number;
  /** mu of the reference speed across B there [J/T]. */
  readonly mu: number;
  readonly lengthUnit: number;
  readonly fieldUnit: number;
  readonly timeUnit: number;
  /** Largest turn of a substep [rad]. */
  readonly largestTurn: number;
}

/** A run of full orbits, ready for the kernel. */
export interface OrbitPlan {
  readonly orbits: true;
  readonly particles: number;
  readonly blocks: number;
  /** Those of the paths: long ones that start last would be waited for, and whoever ends a run wants to have them. */
  readonly ahead: number;
  readonly blockSize: number;
  readonly groups: 32;
  readonly tallies: readonly TallySpec[];
  /** More particles than that overflow the sums of a kernel. */
  readonly mostParticlesOfChunk: number;
  readonly memory: { readonly perWorker: number; readonly host: number };
  readonly stepsEstimate: number;
  readonly seed: string;
  readonly axes: OrbitAxes;
  readonly reference: OrbitReference;
  /** The kernel's parameters by name, without addresses. */
  readonly parameters: Readonly<Record<string, number>>;
  readonly tables: Readonly<Record<string, Float64Array>>;
  /** Field passes: number of the pass and its numbers. */
  readonly fields: readonly { readonly pass: number; readonly numbers: Float64Array }[];
  /** Steps of each interval between snapshots, and their length in kernel time. */
  readonly intervals: readonly { readonly steps: number; readonly step: number; readonly from: number }[];
  /** The paths that are kept: of each a block of its own, after those of all particles. */
  readonly tracks: TrackPlan | null;
  /** Where each wave along a uniform field is in resonance with particles of the reference speed, in the waves' order. */
  readonly resonances: readonly Resonance[];
  readonly warnings: readonly string[];
}

const BLOCK = 1024;
const FEWEST_BLOCKS = 64;
/** Largest turn of a substep that a scenario gives [rad]: in a stronger field than at the start it is halved. */
const MOST_TURN = 2;
/** Largest path of a substep, of the field's scale. */
const LARGEST_PATH = 0.1;
/** Largest phase of a wave that passes in a substep [rad]. */
const LARGEST_PHASE = 0.1;
/** Substeps of a step at the reference speed, about; a step goes over no more than a part of the field's scale. */
const SUBSTEPS = 64;
const STEP_PATH = 0.25;
/** As fast as almost all particles of a hybrid. */
const FAST_SHARE = 0.999;
const MOST_SUBSTEPS = 2 ** 20;
/** Larmor radii in a field's scale from which on a hybrid saves time: a centre's step costs some fifty pushes. */
const FEWEST_RADII = 40;
/** In fewer a hybrid's default threshold changes the distribution of kicks (at 0.65 by 7 %), and this one does not. */
const THIN = 2;
const THIN_ENTER = 1e-3;
/** Largest nu times a step: the closed series of the angle holds below it, and the split of motion and scattering is second order in it. */
const LARGEST_TAU = 0.03;
/** nu of the slowest particles is that of this share of all, where it diverges towards small speeds. */
const SLOWEST_SHARE = 1e-4;
/** Distance over which fields are differentiated, of the field's scale: errors of its square and of rounding over it. */
const PROBE = 1e-4;
/** mu over its start from 2^-16 to 2^16, epsilon from 2^-20 to 2^12. */
const RATIO_DECADES = 8;
const EPSILON_FROM = -20;
const EPSILON_TO = 12;
const EPSILON_BINS = 256;

function powerOfTwoAbove(x: number): number {
  let n = 1;
  while (n < x) n *= 2;
  while (n / 2 >= x && n > 2 ** -1000) n /= 2;
  return n;
}

/** Resonances with the waves of the field, if it has any. */
function resonancesOf({ field, species }: OrbitScenario, speed: number): Resonance[] {
  if (field.kind !== 'wave') return [];
  return field.waves.map((wave) => resonance(waveNumbers(wave), field.B0, species, speed));
}

/** Angular frequency of a guiding centre in a potential: along B it swings or falls, across B it goes round with the E x B drift. */
function swingOf(slope: number, { mass, charge }: OrbitScenario['species'], B: number): number {
  return Math.max(Math.sqrt((Math.abs(charge) * slope) / mass), slope / B);
}

/** What is to be said of a hybrid in a field that changes over so many Larmor radii. */
function hybridWarnings(radii: number, enter: number): string[] {
  const change = `a field that changes over ${radii.toPrecision(2)} Larmor radii`;
  return [
    ...(radii < FEWEST_RADII
      ? [
          `motion: "hybridOrbit" takes about as long as fullOrbit in ${change} (it is faster from some ${FEWEST_RADII} on)`,
        ]
      : []),
    ...(radii < THIN && enter > THIN_ENTER
      ? [
          `motion.enter: ${enter} is too late in ${change}: a gyration reaches farther than epsilon at its centre sees, and kicks of mu are not those of full orbits (should be at most ${THIN_ENTER}, or motion fullOrbit)`,
        ]
      : []),
  ];
}

/** The plan of a scenario of full orbits. */
export function planOrbits(scenario: OrbitScenario): OrbitPlan {
  const { species, particles, motion, boundary } = scenario;
  const { mass, charge } = species;
  const warnings: string[] = [];
  const field = withPotential(buildSpaceField(scenario.field), scenario.potential ?? null);
  const law = speedLaw(scenario);
  const times = snapshotTimes(scenario, 0, 0);
  const end = times[times.length - 1];

  // --- scales
  const [x, y, z] = particles.place.at;
  checkStarts(scenario, field);
  const B = vectors.size(field.at(x, y, z, 0).B);
  const gamma = lorentzFactorFromSpeed(law.reference);
  const gyrofrequency = (Math.abs(charge) * B) / (gamma * mass);
  const larmorRadius = law.reference / gyrofrequency;
  const { epsilon, kappa } = adiabaticity(larmorRadius, scalesAt(field, particles.place.at));
  const lengthUnit = Number.isFinite(field.scale) ? field.scale : larmorRadius;
  const fieldUnit = field.strength;
  const timeUnit = lengthUnit / SPEED_OF_LIGHT;
  const turn = ((charge * fieldUnit) / mass) * timeUnit;

  // --- steps
  const largestTurn = motion.step === null || motion.step === undefined ? Math.sqrt(12 * motion.tolerance) : MOST_TURN;
  // a step that is given is taken as it is, whatever the field would ask for
  const given = motion.step ?? null;
  const path = given === null && Number.isFinite(field.scale) ? LARGEST_PATH * field.scale : Infinity;
  const centres = motion.kind !== 'fullOrbit';
  const swing = centres ? swingOf(field.electricSlope ?? 0, species, B) : 0;
  const fastest = Math.max(field.frequency, swing);
  const longest = Math.min(given ?? Infinity, given === null && fastest > 0 ? LARGEST_PHASE / fastest : Infinity);
  // a guiding centre does not gyrate
  const gyrates = given !== null && motion.kind !== 'driftOrbit';
  const [fastestTurn, who] = gyrates ? fastestStart(scenario, field, gyrofrequency / B) : [0, ''];
  if (given !== null && given * fastestTurn > 2)
    throw new PlanError(
      `motion.step: ${given} s turns ${who} by ${(given * fastestTurn).toPrecision(3)} rad (must be at most 2, ${(2 / fastestTurn).toPrecision(3)} s; ${(Math.sqrt(12e-3) / fastestTurn).toPrecision(3)} s makes an error of 1e-3)`,
    );
  // a hybrid's step is that of its centres; its particles take as many substeps as their gyration asks for
  const hybrid = motion.kind === 'hybridOrbit';
  if (hybrid) warnings.push(...hybridWarnings(field.scale / larmorRadius, motion.enter ?? 0));
  const substep = Math.min(centres ? end : largestTurn / gyrofrequency, path / law.reference, longest);
  const collides = scenario.collisions.operator !== 'none';
  const nu = rateLaw(scenario, law.reference, NaN);
  const slowestKnown = quantile(law.momenta, SLOWEST_SHARE);
  const rateOf = (momentum: number) => nu(speedFromMomentum(momentum, mass));
  const cap = collides ? Math.max(rateOf(slowestKnown), rateOf(law.momenta[law.momenta.length - 1])) : 0;
  const most = Math.min(
    SUBSTEPS * substep,
    // epsilon is looked at between two steps: of a hybrid the fast ones must not go past a sheet in one
    (STEP_PATH * field.scale) / (hybrid ? speedFromMomentum(quantile(law.momenta, FAST_SHARE), mass) : law.reference),
    cap > 0 ? LARGEST_TAU / cap : Infinity,
  );
  const intervals = Array.from({ length: times.length - 1 }, (_, i) => {
    const length = times[i + 1] - times[i];
    const steps = Math.max(1, Math.ceil(length / most - 1e-9));
    return { steps, step: length / steps / timeUnit, from: times[i] / timeUnit };
  });
  const perParticle = intervals.reduce(
    (sum, { steps, step }) => sum + steps * powerOfTwoAbove((step * timeUnit) / substep),
    0,
  );
  const count = particles.count;
  const fewest = Math.ceil(count / FEWEST_BLOCKS);
  const blockSize = Math.min(BLOCK, Math.max(1, fewest));

  // --- axes and tallies
  const n = {
    times: times.length,
    mu: scenario.tallies.mu.bins,
    xi: scenario.tallies.xi.bins,
    z: scenario.tallies.z.bins,
    ratio: scenario.tallies.ratio.bins,
    epsilon: EPSILON_BINS,
    lossTime: scenario.tallies.lossTime.bins,
    phase: scenario.tallies.phase.bins,
    startXi: scenario.tallies.startXi.bins,
    kick: scenario.tallies.kick.bins,
  };
  const momenta = law.momenta.map((p, i) => (i % 2 === 1 ? p / (mass * SPEED_OF_LIGHT) : p));
  const highest = momenta[momenta.length - 1];
  const p = momentumFromSpeed(law.reference, mass);
  // kernel unit of mu: (m c)^2/(2 m B)
  const muUnit = (mass * SPEED_OF_LIGHT * SPEED_OF_LIGHT) / (2 * fieldUnit);
  const muTop = (highest * highest * fieldUnit) / B;
  const energyUnit = mass * SPEED_OF_LIGHT * SPEED_OF_LIGHT;
  const energyTop = (highest * highest) / (Math.sqrt(1 + highest * highest) + 1);
  const bounds = {
    mu: powerOfTwoAbove(4 * muTop),
    energy: powerOfTwoAbove(4 * energyTop),
    place: powerOfTwoAbove(Math.max(4 * larmorRadius, Number.isFinite(field.scale) ? field.scale : 0) / lengthUnit),
  };
  const reach = Math.max(
    ...[boundary.lowZ ?? 0, boundary.highZ ?? 0, z].map(Math.abs),
    Math.min(law.reference * end, 4 * lengthUnit),
  );
  const [lowZ, highZ] = [boundary.lowZ ?? -reach, boundary.highZ ?? reach];
  const axes: OrbitAxes = {
    times,
    muEdges: evenly(0, muTop * muUnit, n.mu),
    xiEdges: evenly(-1, 1, n.xi),
    zEdges: evenly(lowZ, highZ, n.z),
    ratioEdges: evenly(-RATIO_DECADES, RATIO_DECADES, n.ratio),
    epsilonEdges: evenly(EPSILON_FROM, EPSILON_TO, n.epsilon),
    lossTimeEdges: evenly(0, end, n.lossTime),
    phaseEdges: evenly(0, 1, n.phase),
    startXiEdges: evenly(-1, 1, n.startXi),
    kickEdges: kickEdges(n.kick),
  };
  const tallies = orbitTallySpecs(n, {
    mu: bounds.mu * muUnit,
    energy: bounds.energy * energyUnit,
    place: bounds.place * lengthUnit,
  });
  const pitches = pitchLaw(scenario);
  const top = Math.max(highest, slowestKnown / (mass * SPEED_OF_LIGHT));
  const rates = rateTable(
    collides ? nu : () => 0,
    { low: Math.max(1e-6, slowestKnown / (mass * SPEED_OF_LIGHT)), high: 4 * top, reference: mass * SPEED_OF_LIGHT },
    mass,
    timeUnit,
    Math.max(cap, 1e-300),
  );
  const limit = (value: number | null, otherwise: number) => (value === null ? otherwise : value / lengthUnit);
  const half = particles.place.halfWidth;
  const parameters: Record<string, number> = {
    turn,
    pusher: motion.pusher === 'boris' ? 1 : 2,
    electric: field.electric ? 1 : 0,
    changing: field.frequency > 0 ? 1 : 0,
    largestTurn: Math.min(largestTurn, 1e300),
    largestPath: Math.min(path / lengthUnit, 1e300),
    largestStep: Math.min(longest / timeUnit, 1e300),
    mostSubsteps: MOST_SUBSTEPS,
    centres: hybrid ? 2 : centres ? 1 : 0,
    probeTime: field.frequency > 0 ? PROBE / field.frequency / timeUnit : 1,
    probe: (Number.isFinite(field.scale) ? PROBE * field.scale : PROBE * larmorRadius) / lengthUnit,
    speedCells: cellsOf(momenta),
    pitchCells: cellsOf(pitches),
    placeCells: 0,
    scatters: collides ? 1 : 0,
    rateFirst: rates.first,
    rateCells: rates.values.length - 1,
    spreadX: half[0] / lengthUnit,
    spreadY: half[1] / lengthUnit,
    spreadZ: half[2] / lengthUnit,
    phaseLow: particles.gyrophase ?? 0,
    phaseHigh: particles.gyrophase ?? 1,
    centred: particles.reference === 'guidingCentre' ? 1 : 0,
    lowZ: limit(boundary.lowZ, -Infinity),
    highZ: limit(boundary.highZ, Infinity),
    innerRadius: limit(boundary.innerRadius, 0),
    outerRadius: limit(boundary.outerRadius, Infinity),
    majorRadius: limit(field.ends?.majorRadius ?? null, 0),
    minorRadius: limit(boundary.minorRadius, Infinity),
    lowX: limit(field.ends?.lowX ?? null, -Infinity),
    highX: limit(field.ends?.highX ?? null, Infinity),
    lowY: limit(field.ends?.lowY ?? null, -Infinity),
    highY: limit(field.ends?.highY ?? null, Infinity),
    lowR: limit(field.ends?.lowR ?? null, 0),
    highR: limit(field.ends?.highR ?? null, Infinity),
    muBins: n.mu,
    muInverseWidth: n.mu / muTop,
    xiBins: n.xi,
    placeBins: n.z,
    placeLow: lowZ / lengthUnit,
    placeInverseWidth: (n.z * lengthUnit) / (highZ - lowZ),
    ratioBins: n.ratio,
    ratioLow: -RATIO_DECADES,
    ratioInverseWidth: n.ratio / (2 * RATIO_DECADES),
    epsilonBins: n.epsilon,
    epsilonLow: EPSILON_FROM,
    epsilonInverseWidth: n.epsilon / (EPSILON_TO - EPSILON_FROM),
    lossBins: n.lossTime,
    lossInverseWidth: (n.lossTime * timeUnit) / end,
    listed: 0,
    muScale: 1 / bounds.mu,
    energyScale: 1 / bounds.energy,
    placeScale: 1 / bounds.place,
    timeScale: 1,
    enter: motion.enter ?? 0,
    leave: motion.leave ?? 0,
    centrePath: Math.min(((hybrid ? STEP_PATH / LARGEST_PATH : 1) * path) / lengthUnit, 1e300),
    layered: field.layered ? 1 : 0,
    phaseBins: n.phase,
    startXiBins: n.startXi,
    kickBins: n.kick,
  };
  const passes = field.passes({
    length: lengthUnit,
    field: fieldUnit,
    electric: SPEED_OF_LIGHT * fieldUnit,
    time: timeUnit,
  });
  const cells = tallies.reduce((sum, spec) => sum + tallySize(spec), 0);
  const tracks = planTracks(
    scenario,
    {
      end,
      speed: law.reference,
      step: substep,
      gyrofrequency,
      scale: field.scale,
      frequency: field.frequency,
      lengthUnit,
      timeUnit,
      fieldUnit,
      muUnit,
    },
    warnings,
  );
  const paths = tracks && trackMemory(tracks);
  return {
    orbits: true,
    particles: count,
    blocks: Math.ceil(count / blockSize) + (tracks?.particles.length ?? 0),
    ahead: tracks?.particles.length ?? 0,
    blockSize,
    groups: 32,
    tallies: [...tallies, ...(tracks ? trackSpecs(tracks) : [])],
    mostParticlesOfChunk: KICK_CHUNK,
    memory: {
      perWorker: 24e6 + 3 * 8 * cells + (paths?.perWorker ?? 0),
      host: 60e6 + 3 * 16 * 33 * cells + (paths?.host ?? 0),
    },
    resonances: resonancesOf(scenario, law.reference),
    stepsEstimate: count * perParticle + (tracks ? trackSteps(tracks, perParticle) : 0),
    seed: scenario.seed,
    axes,
    reference: {
      speed: law.reference,
      B,
      gyrofrequency,
      larmorRadius,
      epsilon,
      kappa,
      frequencyRatio: field.frequency / gyrofrequency,
      mu: (p * p) / (2 * mass * B),
      lengthUnit,
      fieldUnit,
      timeUnit,
      largestTurn,
    },
    parameters,
    tables: {
      speedTable: momenta,
      pitchTable: pitches,
      rateTable: rates.values,
      placeTable: Float64Array.of(0, x / lengthUnit, y / lengthUnit, z / lengthUnit),
    },
    fields: passes.map(({ pass, numbers }) => ({ pass, numbers: Float64Array.from(numbers) })),
    intervals,
    tracks,
    warnings,
  };
}
