import type { Sample } from './sample.js';
import type { AnalysisScenario } from './types.js';

/** What those inside at the end of a run have yet to spend, where speeds are lost at different rates. */
export interface TailBySpeed {
  /** Of all together [s]. */
  readonly time: number;
  /** Sum of the squares of each one's end plus what it has yet to spend [s^2]. */
  readonly squares: number;
  /** Variance of `time` by that of the rates, and what comes of the same losses being in both [s^2]. */
  readonly variance: number;
  /** By how much `time` may be wrong otherwise [s]. */
  readonly systematic: number;
  /** When no more than a part of some time will be left to be spent [s]. */
  until(left: number): number;
}

/** Losses that a class of neighbouring bins of speed is made to have. */
const FOR_RATE = 20;
const FEWEST_CLASSES = 4;
/** A class of which less than this part is lost may not have come to its own slowest mode. */
const LOST = 0.25;
/** Losses on either side of a speed for which its rate counts as seen and not as that of its neighbours. */
const FOR_SIGHT = 10;

interface Bin {
  /** ln of its speed. */
  readonly x: number;
  /** Inside at the start and at the end. */
  readonly started: number;
  readonly left: number;
  /** Losses and particle-seconds of the earlier and the later half of the window. */
  readonly losses: readonly [number, number];
  readonly exposure: readonly [number, number];
}

/**
 * The time that those inside at the end have yet to spend, `sum over speeds of n(v)/lambda(v)`, where a fast particle scatters
 * less often, or a slow one takes longer to leave, than the others: then one exponential of all survivors ends too soon.
 *
 * `lambda(v)` is the loss rate of each speed over the second half of the run, of neighbouring bins together that have 20
 * losses: `1/lambda = exposure/(losses + 1)`, which is unbiased, with the variance of Poisson's law; survivors and rates are of
 * the same particles, which is in `variance`. What else may be wrong is `systematic`:
 *
 * - rates that still change: last quarter against the one before, each speed weighed by its time, where that is two errors or more;
 * - the share of speeds of which less than a quarter is lost, which may not be in their slowest mode yet;
 * - the share of speeds faster or slower than all but ten of those lost;
 * - anything up to what a power law of the speed from class to class, and on beyond the outermost, makes of it (over the root
 *   of three, as of any part of it).
 *
 * Where speeds are not told apart (forces change them, or bins or losses are too few) all go by one rate, and all of it may be
 * wrong.
 * @returns null where the second half of the run has too few snapshots
 */
export function tailBySpeed(sample: Sample, scenario: AnalysisScenario): TailBySpeed | null {
  const bins = binsOf(sample);
  if (bins === null) return null;
  const apart = scenario.potential === null && scenario.parallelField === null ? classesOf(bins, FOR_RATE) : [];
  const told = apart.length >= FEWEST_CLASSES;
  const classes = told ? apart : classesOf(bins, Infinity);
  const end = sample.times[sample.times.length - 1];
  // what each particle of a bin has yet to spend
  const each = classes.flatMap(({ members, rest }) => members.map(() => rest));
  const times = bins.map(({ left }, k) => left * each[k]);
  const time = sum(times);
  const bent = alongSpeed(bins, classes);
  const bentTimes = bins.map(({ left }, k) => left * bent[k]);
  let variance = 0;
  let young = 0;
  for (const { members, losses, rest } of classes) {
    const left = sum(members.map((bin) => bin.left));
    if (left > (1 - LOST) * sum(members.map(({ started }) => started))) young += left * rest;
    variance += (2 * left + left ** 2 / Math.max(1, losses)) * rest ** 2;
  }
  return {
    time,
    squares: sum(bins.map(({ left }, k) => left * (end + each[k]) ** 2)),
    variance,
    systematic: told
      ? Math.hypot(changeOf(bins, each) * time, unseen(bins, bentTimes), (sum(bentTimes) - time) / Math.sqrt(3), young)
      : time,
    until(part) {
      const after = (t: number) => sum(times.map((rest, k) => rest * Math.exp(-t / each[k])));
      let [low, high] = [0, end];
      while (after(high) > part) high *= 2;
      for (let i = 0; i < 40; i++) {
        const middle = (low + high) / 2;
        if (after(middle) > part) low = middle;
        else high = middle;
      }
      return end + high;
    },
  };
}

interface SpeedClass {
  /** ln of its speed, by its losses. */
  readonly x: number;
  readonly members: readonly Bin[];
  readonly losses: number;
  /** What each of its particles has yet to spend [s]. */
  readonly rest: number;
}

/** Neighbouring bins together until enough of them are lost; what is left over at the end goes with the last. */
function classesOf(bins: readonly Bin[], enough: number): SpeedClass[] {
  const groups: Bin[][] = [[]];
  const lossesOf = (members: readonly Bin[]) => sum(members.map(({ losses }) => losses[0] + losses[1]));
  for (const bin of bins) {
    if (lossesOf(groups[groups.length - 1]) >= enough) groups.push([]);
    groups[groups.length - 1].push(bin);
  }
  const last = groups[groups.length - 1];
  if (groups.length > 1 && lossesOf(last) < enough) groups.splice(-2, 2, [...groups[groups.length - 2], ...last]);
  return groups.map((members) => {
    const losses = lossesOf(members);
    const exposure = sum(members.map((bin) => bin.exposure[0] + bin.exposure[1]));
    const x = sum(members.map((bin) => bin.x * (bin.losses[0] + bin.losses[1]))) / losses;
    return { x, members, losses, rest: exposure / (losses + 1) };
  });
}

/** What a particle of each bin has yet to spend if it changes as a power of the speed from class to class, and on beyond them [s]. */
function alongSpeed(bins: readonly Bin[], classes: readonly SpeedClass[]): number[] {
  return bins.map(({ x }) => {
    let c = 0;
    while (c < classes.length - 2 && x > classes[c + 1].x) c++;
    const [a, b] = [classes[c], classes[Math.min(c + 1, classes.length - 1)]];
    return a.rest * (b.x > a.x ? (b.rest / a.rest) ** ((x - a.x) / (b.x - a.x)) : 1);
  });
}

function binsOf(sample: Sample): Bin[] | null {
  const { times, plan } = sample;
  const last = times.length - 1;
  const first = times.findIndex((t) => t >= times[last] / 2);
  const middle = times.findIndex((t) => t >= (3 / 4) * times[last]);
  if (!(first < middle && middle < last)) return null;
  const { speedEdges } = plan.axes;
  const speeds = speedEdges.length - 1;
  const counts = sample.total('midplane');
  const pitches = counts.length / times.length / speeds;
  const inside = sample.total('legendre');
  const width = inside.length / times.length;
  // one bin more for those beyond the axis
  const alive = times.reduce<number[][]>((rows, _, j) => {
    const row = Array.from({ length: speeds }, (__, k) => {
      const from = (j * speeds + k) * pitches;
      return counts.subarray(from, from + pitches).reduce((a, b) => a + b, 0);
    });
    rows.push([...row, Math.max(0, Math.round(inside[j * width] - sum(row)))]);
    return rows;
  }, []);
  const part = (k: number, from: number, to: number) => {
    let exposure = 0;
    for (let j = from; j < to; j++)
      exposure += logarithmicMean(alive[j][k], alive[j + 1][k]) * (times[j + 1] - times[j]);
    return { losses: alive[from][k] - alive[to][k], exposure };
  };
  return alive[first].flatMap((n, k) => {
    if (!(n > 0)) return [];
    const [early, late] = [part(k, first, middle), part(k, middle, last)];
    return [
      {
        x: Math.log(k < speeds ? (speedEdges[k] + speedEdges[k + 1]) / 2 : speedEdges[speeds]),
        started: alive[0][k],
        left: alive[last][k],
        // those that come out of a bin beyond the axis of the first snapshot cannot be fewer than none
        losses: [Math.max(0, early.losses), Math.max(0, late.losses)] as const,
        exposure: [early.exposure, late.exposure] as const,
      },
    ];
  });
}

/** By what part of itself the tail changes with the later half of the window in place of the earlier, beyond chance; 0 within two of its errors. */
function changeOf(bins: readonly Bin[], each: readonly number[]): number {
  const of = (half: 0 | 1) => {
    const exposure = sum(bins.map((bin) => bin.exposure[half]));
    const factor = sum(bins.map(({ losses }, k) => losses[half] * each[k])) / exposure;
    return { factor, variance: sum(bins.map(({ losses }, k) => losses[half] * each[k] ** 2)) / exposure ** 2 };
  };
  const [early, late] = [of(0), of(1)];
  if (!(early.factor > 0 && late.factor > 0)) return 1;
  const change = 1 / late.factor - 1 / early.factor;
  const chance = late.variance / late.factor ** 4 + early.variance / early.factor ** 4;
  return change * change > 4 * chance ? Math.sqrt(change * change - chance) : 0;
}

/** What those have yet to spend whose speeds are beyond all but a few of the losses, on either side. */
function unseen(bins: readonly Bin[], times: readonly number[]): number {
  let time = 0;
  for (const order of [bins.keys(), [...bins.keys()].reverse()]) {
    let seen = 0;
    for (const k of order) {
      seen += bins[k].losses[0] + bins[k].losses[1];
      if (seen >= FOR_SIGHT) break;
      time += times[k];
    }
  }
  return time;
}

function logarithmicMean(a: number, b: number): number {
  return a > b && b > 0 ? (a - b) / Math.log(a / b) : (a + b) / 2;
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
