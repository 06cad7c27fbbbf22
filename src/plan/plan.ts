/**
 * From a scenario to what the kernel must do: numbers in kernel units, tables, steps and tallies. Pure, serialisable, and
 * free of arithmetic that differs between engines, since all of it decides the result's bits.
 */
import { buildField, buildParallelField, buildPotential, type LineField } from '../fields/index.js';
import { SPEED_OF_LIGHT } from '../physics/constants.js';
import { log } from '../physics/elementary.js';
import { lorentzFactorFromSpeed, momentumFromSpeed, speedFromMomentum } from '../physics/relativity.js';
import type { Scenario } from '../scenario/index.js';
import { bounceWeights } from './bounceWeights.js';
import { edgeBins, midplaneReach } from './coneEdge.js';
import { cubicCells } from './cubicCells.js';
import { type Dwell, layOutDwell, looksOf } from './dwell.js';
import { cellsOf, evenly, meanOf, quantile } from './quantileTable.js';
import { rateLaw, rateTable } from './rates.js';
import { speedLaw } from './speeds.js';
import { splittingOf } from './splitting.js';
import { layOutStages, type Stage } from './stages.js';
import { startingSpeeds } from './startingSpeeds.js';
import { pitchLaw, placeLaw } from './starts.js';
import { potentialWaveNumber, stepChoice, stepError, TAU_BY_LANE } from './steps.js';
import type { TallySpec } from './tallies.js';
import { tallySize } from './tallies.js';
import { tallySpecs } from './tallySpecs.js';
import { PlanError, snapshotTimes } from './times.js';

export { PlanError } from './times.js';

/** Edges of every axis, SI. */
export interface PlanAxes {
  /** Snapshot times [s], the first 0. */
  readonly times: Float64Array;
  readonly speedEdges: Float64Array;
  readonly xiEdges: Float64Array;
  readonly sEdges: Float64Array;
  /** Bins of the starting magnetic moment [J/T]. */
  readonly muEdges: Float64Array;
  /** Bins of the starting pitch: the local cosine, or the size of the midplane one where `reference.foldedPitch`. */
  readonly startXiEdges: Float64Array;
  /** Fine bins of |midplane pitch| about the edge of the loss cone; empty where there is none. */
  readonly edgeXiEdges: Float64Array;
  readonly lossTimeEdges: Float64Array;
}

/** The scales of a run, SI. */
export interface PlanReference {
  readonly speed: number;
  /** Scattering rate at the reference speed [1/s]. */
  readonly nu: number;
  readonly length: number;
  /** 1 where there is no throat. */
  readonly mirrorRatio: number;
  /** Edge of the loss cone at the midplane; 1 where there is none. */
  readonly xiLossCone: number;
  readonly Bmin: number;
  readonly Bmax: number;
  /** Of a particle of the reference speed that turns half-way [s]; 0 where nothing bounces. */
  readonly bouncePeriod: number;
  readonly timeUnit: number;
  readonly lengthUnit: number;
  /** First and last place bin of the stretch about the least field whose pitches `middlePitch` counts. */
  readonly middle: readonly [number, number];
  /** Whether changes of pitch are those of the midplane one squared, since motion turns the local one. */
  readonly foldedPitch: boolean;
  /** Middle between the throats [m]: where the tallied `position` is zero. */
  readonly centre: number;
  /** Phase-space volume of the bins of midplane pitch [m]; null with a potential. */
  readonly bounceWeight: Float64Array | null;
  /** That of the fine bins about the edge of the loss cone, within the stretch that counts as the midplane [m]. */
  readonly edgeVolume: Float64Array | null;
  /** Whether every particle has the reference speed, and keeps it. */
  readonly oneSpeed: boolean;
  /** Whether nu is the same for all. */
  readonly oneRate: boolean;
  /** Longest step [s] and the shortest [s] that a class takes. */
  readonly longestStep: number;
  readonly shortestStep: number;
  /** Share of the particles whose nu is above the cap, where nu diverges towards small speeds. */
  readonly cappedShare: number;
  readonly interpolationError: number;
  /** Levels of rare-event splitting; 0 without it. */
  readonly rareLevels: number;
  /** Strata that starting values are drawn from; 1 without them. */
  readonly strata: number;
  /** The starting speeds in cells (`startingSpeeds`): edges by momentum [kg m/s], shares of the particles, scattering rates [1/s]. */
  readonly startMomenta: Float64Array;
  readonly startShares: Float64Array;
  readonly startRates: Float64Array;
}

/** A run, ready for the kernel: structured-cloneable, the same bits everywhere. */
export interface Plan {
  readonly particles: number;
  readonly blocks: number;
  readonly blockSize: number;
  /** Blocks of a set, one of each stratum of the starting values; 1 where these are not stratified. */
  readonly strata: number;
  readonly groups: 32;
  readonly tallies: readonly TallySpec[];
  readonly memory: { readonly perWorker: number; readonly host: number };
  /** Particle-steps, about. */
  readonly stepsEstimate: number;
  readonly seed: string;
  readonly axes: PlanAxes;
  readonly reference: PlanReference;
  /** The kernel's parameters by name, without addresses. */
  readonly parameters: Readonly<Record<string, number>>;
  /** The kernel's tables by name. */
  readonly tables: Readonly<Record<string, Float64Array>>;
  readonly schedule: readonly (readonly Stage[])[];
  /** Rows of the time axis that are filled before the first interval of the schedule and after each. */
  readonly looks: readonly (readonly number[])[];
  /** How time is integrated over for a continuous source; null without one. */
  readonly dwell: Dwell | null;
  /** Whether collisions act. */
  readonly collides: boolean;
  /** What a user should know about the numbers of this run. */
  readonly warnings: readonly string[];
}

const BLOCK = 1024;
/** Fewest blocks of a run: smaller runs have smaller blocks. With strata as many sets as there are groups. */
const FEWEST_BLOCKS = 64;
const FEWEST_SETS = 32;
const FIELD_KINDS = { uniform: 0, parabolic: 1, tabulated: 2 } as const;
const BOUNDARIES = { none: 0, throat: 1, reflecting: 2, periodic: 3, cone: 4 } as const;
const OPERATORS = { none: 0, exact: 1, eulerMaruyama: 2, binomial: 3 } as const;
const SIDES = { left: 1, right: 2, both: 3 } as const;
const CLASSES = 64;
/** The midplane is what lies within this part of the length of the least field. */
const MIDDLE = 64;
/** nu is capped where it diverges: at its value for the slowest particle but this share of all. */
const CAPPED_SHARE = 1e-4;
/** With forces: at its value for this share of the median energy, below which an orbit passes within a step or two. */
const CAPPED_ENERGY = 0.005;
const RATE_SAMPLES = 1000;

/** Number of particles of a block. */
export function blockLength(plan: Plan, block: number): number {
  return Math.max(0, Math.min(plan.blockSize, plan.particles - block * plan.blockSize));
}

/** The jackknife group of a block: its set's. */
export function groupOf(block: number, strata = 1): number {
  return Math.floor(block / strata) % 32;
}

/** The blocks of a jackknife group, set by set. */
export function* blocksOfGroup({ blocks, strata, groups }: Plan, group: number): Generator<number, void> {
  for (let first = group * strata; first < blocks; first += groups * strata)
    for (let block = first; block < Math.min(blocks, first + strata); block++) yield block;
}

/** Blocks that a run has at least; from 1024 times as many particles on every block has 1024. */
export function fewestBlocks(strata: number): number {
  return Math.max(FEWEST_BLOCKS, strata > 1 ? FEWEST_SETS * strata : 0);
}

/** How particles are dealt out to blocks; with strata to whole sets, never more than asked for. */
function dealOut({ count, stratify }: Scenario['particles']) {
  const strata = stratify.pitch * stratify.speed;
  const blockSize = Math.max(1, Math.min(BLOCK, Math.floor(count / fewestBlocks(strata))));
  const set = strata * blockSize;
  if (strata > 1 && count < FEWEST_SETS * set)
    throw new PlanError(
      `particles.stratify: ${strata} strata are too many for ${count} particles (must be at least ${FEWEST_SETS} a stratum, ${FEWEST_SETS * strata} in all)`,
    );
  return { strata, blockSize, particles: strata > 1 ? set * Math.floor(count / set) : count };
}

/** The power of two at or above x: scaling by it is exact. */
function powerOfTwoAbove(x: number): number {
  let p = 1;
  while (p < x) p *= 2;
  while (p >= 2 * x && x > 0) p /= 2;
  return p;
}

/**
 * Plans a run.
 * @param scenario validated
 * @throws PlanError where the scenario asks for what its physics does not have
 */
export function planRun(scenario: Scenario): Plan {
  const warnings: string[] = [];
  const { strata, blockSize, particles } = dealOut(scenario.particles);
  if (particles < scenario.particles.count)
    warnings.push(
      `particles.stratify: ${particles} of the ${scenario.particles.count} particles are run, whole sets of ${strata} strata with ${blockSize} each`,
    );
  const { species, collisions, motion, boundary } = scenario;
  const field = buildField(scenario.field);
  const homogeneous = motion.kind === 'homogeneous';
  const law = speedLaw(scenario);
  const vRef = law.reference;
  const gammaRef = lorentzFactorFromSpeed(vRef);
  const pRef = momentumFromSpeed(vRef, species.mass);
  const inverseC2 = (vRef / SPEED_OF_LIGHT) * (vRef / SPEED_OF_LIGHT);
  const centre = (field.sLeft + field.sRight) / 2;
  const lengthUnit = field.kernel.kind === 'parabolic' ? field.kernel.scale : field.length / 2;
  const timeUnit = lengthUnit / vRef;
  const energyUnit = pRef * vRef;

  // --- speeds and rates
  const speedTable = law.momenta.map((x, i) => (i % 2 === 1 ? x / pRef : x));
  const speedCells = cellsOf(speedTable);
  const nu = rateLaw(scenario, vRef, field.length);
  const nuRef = nu(vRef);
  const oneRate =
    collisions.operator === 'none' ||
    collisions.rate.law === 'constant' ||
    collisions.rate.law === 'strength' ||
    (law.oneSpeed && scenario.potential === null && scenario.parallelField === null);
  const collides = collisions.operator !== 'none' && (nuRef > 0 || !oneRate);
  const forced = !homogeneous && (scenario.potential !== null || scenario.parallelField !== null);
  const speedOf = (p: number) => speedFromMomentum(p * pRef, species.mass);

  // --- forces
  const potential = scenario.potential !== null && !homogeneous ? buildPotential(scenario.potential, field) : null;
  const parallel =
    scenario.parallelField !== null && !homogeneous ? buildParallelField(scenario.parallelField, field) : null;
  const bouncePeriod = referenceBouncePeriod(field, vRef, homogeneous);
  const times = snapshotTimes(scenario, oneRate && !law.oneSpeed ? nuRef : nuRef, bouncePeriod);
  const end = times[times.length - 1];
  const kernelTimes = times.map((t) => t / timeUnit);
  const charge = species.charge;
  const potentialCells =
    potential === null
      ? null
      : cubicCells(
          potential.kernel,
          potential.kernel.value,
          potential.kernel.slope,
          centre,
          lengthUnit,
          charge / energyUnit,
        );
  const phi = (s: number) => (potential === null ? 0 : (charge * potential.value(s)) / energyUnit);
  let phiLow = 0;
  let phiHigh = 0;
  if (potential !== null) {
    phiLow = Infinity;
    phiHigh = -Infinity;
    for (let i = 0; i <= 2000; i++) {
      const w = phi(field.sLeft + (i / 2000) * (field.sRight - field.sLeft));
      phiLow = Math.min(phiLow, w);
      phiHigh = Math.max(phiHigh, w);
    }
    if (boundary.kind === 'none') {
      // the line goes on beyond the throats, and so does the table
      for (const value of potential.kernel.value) {
        phiLow = Math.min(phiLow, (charge * value) / energyUnit);
        phiHigh = Math.max(phiHigh, (charge * value) / energyUnit);
      }
    }
  }
  const topMomentum = speedTable[speedTable.length - 1];
  const gammaOf = (p: number) => Math.sqrt(1 + p * p * gammaRef * gammaRef * inverseC2);
  const kineticOf = (p: number) => (p * p * gammaRef) / (gammaOf(p) + 1);
  const momentumOf = (k: number) => Math.sqrt(Math.max(0, (k * (2 + k * gammaRef * inverseC2)) / gammaRef));
  let highest = topMomentum;
  // without collisions nothing pins the energy, whose error is the tolerance
  const slack = parallel === null ? 1.001 + 4 * motion.tolerance : 4;
  if (forced) highest = momentumOf(kineticOf(topMomentum) + (phiHigh - phiLow)) * slack;
  const topSpeed = Math.min(SPEED_OF_LIGHT, speedOf(highest));

  // --- the cap of nu(v)
  // a force slows particles down below the speeds they start with
  const slowestStart = quantile(speedTable, CAPPED_SHARE);
  const slowed = momentumOf(CAPPED_ENERGY * kineticOf(Math.max(slowestStart, quantile(speedTable, 0.5))));
  const capMomentum = forced && !oneRate ? Math.min(slowestStart > 0 ? slowestStart : slowed, slowed) : slowestStart;
  let cap = Math.max(nuRef, capMomentum > 0 ? nu(speedOf(capMomentum)) : nuRef);
  // the cap is for slow particles: whatever the rate does above them stands
  for (let i = 0; i <= speedCells; i++) {
    const p = speedTable[2 * i + 1];
    if (p > capMomentum) cap = Math.max(cap, nu(speedOf(p)));
  }
  if (forced && !oneRate) {
    for (let i = 0; i <= RATE_SAMPLES; i++)
      cap = Math.max(cap, nu(speedOf(capMomentum + ((highest - capMomentum) * i) / RATE_SAMPLES)));
  }
  const cappedShare = oneRate ? 0 : shareCapped(speedTable, (p) => nu(speedOf(p)) > cap);
  if (cappedShare > 0) {
    warnings.push(
      `nu(v) is held at ${cap.toPrecision(3)} 1/s for the slowest ${(100 * cappedShare).toPrecision(2)} % of the particles, where it diverges`,
    );
  }

  // --- steps
  const potentialWave =
    potential === null || phiHigh === phiLow
      ? 0
      : potentialWaveNumber(
          (s) => charge * potential.gradient(s),
          field,
          (kineticOf(speedTable[1]) + phiHigh - phiLow) * energyUnit,
        );
  const choice = stepChoice(scenario, field, !oneRate, potentialWave);
  const pathStep = choice.path / lengthUnit;
  const need = (p: number) => {
    const fastest = forced ? momentumOf(kineticOf(p) + Math.max(0, phiHigh - phiLow)) : p;
    const v = (fastest * gammaRef) / gammaOf(fastest);
    let fastestRate = nu(speedOf(p));
    if (forced && !oneRate) {
      // as the kernel does when it draws a particle: the rates that its orbit meets, down to half its speed
      const slow = parallel === null ? Math.max(kineticOf(p) - (phiHigh - phiLow), kineticOf(p) / 4) : kineticOf(p) / 4;
      fastestRate = Math.max(fastestRate, nu(speedOf(fastest)), nu(speedOf(momentumOf(slow))));
    }
    const rate = Math.min(cap, fastestRate) * timeUnit;
    return Math.min(v > 0 ? pathStep / v : Infinity, rate > 0 && collides ? choice.tau / rate : Infinity);
  };
  const dwell =
    scenario.source === null
      ? null
      : layOutDwell(end / timeUnit, nuRef * timeUnit, bouncePeriod / timeUnit, scenario.tallies.xi.bins);
  const looks = looksOf(kernelTimes, dwell);
  const longestInterval = looks.times.reduce((most, t, i) => (i === 0 ? 0 : Math.max(most, t - looks.times[i - 1])), 0);
  let shortest = Infinity;
  let longest = 0;
  let repeats = 1;
  if (motion.step !== null) {
    shortest = motion.step / timeUnit;
    longest = shortest;
    const error = homogeneous ? 0 : stepError(field, topSpeed * Math.min(motion.step, longestInterval * timeUnit));
    if (error >= 0.5)
      throw new PlanError(
        `motion.step: with ${motion.step} s the fastest orbits are unstable (must be at most ${(motion.step * Math.sqrt(0.1 / error)).toPrecision(2)} s, or auto)`,
      );
    if (error > 0.1)
      warnings.push(
        `motion.step: with ${motion.step} s the fastest orbits are off by up to ${(100 * error).toPrecision(2)} % in energy (auto goes by motion.tolerance)`,
      );
    // with forces the kernel composes what a particle needs, lane by lane
    if (!oneRate && collides && collisions.operator === 'exact' && !forced)
      repeats = Math.max(1, Math.ceil((cap * motion.step) / TAU_BY_LANE - 1e-9));
  } else {
    for (let i = 0; i <= speedCells; i++) {
      if (i < speedCells && speedTable[2 * i + 2] === speedTable[2 * i]) continue;
      for (const p of i < speedCells ? [speedTable[2 * i + 1], speedTable[2 * i + 3]] : [speedTable[2 * i + 1]]) {
        if (p <= 0) continue;
        const step = Math.min(need(p), longestInterval);
        shortest = Math.min(shortest, step);
        longest = Math.max(longest, step);
      }
    }
  }
  const classes =
    motion.step !== null ? 1 : Math.min(CLASSES, 1 + Math.floor((2 * log(longest / shortest)) / log(2) + 1e-9));
  const durations = Array.from({ length: classes }, (_, k) => shortest * halfOctaves(k));
  const { table: stageTable, schedule } = layOutStages(
    collides ? collisions.operator : 'none',
    looks.times,
    durations,
    oneRate ? nuRef * timeUnit : null,
    repeats,
    motion.step === null && repeats === 1,
  );
  if (collides && (collisions.operator === 'binomial' || collisions.operator === 'eulerMaruyama')) {
    const tau = cap * timeUnit * schedule.reduce((most, row) => Math.max(most, row[0].step), 0);
    if (collisions.operator === 'binomial' && (oneRate ? nuRef / cap : 1) * tau > 0.5)
      throw new PlanError(
        `motion.step: nu dt = ${tau.toPrecision(3)} is too long for the binomial step (must be at most 0.5)`,
      );
    if (tau > 0.01)
      warnings.push(
        `${collisions.operator} with nu dt = ${tau.toPrecision(3)}: the equilibrium is biased; the exact operator is not`,
      );
  }

  // --- starts
  const pitches = pitchLaw(scenario);
  const places = placeLaw(scenario, field, pitches);
  const placeTable = places.map((x, i) => (i % 2 === 1 ? (x - centre) / lengthUnit : x));
  const throats = boundary.kind === 'throat';
  const coneRatio = boundary.kind === 'cone' ? boundary.ratio : 0;
  const fieldRatio = field.Bmax / field.Bmin;
  const mirrorRatio = coneRatio > 0 ? coneRatio : fieldRatio;
  const xiLossCone = throats || coneRatio > 0 ? Math.sqrt(1 - 1 / mirrorRatio) : 1;
  const edgeXiEdges = xiLossCone > 0 && xiLossCone < 1 ? edgeBins(xiLossCone) : new Float64Array(0);
  // without motion there is no place that differs from another
  const edgeReach = homogeneous ? Infinity : midplaneReach(field, forced);
  const turns = boundary.kind === 'reflecting' || field.kernel.kind !== 'uniform' || forced;
  const foldedPitch = !homogeneous && turns;

  // --- rare events
  // who is to be lost has to be on its way out in time: from the midplane to a throat, but half of the run is looked at anyhow
  const inCone = throats ? Math.max(end / 2, end - field.length / 2 / vRef) : end;
  const splitting = splittingOf(scenario, {
    field,
    xiLossCone: throats || coneRatio > 0 ? Math.sqrt(1 - 1 / mirrorRatio) : 1,
    pitches,
    places,
    momenta: speedTable,
    kicks: (p) => Math.min(cap, nu(speedOf(p))) * inCone,
    looks: schedule.reduce((sum, row) => sum + Math.ceil((row[0].steps * row[0].repeats) / 4), 0),
  });
  warnings.push(...splitting.warnings);

  // --- axes and tallies
  const n = {
    times: times.length,
    speed: scenario.tallies.speed.bins,
    xi: scenario.tallies.xi.bins,
    place: scenario.tallies.s.bins,
    mu: scenario.tallies.mu.bins,
    startXi: scenario.tallies.mu.bins,
    edge: Math.max(0, edgeXiEdges.length - 1),
    lossTime: scenario.tallies.lossTime.bins,
    particles: Math.min(scenario.outputs.particles, particles),
    dwells: dwell !== null,
    levels: splitting.levels,
  };
  if (strata > 1 && n.particles < particles && n.particles % (strata * blockSize) > 0)
    warnings.push(
      `outputs.particles: the first ${n.particles} particles are no whole sets of strata, so their table leans to the lower ones (ask for a multiple of ${strata * blockSize})`,
    );
  const speedLow = scenario.tallies.speed.min ?? (forced ? 0 : law.low);
  const speedHigh = scenario.tallies.speed.max ?? (forced ? Math.max(law.high, topSpeed) : law.high);
  const reach = boundary.kind === 'none' && !homogeneous ? field.length / 2 + topSpeed * end : field.length / 2;
  const placeReach = reach / lengthUnit;
  const lowestB = field.Bmin;
  const muTop = (highest * highest * pRef * pRef) / (2 * species.mass * lowestB);
  const muKernelTop = highest * highest;
  const muAxisTop =
    ((law.oneSpeed ? 1 : Math.min(muKernelTop, quantile(speedTable, 0.999) ** 2)) * pRef * pRef) /
    (2 * species.mass * lowestB);
  const bounds = {
    place: powerOfTwoAbove(placeReach),
    mu: powerOfTwoAbove(muKernelTop),
    energy: powerOfTwoAbove(kineticOf(highest)),
    pressure: powerOfTwoAbove((highest * topSpeed) / vRef),
    time: powerOfTwoAbove(end / timeUnit),
    speed: powerOfTwoAbove(topSpeed / vRef),
  };
  const muUnit = (pRef * pRef) / (2 * species.mass * field.Bmin);
  const tallies = tallySpecs(n, {
    place: bounds.place * lengthUnit,
    mu: bounds.mu * muUnit,
    energy: bounds.energy * energyUnit,
    pressure: bounds.pressure * energyUnit,
    time: bounds.time * timeUnit,
    speed: bounds.speed * vRef,
    cell: dwell === null ? 0 : dwell.cell * timeUnit,
  });
  const axes: PlanAxes = {
    times,
    speedEdges: evenly(speedLow, speedHigh, n.speed),
    xiEdges: evenly(-1, 1, n.xi),
    sEdges: evenly(centre - reach, centre + reach, n.place),
    muEdges: evenly(0, Math.min(muTop, muAxisTop), n.mu),
    startXiEdges: evenly(foldedPitch ? 0 : -1, 1, n.startXi),
    edgeXiEdges,
    lossTimeEdges: evenly(0, end, n.lossTime),
  };

  // --- the kernel's side
  const tabulated =
    field.kernel.kind === 'tabulated'
      ? cubicCells(field.kernel, field.kernel.B, field.kernel.dBds, centre, lengthUnit, 1 / field.Bmin)
      : null;
  const force = parallel === null ? null : forceTables(parallel, field, charge, lengthUnit, energyUnit, centre, end);
  const rates = rateTable(
    collides ? nu : () => 0,
    {
      low: forced ? Math.min(Math.max(speedTable[1], 1e-4), capMomentum) : speedTable[1],
      high: Math.max(highest, topMomentum),
      reference: pRef,
    },
    species.mass,
    timeUnit,
    cap,
  );
  const closed = boundary.kind === 'reflecting' || boundary.kind === 'periodic';
  const parameters: Record<string, number> = {
    fieldKind: homogeneous ? 0 : FIELD_KINDS[field.kernel.kind],
    fieldStart: tabulated?.start ?? 0,
    fieldInverseStep: tabulated?.inverseStep ?? 0,
    fieldCells: tabulated?.cells ?? 0,
    boundaryKind: BOUNDARIES[boundary.kind],
    half: (throats || closed) && !homogeneous ? field.length / 2 / lengthUnit : Infinity,
    coneSides: boundary.kind === 'cone' ? SIDES[boundary.sides] : 0,
    operator: collides ? OPERATORS[collisions.operator] : 0,
    oneSpeed: law.oneSpeed && !forced ? 1 : 0,
    oneRate: oneRate ? 1 : 0,
    homogeneous: homogeneous ? 1 : 0,
    speedCells,
    pitchCells: cellsOf(pitches),
    placeCells: cellsOf(placeTable),
    pitchStrata: scenario.particles.stratify.pitch,
    speedStrata: scenario.particles.stratify.speed,
    trappedOnly: scenario.particles.pitch.only === 'trapped' ? 1 : 0,
    mirrorRatio: coneRatio > 0 ? coneRatio : throats ? fieldRatio : 0,
    speedBins: n.speed,
    speedLow: speedLow / vRef,
    speedInverseWidth: (n.speed * vRef) / (speedHigh - speedLow),
    xiBins: n.xi,
    placeBins: n.place,
    placeLow: -placeReach,
    placeInverseWidth: n.place / (2 * placeReach),
    muBins: n.mu,
    muInverseWidth: (n.mu * muUnit) / axes.muEdges[n.mu],
    startXiBins: n.startXi,
    startXiLow: foldedPitch ? 0 : -1,
    startXiInverseWidth: n.startXi / (foldedPitch ? 1 : 2),
    folded: foldedPitch ? 1 : 0,
    edgeBins: n.edge,
    edgeLow: n.edge > 0 ? edgeXiEdges[0] : 0,
    edgeInverseWidth: n.edge > 0 ? n.edge / (1 - edgeXiEdges[0]) : 0,
    middle: (field.sMid - centre) / lengthUnit,
    middleReach: edgeReach / lengthUnit,
    lossBins: n.lossTime,
    lossInverseWidth: (n.lossTime * timeUnit) / end,
    listed: n.particles,
    speedScale: 1 / bounds.speed,
    placeScale: 1 / bounds.place,
    muScale: 1 / bounds.mu,
    energyScale: 1 / bounds.energy,
    pressureScale: 1 / bounds.pressure,
    timeScale: 1 / bounds.time,
    inverseC2,
    gammaRef,
    forced: forced ? 1 : 0,
    potentialStart: potentialCells?.start ?? 0,
    potentialInverseStep: potentialCells?.inverseStep ?? 0,
    potentialCells: potentialCells?.cells ?? 0,
    forceStart: force?.cells.start ?? 0,
    forceInverseStep: force?.cells.inverseStep ?? 0,
    forceCells: force?.cells.cells ?? 0,
    forceTimeInverseStep: force === null ? 0 : (force.g.length - 1) / kernelTimes[kernelTimes.length - 1],
    forceTimeCells: force === null ? 0 : force.g.length - 1,
    rateFirst: rates.first,
    rateCells: rates.values.length - 1,
    // what `trapped` means is the field's own, whatever stands at its ends; a cone has its own ratio
    throatFieldLeft: coneRatio > 0 ? coneRatio : fieldRatio > 1 ? field.strength(field.sLeft) / field.Bmin : 0,
    throatFieldRight: coneRatio > 0 ? coneRatio : fieldRatio > 1 ? field.strength(field.sRight) / field.Bmin : 0,
    throatPotentialLeft: phi(field.sLeft),
    throatPotentialRight: phi(field.sRight),
    middlePotential: phi(field.sMid),
    lowestPotential: phiLow,
    highestPotential: parallel === null ? phiHigh : Infinity,
    maximumMomentum2: forced ? highest * highest : Infinity,
    pathStep: Math.min(pathStep, 1e300),
    tauStep: Math.min(choice.tau, 1e300),
    shortestStep: shortest,
    classes,
    rareLevels: splitting.levels,
    rareRim: splitting.rim,
    rareLinear: splitting.linear,
    rareSquare: splitting.square,
    rareSides: homogeneous && boundary.kind === 'cone' ? SIDES[boundary.sides] : SIDES.both,
    rareEnd: inCone / timeUnit,
  };
  const stepsOf = schedule.reduce(
    (sum, row) => row.map((stage, k) => sum[k] + stage.steps * stage.repeats),
    durations.map(() => 0),
  );
  const starting = startingSpeeds(law.momenta, (p) =>
    collides ? Math.min(cap, nu(speedFromMomentum(p, species.mass))) : 0,
  );
  const perParticle =
    speedCells === 0 || classes === 1
      ? stepsOf[0]
      : meanOf(speedTable, (p) => stepsOf[classOf(need(Math.max(p, 1e-9)), shortest, classes)]);
  const tables: Record<string, Float64Array> = {
    speedTable,
    pitchTable: pitches,
    placeTable,
    rateTable: rates.values,
    stages: stageTable,
    fieldTable: tabulated?.coefficients ?? new Float64Array(4),
    potentialTable: potentialCells?.coefficients ?? new Float64Array(4),
    forceTable: force?.cells.coefficients ?? new Float64Array(4),
    forceTimeTable: force?.g ?? new Float64Array(2),
    rareTable: splitting.depths,
  };
  return {
    particles,
    blocks: Math.ceil(particles / blockSize),
    blockSize,
    strata,
    groups: 32,
    tallies,
    memory: memoryOf(tallies, tables, splitting.levels > 0),
    stepsEstimate: particles * perParticle * (1 + splitting.levels / 4),
    seed: scenario.seed,
    axes,
    reference: {
      speed: vRef,
      nu: collides ? nuRef : 0,
      length: field.length,
      mirrorRatio: throats || coneRatio > 0 ? mirrorRatio : fieldRatio,
      xiLossCone,
      Bmin: field.Bmin,
      Bmax: field.Bmax,
      bouncePeriod,
      timeUnit,
      lengthUnit,
      foldedPitch,
      middle: middleBins(axes.sEdges, field.sMid, field.length),
      centre,
      bounceWeight: forced
        ? null
        : homogeneous
          ? axes.xiEdges.slice(1).fill((2 / n.xi) * field.length)
          : bounceWeights(field, axes.xiEdges),
      edgeVolume: n.edge === 0 || forced ? null : bounceWeights(field, edgeXiEdges, edgeReach),
      oneSpeed: law.oneSpeed && !forced,
      oneRate,
      longestStep: durations[durations.length - 1] * timeUnit,
      shortestStep: shortest * timeUnit,
      cappedShare,
      interpolationError: field.interpolationError,
      rareLevels: splitting.levels,
      strata,
      startMomenta: starting.momenta,
      startShares: starting.shares,
      startRates: starting.rates,
    },
    parameters,
    tables,
    schedule,
    looks: looks.rows,
    dwell,
    collides,
    warnings,
  };
}

/** The place bins within a `MIDDLE`th of the length of the least field, at least one. */
function middleBins(edges: Float64Array, sMid: number, length: number): readonly [number, number] {
  const bins = edges.length - 1;
  const width = (edges[bins] - edges[0]) / bins;
  const at = (s: number) => Math.min(bins - 1, Math.max(0, Math.floor((s - edges[0]) / width)));
  const reach = length / MIDDLE;
  // an edge that falls on the bound belongs to neither neighbour
  return [at(sMid - reach + 1e-6 * width), at(sMid + reach - 1e-6 * width)];
}

/** 2^(k/2) with fixed bits. */
function halfOctaves(k: number): number {
  let x = 1;
  for (let i = 0; i < k >> 1; i++) x *= 2;
  return k & 1 ? x * Math.SQRT2 : x;
}

function classOf(need: number, shortest: number, classes: number): number {
  const k = Math.floor((2 * log(need / shortest)) / log(2) + 1e-9);
  return Math.min(classes - 1, Math.max(0, k));
}

function shareCapped(table: Float64Array, capped: (p: number) => boolean): number {
  let share = 0;
  for (let i = 0; i < cellsOf(table); i++) {
    if (capped(table[2 * i + 1] > 0 ? table[2 * i + 1] : table[2 * i + 3] / 2))
      share += table[2 * i + 2] - table[2 * i];
  }
  return share;
}

/**
 * Bounce period of a particle of the reference speed that turns half-way to the end of its well, by the plain sum over the well with
 * the turning points' singularity taken out; a scale to count times by, not an estimate.
 */
function referenceBouncePeriod(field: LineField, speed: number, homogeneous: boolean): number {
  if (homogeneous || field.kernel.kind === 'uniform') return 0;
  if (field.kernel.kind === 'parabolic') {
    // sin(alpha) with B at the turning point half-way: period 2 pi scale/(v sin alpha)
    const half = field.length / 4 / field.kernel.scale;
    return (2 * Math.PI * field.kernel.scale * Math.sqrt(1 + half * half)) / speed;
  }
  const turn = field.sMid + (firstPeak(field) - field.sMid) / 2;
  const b = 1 / field.strength(turn);
  const n = 400;
  let sum = 0;
  // s = middle + (turn - middle) (1 - x^2) removes the root at the turning point
  for (let i = 0; i < n; i++) {
    const x = (i + 0.5) / n;
    const s = field.sMid + (turn - field.sMid) * (1 - x * x);
    const xi2 = 1 - field.strength(s) * b;
    if (xi2 > 0) sum += ((2 * x) / Math.sqrt(xi2)) * ((turn - field.sMid) / n);
  }
  return (4 * sum) / speed;
}

/** The end of the well about the midplane, to the right: the first maximum of the field, the throat at the latest. */
function firstPeak(field: LineField): number {
  const n = 2000;
  let highest = field.Bmin;
  for (let i = 1; i <= n; i++) {
    const B = field.strength(field.sMid + ((field.sRight - field.sMid) * i) / n);
    if (B < highest) return field.sMid + ((field.sRight - field.sMid) * (i - 1)) / n;
    highest = B;
  }
  return field.sRight;
}

const G_CELLS = 4096;

/** The parallel field as acceleration along the line and its course in time. */
function forceTables(
  parallel: ReturnType<typeof buildParallelField>,
  field: LineField,
  charge: number,
  lengthUnit: number,
  energyUnit: number,
  centre: number,
  end: number,
) {
  const scale = (charge * lengthUnit) / energyUnit;
  const kernel = parallel.kernel;
  const cells =
    kernel.kind === 'uniform'
      ? cubicCells(
          { s0: field.sLeft, ds: field.length },
          Float64Array.of(kernel.E, kernel.E),
          new Float64Array(2),
          centre,
          lengthUnit,
          scale,
        )
      : cubicCells(kernel, kernel.value, kernel.slope, centre, lengthUnit, scale);
  const g = Float64Array.from({ length: G_CELLS + 1 }, (_, i) => parallel.time((end * i) / G_CELLS));
  return { cells, g };
}

/** Bytes: what a worker's engine takes, its kernel memory, and the merged tallies with their groups. */
function memoryOf(tallies: readonly TallySpec[], tables: Readonly<Record<string, Float64Array>>, splits: boolean) {
  let cells = 0;
  let grouped = 0;
  for (const spec of tallies) {
    cells += tallySize(spec);
    if (spec.grouped) grouped += tallySize(spec);
  }
  const tableBytes = Object.values(tables).reduce((sum, table) => sum + table.byteLength, 0);
  return {
    perWorker: 24e6 + (splits ? 6e6 : 0) + tableBytes + 3 * 8 * cells,
    host: 60e6 + 3 * 16 * (cells + 32 * grouped),
  };
}
