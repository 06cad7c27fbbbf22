import { tailIsKnown } from './confinement.js';
import { cellVolumes, relativeWeights } from './distribution.js';
import { notes, short, unavailable } from './estimates.js';
import { coneOracle } from './exact.js';
import { gridWindow, rateBetween, relativeChange, type SurvivalGrid, survivalGrid } from './lossRate.js';
import { hasOneRate } from './references.js';
import type { Sample } from './sample.js';
import type { SlowMode } from './slowMode.js';
import type { AnalysisScenario, Curve, Estimate, Steady, SteadyDistribution } from './types.js';

/** What the jackknife of the tail needs, in the order of `tallies`. */
interface Tail {
  readonly tallies: readonly string[];
  /** Particles that count, and the time that those still inside at the end have yet to spend [s]. */
  of(sums: readonly Float64Array[], particles: number): { n: number; time: number };
}

/**
 * The steady state of a continuous source, the time integral of the response to one pulse: `F = rate/n sum over particles of
 * the time that each spends`.
 *
 * The time inside is summed by the plan's samples (midpoint rule in panels of fourfold length). What the `n_end`
 * particles still inside at the end have yet to spend, `n_end/lambda`, is spread as the survivors are over the window of
 * the slowest mode, lambda being the loss rate there (as in `confinementTime`). Number held: rate times the mean loss
 * time, whose times are exact; how far the samples' own sum is from it is said, and how far those of the bins may be is added to
 * their errors in square (`quadratureError`). Losses at an end: rate times the share
 * that leaves there, the rest divided as in that window. Jackknife errors throughout; where the survivors still change, what
 * that may make of the tail is added in square. In maps of several speeds and of places the spread of the tail has no
 * groups: it is given the multinomial error of a single snapshot, the most that it can be.
 * @returns NaN and why, where particles are inside at the end and their rate is not known; the losses at the ends add up to
 *   the rate whatever it is, and are given with the error that any division of the rest would have
 */
export function steadyState(
  sample: Sample,
  scenario: AnalysisScenario,
  window: SlowMode,
  confinementTime: Estimate,
): Steady | undefined {
  const rate = scenario.source?.rate;
  if (rate === undefined || !(sample.particles > 0)) return undefined;
  const grid = survivalGrid(sample);
  const why = lacking(sample, grid, window, confinementTime);
  return {
    steadyHeld: held(sample, rate, confinementTime, why),
    steadyLossLeft: losses(sample, scenario, window, rate, 0, why),
    steadyLossRight: losses(sample, scenario, window, rate, 1, why),
    steadyPitch: pitchCurve(sample, scenario, window, rate, why),
    steadyPlace: placeCurve(sample, window, rate, why),
    steadyState: distributions(sample, window, rate, why),
  };
}

const NOBODY = 'nobody was lost: no steady state is in sight';

/** What keeps the steady state from being known; undefined where nothing does. */
function lacking(sample: Sample, grid: SurvivalGrid, window: SlowMode, time: Estimate): string | undefined {
  const fates = sample.total('fates');
  if (fates[1] + fates[2] === 0) return NOBODY;
  const remaining = fates[0] + fates[3];
  if (remaining > 0 && !hasOneRate(sample.plan)) {
    // the fast ones leave last: a rate seen so far is above every later one
    const share = short((100 * remaining) / (fates[1] + fates[2] + remaining));
    return `${share} % are inside at the end and speeds scatter at different rates: no one rate says how long they stay (needs a run in which all are lost)`;
  }
  if (remaining > 0 && !tailIsKnown(sample, grid, window)) return time.note ?? 'the slowest mode is not reached';
  return undefined;
}

function held(sample: Sample, rate: number, time: Estimate, why: string | undefined): Estimate {
  const label = 'particles held in the steady state';
  if (why !== undefined) return unavailable(label, '1', why);
  const end = sample.times[sample.times.length - 1];
  const fates = sample.total('fates');
  const [left, right] = sample.total('lossTime');
  const sampled = sample.total('dwell')[0] / (left + right + (fates[0] + fates[3]) * end) - 1;
  return {
    value: rate * time.value,
    standardError: rate * time.standardError,
    unit: '1',
    label,
    ...(time.degreesOfFreedom !== undefined && { degreesOfFreedom: time.degreesOfFreedom }),
    ...(time.reference !== undefined && { reference: rate * time.reference }),
    ...(time.limits && { limits: time.limits.map((limit) => ({ ...limit, value: rate * limit.value })) }),
    note: notes(
      `rate times the ${time.label}`,
      fates[4] === 0 && `the samples of the distributions add up to it within ${short(100 * Math.abs(sampled))} %`,
      time.note,
    ),
  };
}

/** Sums of both ends' binned loss times from a time on. */
function lossesBetween(lossTimes: Float64Array, edges: ArrayLike<number>, from: number, to: number): [number, number] {
  const bins = edges.length - 1;
  const sums: [number, number] = [0, 0];
  for (let k = 0; k < bins; k++) {
    if (edges[k] < from * (1 - 1e-9) || edges[k] >= to * (1 - 1e-9)) continue;
    sums[0] += lossTimes[k];
    sums[1] += lossTimes[bins + k];
  }
  return sums;
}

/**
 * Losses at one end. Where the slowest mode is known those still inside are divided as in its window, else as all so far, and
 * the error is then that of any division.
 */
function losses(
  sample: Sample,
  scenario: AnalysisScenario,
  window: SlowMode,
  rate: number,
  side: 0 | 1,
  why: string | undefined,
): Estimate {
  const label = `steady loss at the ${side === 0 ? 'left' : 'right'} end`;
  if (why === NOBODY) return unavailable(label, '1/s', why);
  const edges = sample.plan.axes.lossTimeEdges;
  const from = why === undefined ? window.from : 0;
  const share = (lossTimes: Float64Array, start: number, end: number) => {
    const both = lossesBetween(lossTimes, edges, start, end);
    return both[side] / (both[0] + both[1]);
  };
  const found = sample.jackknifeOne(['fates', 'lossTimes'], ([fates, lossTimes]) => {
    const remaining = fates[0] + fates[3];
    const rest = remaining > 0 ? remaining * share(lossTimes, from, Infinity) : 0;
    return (rate * (fates[1 + side] + rest)) / (fates[1] + fates[2] + remaining);
  });
  const fates = sample.total('fates');
  const remaining = fates[0] + fates[3];
  const part = (rate * remaining) / (fates[1] + fates[2] + remaining);
  const { sides } = scenario.boundary;
  const oneEnd = scenario.boundary.kind === 'cone' && sides !== undefined && sides !== 'both';
  let spread = 0;
  if (remaining > 0 && !oneEnd && why !== undefined) spread = 1 / Math.sqrt(12);
  else if (remaining > 0 && !oneEnd && !window.stationary) {
    const lossTimes = sample.total('lossTimes');
    spread = share(lossTimes, from, Infinity) - share(lossTimes, window.before, from);
    if (!Number.isFinite(spread)) spread = 1 / Math.sqrt(12);
  }
  return {
    ...found,
    standardError: Math.hypot(found.standardError, part * spread),
    unit: '1/s',
    label,
    note: notes(
      fates[2 - side] === 0 && 'all leave at this end',
      spread > 0 && why !== undefined && 'those inside at the end may leave at either end: error includes it',
    ),
  };
}

function tailOf(sample: Sample, window: SlowMode): Tail {
  const grid = survivalGrid(sample);
  const [from, to] = Number.isFinite(window.from) ? gridWindow(grid, window) : [0, 0];
  return {
    tallies: ['fates', ...grid.names],
    of([fates, ...survival], particles) {
      const remaining = fates[0] + fates[3];
      const n = fates[1] + fates[2] + remaining;
      return {
        n,
        time: remaining > 0 ? remaining / rateBetween(grid, grid.alive(survival, particles), from, to) : 0,
      };
    },
  };
}

/** First snapshot of the window in which the survivors' spread is looked at; the last one where there is no window. */
function firstOf(sample: Sample, window: SlowMode): number {
  const at = sample.times.findIndex((t) => t >= window.from * (1 - 1e-9));
  return at < 0 ? sample.times.length - 1 : at;
}

/** Rows of a tally by time from one on (to before another), summed. */
function rowsFrom(tally: Float64Array, snapshots: number, first: number, end = snapshots): Float64Array {
  const width = tally.length / snapshots;
  const sum = new Float64Array(width);
  for (let j = first; j < end; j++) for (let i = 0; i < width; i++) sum[i] += tally[j * width + i];
  return sum;
}

/** What is summed of time spent, and what says how the survivors are spread. */
interface Spent {
  readonly dwell: string;
  /** A tally by time and bin; with groups where there is one, of the same bins as `dwell` when that is summed. */
  readonly spread: string;
  readonly grouped: boolean;
  /** Sums bins of `dwell`, and of `spread` where it has no groups. */
  readonly sum?: (bins: Float64Array) => Float64Array;
}

/**
 * How far the sums of samples in time may be from the integral, by bin [s]: Euler and Maclaurin's first term,
 * `h^2/24 (f'(b) - f'(a))` of each panel of cells h, with the slopes of the snapshots (before the first as `1/sqrt(t)`, as
 * particles spread), and a quarter of the first cell for those that start in the bin and leave it within that.
 * @param counts in every bin at a snapshot
 */
function quadratureError(sample: Sample, dwell: string, counts: (snapshot: number) => Float64Array): Float64Array {
  const { times, plan } = sample;
  const start = counts(0);
  if (!plan.dwell) return new Float64Array(start.length);
  const { lengths, times: samples } = plan.dwell;
  const cell = sample.quantum(dwell);
  const slopes = (t: number) => {
    const j = Math.max(
      1,
      Math.min(
        times.length - 1,
        Array.from(times).findIndex((time) => time >= t * (1 - 1e-9)),
      ),
    );
    const early = t < times[1] ? Math.sqrt(times[1] / t) / 2 : 1;
    const [before, after] = [counts(j - 1), counts(j)];
    return after.map((n, i) => (early * (n - before[i])) / (times[j] - times[j - 1]));
  };
  const error = start.map((n) => (n * cell) / 4);
  const cells = samples.length / lengths.length;
  let end = cells * cell * lengths[0];
  let below = slopes(end);
  for (const length of lengths.slice(1)) {
    end += cells * cell * length;
    const above = slopes(end);
    for (let i = 0; i < error.length; i++) error[i] += ((cell * length) ** 2 / 24) * Math.abs(above[i] - below[i]);
    below = above;
  }
  return error;
}

/** Time spent in every bin per particle [s], with its error. */
function spent(sample: Sample, window: SlowMode, { dwell, spread, grouped, sum = (bins) => bins }: Spent) {
  const snapshots = sample.times.length;
  const first = firstOf(sample, window);
  const tail = tailOf(sample, window);
  const fixed = grouped ? undefined : sum(rowsFrom(sample.total(spread), snapshots, first));
  const names = [dwell, 'legendre', ...(grouped ? [spread] : []), ...tail.tallies];
  const skip = grouped ? 3 : 2;
  const parts = (sums: readonly Float64Array[], particles: number) => {
    const { n, time } = tail.of(sums.slice(skip), particles);
    // those beyond the axes are inside too
    const inside = rowsFrom(sums[1], snapshots, first)[0];
    const shape = fixed ?? rowsFrom(sums[2], snapshots, first);
    return { n, perCount: time > 0 ? time / inside : 0, shape };
  };
  const found = sample.jackknife(names, (sums, particles) => {
    const { n, perCount, shape } = parts(sums, particles);
    return sum(sums[0]).map((time, i) => (time + perCount * shape[i]) / n);
  });
  const { n, perCount, shape } = parts(
    names.map((name) => sample.total(name)),
    sample.particles,
  );
  const unsampled = quadratureError(sample, dwell, (j) => {
    const row = rowsFrom(sample.total(spread), snapshots, j, j + 1);
    return grouped ? row : sum(row);
  });
  const change = perCount > 0 ? relativeChange(sample, survivalGrid(sample), window) : 0;
  const looks = snapshots - first;
  return {
    value: found.value,
    standardError: found.standardError.map((error, i) => {
      const quadrature = unsampled[i] / n;
      const rest = (perCount * shape[i]) / n;
      const noise = grouped || !(shape[i] > 0) ? 0 : rest / Math.sqrt(shape[i] / looks);
      return Math.hypot(error, rest * change, noise, quadrature);
    }),
  };
}

/** Sums over the outer or the inner axis of `[outer, inner]`. */
function sumOver(axis: 'outer' | 'inner', inner: number) {
  return (bins: Float64Array): Float64Array => {
    const sums = new Float64Array(axis === 'outer' ? inner : bins.length / inner);
    bins.forEach((value, i) => {
      sums[axis === 'outer' ? i % inner : Math.floor(i / inner)] += value;
    });
    return sums;
  };
}

function pitchCurve(
  sample: Sample,
  scenario: AnalysisScenario,
  window: SlowMode,
  rate: number,
  why: string | undefined,
): Curve {
  const { xiEdges } = sample.plan.axes;
  const bins = xiEdges.length - 1;
  const weights = relativeWeights(sample.plan);
  const time = spent(sample, window, {
    dwell: 'dwellMidplane',
    spread: 'midplanePitch',
    grouped: true,
    sum: sumOver('outer', bins),
  });
  const scale = (i: number) => (why === undefined ? rate / ((xiEdges[i + 1] - xiEdges[i]) * weights[i]) : NaN);
  const oracle = coneOracle(scenario, sample.plan);
  const { nu } = sample.plan.reference;
  const exact = (i: number) =>
    ((rate / nu) * (oracle?.steadyShare(xiEdges[i], xiEdges[i + 1]) ?? NaN)) / (xiEdges[i + 1] - xiEdges[i]);
  return {
    x: Float64Array.from({ length: bins }, (_, i) => (xiEdges[i] + xiEdges[i + 1]) / 2),
    value: time.value.map((t, i) => t * scale(i)),
    standardError: time.standardError.map((t, i) => t * scale(i)),
    ...(oracle && { reference: Float64Array.from({ length: bins }, (_, i) => exact(i)) }),
    xLabel: 'midplane pitch-angle cosine',
    xUnit: '1',
    label: notes('steady f at the midplane, particles per unit xi0', why) as string,
    unit: '1',
  };
}

function placeCurve(sample: Sample, window: SlowMode, rate: number, why: string | undefined): Curve {
  const { sEdges, xiEdges } = sample.plan.axes;
  const time = spent(sample, window, {
    dwell: 'dwellPlace',
    spread: 'place',
    grouped: false,
    sum: sumOver('inner', xiEdges.length - 1),
  });
  const scale = (k: number) => (why === undefined ? rate / (sEdges[k + 1] - sEdges[k]) : NaN);
  return {
    x: Float64Array.from(time.value, (_, k) => (sEdges[k] + sEdges[k + 1]) / 2),
    value: time.value.map((t, k) => t * scale(k)),
    standardError: time.standardError.map((t, k) => t * scale(k)),
    xLabel: 'place along the line',
    xUnit: 'm',
    label: notes('steady number per metre of line', why) as string,
    unit: '1/m',
  };
}

function distributions(
  sample: Sample,
  window: SlowMode,
  rate: number,
  why: string | undefined,
): { local: SteadyDistribution; midplane: SteadyDistribution; place: SteadyDistribution } {
  const { speedEdges, xiEdges, sEdges } = sample.plan.axes;
  const [speeds, bins] = [speedEdges.length - 1, xiEdges.length - 1];
  const { cell, oneSpeed } = cellVolumes(sample.plan);
  const weights = relativeWeights(sample.plan);
  const map = (
    what: Spent,
    axes: SteadyDistribution['axes'],
    volume: (i: number) => number,
    label: string,
    unit: string,
  ) => {
    const time = spent(sample, window, what);
    const scaled = (t: number, i: number) => (why === undefined ? (rate * t) / volume(i) : NaN);
    return {
      f: time.value.map(scaled),
      standardError: time.standardError.map(scaled),
      axes,
      shape: axes.map(({ edges }) => edges.length - 1),
      label: notes(label, why) as string,
      unit,
    };
  };
  const axis = (name: string, unit: string, edges: ArrayLike<number>) => ({
    name,
    unit,
    edges: Float64Array.from(edges),
  });
  const speed = axis('speed', 'm/s', speedEdges);
  const at = (i: number) => cell(Math.floor(i / bins), i % bins);
  const what = oneSpeed ? 'steady f, particles per unit xi (one speed)' : 'steady f, d^3N/dv^3 of all particles held';
  const unit = oneSpeed ? '1' : 's^3/m^3';
  const spread = (name: string) => (speeds === 1 ? `${name}Pitch` : name);
  return {
    local: map(
      { dwell: 'dwellLocal', spread: spread('local'), grouped: speeds === 1 },
      [speed, axis('xi', '1', xiEdges)],
      at,
      `${what}, local pitch`,
      unit,
    ),
    midplane: map(
      { dwell: 'dwellMidplane', spread: spread('midplane'), grouped: speeds === 1 },
      [speed, axis('xi0', '1', xiEdges)],
      (i) => at(i) * weights[i % bins],
      `${what}, midplane pitch`,
      unit,
    ),
    place: map(
      { dwell: 'dwellPlace', spread: 'place', grouped: false },
      [axis('s', 'm', sEdges), axis('xi', '1', xiEdges)],
      (i) =>
        (sEdges[Math.floor(i / bins) + 1] - sEdges[Math.floor(i / bins)]) *
        (xiEdges[(i % bins) + 1] - xiEdges[i % bins]),
      'steady number per metre of line and unit xi',
      '1/m',
    ),
  };
}
