import { unavailable } from './estimates.js';
import { coneOracle } from './exact.js';
import { fractionOfCounts } from './fractions.js';
import { isClosed } from './references.js';
import type { Sample } from './sample.js';
import type { AnalysisPlan, AnalysisScenario, Curve, Estimate } from './types.js';

/** What the times of the losses say. */
export interface LossTimes {
  /** Fraction not lost by a time (Kaplan and Meier), at the edges of the bins of loss time. */
  readonly kaplanMeier: Curve;
  /** Rate of loss of those who are left [1/s]. */
  readonly hazard: Curve;
  /** Losses per unit time and per particle started [1/s], left and right. */
  readonly lossTimesBySide: readonly [Curve, Curve];
  /** Times by which a quarter, a half and three quarters are lost [s]. */
  readonly lossTimeQuartiles: readonly Estimate[];
}

/** The Kaplan-Meier estimate on bins. */
export interface KaplanMeier {
  /** At the edges of the bins. */
  readonly fraction: Float64Array;
  /** Greenwood's. */
  readonly standardError: Float64Array;
  /** At risk in each bin, those censored in it by half. */
  readonly atRisk: Float64Array;
}

/**
 * Fraction not yet lost, from losses and censored particles in bins of time (Kaplan and Meier; the actuarial form: who is
 * censored in a bin counts half in it).
 *
 * `S_{k+1} = S_k (1 - d_k/r_k)`, `r_k = n_k - c_k/2`. Greenwood: `var S = S^2 sum d/(r (r - d))`; without censoring that is the
 * binomial `S (1 - S)/n`. Where none or all are lost the error is not 0 but that of half a count, as of any fraction.
 * @param particles at the start
 * @param lost in each bin
 * @param censored in each bin: followed until then, and no longer
 * @example
 * kaplanMeier(4, [1, 1], [0, 0]).fraction[2] // ≈ 0.5
 * kaplanMeier(4, [1, 1], [2, 0]).fraction[2] // ≈ 0.0
 */
export function kaplanMeier(particles: number, lost: ArrayLike<number>, censored: ArrayLike<number>): KaplanMeier {
  const bins = lost.length;
  const fraction = new Float64Array(bins + 1).fill(1);
  const standardError = new Float64Array(bins + 1);
  const atRisk = new Float64Array(bins);
  let left = particles;
  let sum = 0;
  for (let k = 0; k < bins; k++) {
    atRisk[k] = left - censored[k] / 2;
    fraction[k + 1] = atRisk[k] > 0 ? fraction[k] * (1 - lost[k] / atRisk[k]) : fraction[k];
    if (lost[k] > 0) sum += lost[k] / (atRisk[k] * (atRisk[k] - lost[k]));
    left -= lost[k] + censored[k];
    const q = 0.5 / (particles + 1);
    const some = fraction[k + 1] > 0 && fraction[k + 1] < 1;
    standardError[k + 1] = some ? fraction[k + 1] * Math.sqrt(sum) : Math.sqrt((q * (1 - q)) / particles);
  }
  return { fraction, standardError, atRisk };
}

const TIME = { xLabel: 'time', xUnit: 's' } as const;
const QUARTILES = [
  ['time by which a quarter is lost', 0.75],
  ['median loss time', 0.5],
  ['time by which three quarters are lost', 0.25],
] as const;

/** Exact fraction inside of loss in velocity space, at any time [s]; NaN before it is resolved. */
function exactSurvival(scenario: AnalysisScenario, plan: AnalysisPlan): ((t: number) => number) | undefined {
  const oracle = coneOracle(scenario, plan);
  if (oracle === undefined) return undefined;
  const { nu } = plan.reference;
  return (t) => (t === 0 ? 1 : t * nu < oracle.earliest * (1 - 1e-9) ? NaN : oracle.survival(t * nu));
}

/** Time at which a falling function comes to a value, by halving; undefined where it does not between these times. */
function timeOf(value: number, f: (t: number) => number, from: number, to: number): number | undefined {
  if (!(f(from) >= value && f(to) <= value)) return undefined;
  let [low, high] = [from, to];
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (f(middle) > value) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Of fewer particles the curve is a few steps, and its error within one of them is none. */
const FEWEST = 30;

/**
 * The distribution of the loss times: Kaplan-Meier curve, hazard, losses by side, quartiles. Numerical faults are censored
 * when they were found, who is inside at the time limit then.
 *
 * A quartile is where the Kaplan-Meier curve, straight in its logarithm between the edges of its bins, comes to 3/4, 1/2 or
 * 1/4; its error is half of the range of times in which the curve is within one standard error of it, and in square what
 * the curve's bend within the bin may move it by. Hazard: `-ln(S_{k+1}/S_k)` over the bin's width, error
 * `sqrt(d)/(r - d/2)` over it, that of half a loss where there is none. With stratified starts all errors are jackknives over
 * the groups.
 */
export function lossTimes(sample: Sample, scenario: AnalysisScenario): LossTimes {
  const edges = Float64Array.from(sample.plan.axes.lossTimeEdges);
  const bins = edges.length - 1;
  const middles = Float64Array.from({ length: bins }, (_, k) => (edges[k] + edges[k + 1]) / 2);
  const widths = middles.map((_, k) => edges[k + 1] - edges[k]);
  const bySide = sample.total('lossTimes');
  const lost = middles.map((_, k) => bySide[k] + bySide[bins + k]);
  const particles = sample.particles;
  const closed = isClosed(scenario);
  const { fraction, standardError, atRisk } = kaplanMeier(particles, lost, sample.total('faultTimes'));
  if (!(particles > 0)) for (const values of [fraction, standardError]) values.fill(NaN);
  const groups = sample.groups('lossTimes');
  const censored = sample.total('faultTimes').some((n) => n > 0);
  if (closed) standardError.fill(0);
  else if (!censored) {
    // then it is a counted fraction like any other, and the groups have a say
    const alive = (sums: Float64Array, n: number) => {
      const left = new Float64Array(bins + 1).fill(n);
      for (let k = 0; k < bins; k++) left[k + 1] = left[k] - sums[k] - sums[bins + k];
      return left;
    };
    const own = groups.map((group, g) => alive(group, sample.sizes[g]));
    alive(bySide, particles).forEach((n, k) => {
      const counts = own.map((left) => left[k]);
      standardError[k] =
        k === 0 ? 0 : fractionOfCounts(n, particles, counts, sample.sizes, sample.stratified).standardError;
    });
  } else if (sample.stratified) {
    const spread = sample.jackknife(['lossTimes', 'faultTimes'], ([losses, faults], n) => {
      const both = middles.map((_, k) => losses[k] + losses[bins + k]);
      return kaplanMeier(n, both, faults).fraction;
    }).standardError;
    // where the groups show nothing, that of half a count stays
    spread.forEach((error, k) => {
      if (error > 0) standardError[k] = error;
    });
  }
  const hazardError = hazardErrors(sample, widths, lost, atRisk);
  const inside = exactSurvival(scenario, sample.plan);
  const end = edges[bins];
  const earliest = Array.from(edges).find((t) => t > 0 && inside !== undefined && !Number.isNaN(inside(t))) ?? end;
  const side = (which: number): Curve => {
    const points = Array.from(middles, (_, k) =>
      fractionOfCounts(
        bySide[which * bins + k],
        particles,
        groups.map((group) => group[which * bins + k]),
        sample.sizes,
        sample.stratified,
      ),
    );
    return {
      x: middles,
      value: Float64Array.from(points, ({ value }, k) => value / widths[k]),
      standardError: Float64Array.from(points, ({ standardError: error }, k) => (closed ? 0 : error / widths[k])),
      ...TIME,
      label: `${which === 0 ? 'losses to the left' : 'losses to the right'} per particle started`,
      unit: '1/s',
    };
  };
  return {
    kaplanMeier: {
      x: edges,
      value: fraction,
      standardError,
      ...(inside && { reference: edges.map(inside) }),
      ...TIME,
      label: 'fraction not lost (Kaplan-Meier)',
      unit: '1',
    },
    hazard: {
      x: middles,
      value: middles.map((_, k) => hazardOf(lost[k], atRisk[k], widths[k])),
      standardError: closed ? hazardError.map((error) => (Number.isNaN(error) ? error : 0)) : hazardError,
      ...(inside && {
        reference: middles.map((_, k) => -Math.log(inside(edges[k + 1]) / inside(edges[k])) / widths[k]),
      }),
      ...TIME,
      label: 'loss rate of those left (hazard)',
      unit: '1/s',
    },
    lossTimesBySide: [side(0), side(1)],
    lossTimeQuartiles: QUARTILES.map(([label, left]) => {
      if (closed) return unavailable(label, 's', 'no open boundary: nothing is lost');
      const losses = lost.reduce((sum, n) => sum + n, 0);
      if (losses > 0 && particles < FEWEST)
        return unavailable(label, 's', `needs ${FEWEST} particles for an error to be trusted, has ${particles}`);
      const reference = inside && timeOf(left, inside, earliest, end);
      return {
        ...quantile(label, left, edges, fraction, standardError),
        ...(sample.stratified && { degreesOfFreedom: sample.sizes.length - 1 }),
        ...(reference !== undefined && { reference }),
      };
    }),
  };
}

const hazardOf = (lost: number, atRisk: number, width: number) =>
  atRisk > lost ? -Math.log1p(-lost / atRisk) / width : NaN;

/** Errors of the hazard in each bin. */
function hazardErrors(sample: Sample, widths: Float64Array, lost: Float64Array, atRisk: Float64Array): Float64Array {
  const bins = widths.length;
  const poisson = widths.map((width, k) =>
    atRisk[k] > lost[k] ? Math.sqrt(Math.max(0.5, lost[k])) / (atRisk[k] - lost[k] / 2) / width : NaN,
  );
  if (!sample.stratified) return poisson;
  const { standardError } = sample.jackknife(['lossTimes', 'faultTimes'], ([losses, faults], n) => {
    const both = widths.map((_, k) => losses[k] + losses[bins + k]);
    const risk = kaplanMeier(n, both, faults).atRisk;
    return widths.map((width, k) => hazardOf(both[k], risk[k], width));
  });
  return standardError.map((error, k) => (error > 0 ? error : poisson[k]));
}

/** Time at which a fraction is left, with its error. */
function quantile(
  label: string,
  left: number,
  edges: Float64Array,
  fraction: Float64Array,
  standardError: Float64Array,
): Estimate {
  const unit = 's';
  const last = fraction.length - 1;
  if (!(fraction[last] <= left)) {
    const gone = Number.isNaN(fraction[last])
      ? 'no particles yet'
      : `not reached: ${percent(1 - fraction[last])} % are lost at the end`;
    return unavailable(label, unit, gone);
  }
  let k = 0;
  while (fraction[k + 1] > left) k++;
  const error = interpolate(
    standardError[k],
    standardError[k + 1],
    (fraction[k] - left) / (fraction[k] - fraction[k + 1]),
  );
  const value = crossing(edges, fraction, left);
  const early = crossing(edges, fraction, Math.min(1, left + error));
  const late = crossing(edges, fraction, left - error);
  if (!Number.isFinite(late)) {
    return unavailable(
      label,
      unit,
      `just reached: ${percent(1 - fraction[last])} % are lost at the end (needs a longer run)`,
    );
  }
  // a straight line through a bin is off by at most an eighth of what the density changes by across it
  const density = (bin: number) => fraction[bin] - fraction[bin + 1];
  const change = Math.abs(density(Math.min(last - 1, k + 1)) - density(Math.max(0, k - 1))) / 2;
  const bend = ((edges[k + 1] - edges[k]) * Math.min(1, change / density(k))) / 8;
  return { value, standardError: Math.hypot((late - early) / 2, bend), unit, label };
}

const percent = (x: number) => Number((100 * x).toPrecision(3));
const interpolate = (a: number, b: number, x: number) => a + x * (b - a);

/** Time at which the curve, straight in its logarithm within a bin, comes to a value; Infinity if it does not. */
function crossing(edges: Float64Array, fraction: Float64Array, left: number): number {
  if (left >= 1) return edges[0];
  for (let k = 0; k + 1 < fraction.length; k++) {
    if (!(fraction[k + 1] <= left)) continue;
    const x =
      fraction[k + 1] > 0
        ? Math.log(left / fraction[k]) / Math.log(fraction[k + 1] / fraction[k])
        : (fraction[k] - left) / fraction[k];
    return interpolate(edges[k], edges[k + 1], x);
  }
  return Infinity;
}
