import { momentumFromSpeed } from '../physics/relativity.js';
import { notes, short, unavailable } from './estimates.js';
import { type InitialSlope, initialCurve, initialSlope } from './fits.js';
import { hasOneRate, isClosed, onlyScattering } from './references.js';
import type { Sample } from './sample.js';
import type { AnalysisScenario, Curve, Estimate } from './types.js';

/** D_mumu and the drift are extrapolated to t = 0 from the snapshots up to this nu t ... */
const EARLY = 0.25;
/** ... or, where these are fewer, from the first of this many snapshots, as long as they lie within `LATEST`. */
const EARLY_POINTS = 4;
const LATEST = 1;
/** With losses only as long as this part is still inside: survivors are not a fair sample. */
const FAIR = 0.9;
/** A fit that its data miss by more than this many times their error (root mean square) has its error enlarged. */
const MISFIT = 2;
/** Particles below which a mean over those inside is not given. */
const FEWEST_INSIDE = 30;

const TIME = { xLabel: 'time', xUnit: 's' } as const;

/** Sums over the bins of the starting mu, at every snapshot. */
function overBins(sums: Float64Array, snapshots: number): Float64Array {
  const bins = sums.length / snapshots;
  return Float64Array.from({ length: snapshots }, (_, j) => {
    let sum = 0;
    for (let u = 0; u < bins; u++) sum += sums[j * bins + u];
    return sum;
  });
}

/** The sums of one bin of the starting mu, at every snapshot. */
function ofBin(sums: Float64Array, snapshots: number, bin: number): Float64Array {
  const bins = sums.length / snapshots;
  return Float64Array.from({ length: snapshots }, (_, j) => sums[j * bins + bin]);
}

function quotient(sums: Float64Array, counts: Float64Array): Float64Array {
  return sums.map((sum, i) => sum / counts[i]);
}

/**
 * `M = p^2/(m B)` [J/T] of the one speed of a homogeneous run, where the operator in mu is exact; undefined elsewhere.
 * `mu = M (1 - xi^2)/2`, so `D_mumu = 2 nu mu (M - 2 mu)` and `d<mu>/dt = 2 nu (M - 3 mu)`.
 */
function exactScale(sample: Sample, scenario: AnalysisScenario): number | undefined {
  const { speed, Bmin } = sample.plan.reference;
  if (!sample.plan.reference.oneSpeed || !hasOneRate(sample.plan)) return undefined;
  // with a loss the mean is over survivors, who are not a fair sample
  if (!isClosed(scenario) || !onlyScattering(scenario) || !(speed > 0) || !(Bmin > 0)) return undefined;
  const { mass } = scenario.species;
  return momentumFromSpeed(speed, mass) ** 2 / (mass * Bmin);
}

/** <mu> of those inside against time [J/T]; reference `M/3 + (<mu0> - M/3) exp(-6 nu t)` where exact. */
export function meanMuCurve(sample: Sample, scenario: AnalysisScenario): Curve {
  const T = sample.times.length;
  const { value, standardError } = sample.jackknife(['mu', 'muCount'], ([mu, count]) =>
    quotient(overBins(mu, T), overBins(count, T)),
  );
  const scale = exactScale(sample, scenario);
  const { nu } = sample.plan.reference;
  return {
    x: sample.times,
    value,
    standardError,
    ...(scale !== undefined && {
      reference: sample.times.map((t) => scale / 3 + (value[0] - scale / 3) * Math.exp(-6 * nu * t)),
    }),
    ...TIME,
    label: '<mu> of those inside',
    unit: 'J/T',
  };
}

/** Variance of mu of those inside against time [J^2/T^2]. */
export function muVariance(sample: Sample): Curve {
  const T = sample.times.length;
  const { value, standardError } = sample.jackknife(['mu', 'mu2', 'muCount'], ([mu, mu2, count]) => {
    const n = overBins(count, T);
    const mean = quotient(overBins(mu, T), n);
    return quotient(overBins(mu2, T), n).map((square, j) => Math.max(0, square - mean[j] ** 2));
  });
  return { x: sample.times, value, standardError, ...TIME, label: 'variance of mu of those inside', unit: 'J^2/T^2' };
}

/** <mu> at the last snapshot with at least 30 inside, and of the initial ensemble [J/T]. */
export function meanMu(sample: Sample, scenario: AnalysisScenario): { final: Estimate; initial: Estimate } {
  const unit = 'J/T';
  const curve = meanMuCurve(sample, scenario);
  const inside = overBins(sample.total('muCount'), sample.times.length);
  const degreesOfFreedom = sample.sizes.length - 1;
  const at = (j: number, label: string, note?: string): Estimate => {
    if (inside[j] < FEWEST_INSIDE) {
      return unavailable(label, unit, `needs ${FEWEST_INSIDE} particles inside, has ${inside[j]}`);
    }
    return {
      value: curve.value[j],
      standardError: curve.standardError[j],
      degreesOfFreedom,
      unit,
      label,
      ...(j > 0 && curve.reference && { reference: curve.reference[j] }),
      note: notes(note, curve.standardError[j] === 0 && 'exact: the same for all particles'),
    };
  };
  let last = inside.length - 1;
  while (last > 0 && inside[last] < FEWEST_INSIDE) last--;
  const atTheEnd = last === 0 || last === inside.length - 1;
  const final = atTheEnd
    ? at(inside.length - 1, '<mu> at the end')
    : at(last, `<mu> at ${short(sample.times[last])} s`, `fewer than ${FEWEST_INSIDE} inside after that`);
  return { final, initial: at(0, '<mu> at the start') };
}

/** <(mu - mu0)^2> of those inside against time, one curve for each bin of the starting mu that has particles [J^2/T^2]. */
export function muSpread(sample: Sample, scenario: AnalysisScenario): Curve[] {
  const T = sample.times.length;
  const edges = sample.plan.axes.muEdges;
  const scale = exactScale(sample, scenario);
  const { nu } = sample.plan.reference;
  const all = sample.jackknife(['dmu2', 'muCount'], ([dmu2, count]) => quotient(dmu2, count));
  return startingBins(sample).map((bin) => ({
    x: sample.times,
    value: ofBin(all.value, T, bin),
    standardError: ofBin(all.standardError, T, bin),
    ...(scale !== undefined && { reference: exactSpread(scale, startingMoments(sample, bin), nu, sample.times) }),
    ...TIME,
    label: `<dmu^2>, starting mu ${short(edges[bin])} to ${short(edges[bin + 1])} J/T`,
    unit: 'J^2/T^2',
  }));
}

/** Bins of the starting mu with enough particles for a mean. */
function startingBins(sample: Sample): number[] {
  const count = sample.total('muCount');
  const bins = sample.width('muCount');
  return Array.from({ length: bins }, (_, u) => u).filter((u) => count[u] >= FEWEST_INSIDE);
}

/** <mu0> and <mu0^2> of one bin of the starting mu (of all without `bin`). */
function startingMoments(sample: Sample, bin?: number): { mean: number; square: number } {
  const T = sample.times.length;
  const take = (name: string) =>
    bin === undefined ? overBins(sample.total(name), T)[0] : ofBin(sample.total(name), T, bin)[0];
  return { mean: take('mu') / take('muCount'), square: take('mu2') / take('muCount') };
}

/**
 * `<(mu - mu0)^2>` under scattering alone: with `x = xi0^2` and `mu = M (1 - xi^2)/2` the second moment of `xi^2 - x`,
 * from the decay of P_2 as `exp(-6 nu t)` and of P_4 as `exp(-20 nu t)`.
 */
function exactSpread(
  scale: number,
  start: { mean: number; square: number },
  nu: number,
  times: Float64Array,
): Float64Array {
  const x = 1 - (2 * start.mean) / scale;
  const x2 = 1 - (4 * start.mean) / scale + (4 * start.square) / scale ** 2;
  const p2 = 1.5 * x - 0.5;
  const p4 = 4.375 * x2 - 3.75 * x + 0.375;
  return times.map((t) => {
    const e2 = Math.exp(-6 * nu * t);
    const e4 = Math.exp(-20 * nu * t);
    const fourth = 1 / 5 + (4 / 7) * p2 * e2 + (8 / 35) * p4 * e4;
    const cross = x / 3 + (x2 - x / 3) * e2;
    return (scale ** 2 / 4) * (fourth - 2 * cross + x2);
  });
}

/** Snapshots from which the initial slopes are taken: indices 1 .. to. */
function earlyWindow(sample: Sample): { to: number; note?: string } {
  const { times } = sample;
  const { nu } = sample.plan.reference;
  if (!(nu > 0)) return { to: Math.min(times.length - 1, EARLY_POINTS) };
  let to = 0;
  while (to + 1 < times.length && times[to + 1] * nu <= EARLY) to++;
  while (to < EARLY_POINTS && to + 1 < times.length && times[to + 1] * nu <= LATEST) to++;
  const inside = overBins(sample.total('muCount'), times.length);
  while (to > 2 && inside[to] < FAIR * inside[0]) to--;
  if (to >= 2) return { to };
  return { to, note: `needs two snapshots within nu t = ${LATEST}, has ${to}: more or earlier times` };
}

/**
 * Initial slopes of `<dmu^2>/2` and `<dmu>`: D_mumu and d<mu>/dt, of the whole initial ensemble and in bins of the
 * starting mu.
 *
 * `<dmu^2>` (and `<dmu>`) of those inside is fitted by `initialSlope` over the snapshots with nu t <= 0.25, or over the
 * first four within nu t <= 1 where these are fewer, and only (down to two) while 90 % of the start are inside; weights
 * from the jackknife, whose error is that of the whole fit. Under scattering at one rate in a homogeneous field the
 * form of the fit is exact; in a mirror, where mu diffuses at the bounce average of its operator, its error is of third
 * order in nu t, and bounces in step show in the curve: where the data miss the fit by more than twice their error
 * (root mean square), the quoted error is enlarged by that factor and the note says so. With losses it is the mean over
 * those still inside.
 */
export function muDiffusion(
  sample: Sample,
  scenario: AnalysisScenario,
): { dMuMu: Estimate; drift: Estimate; dMuMuCurve: Curve; driftCurve: Curve } {
  const { to, note } = earlyWindow(sample);
  const bins = startingBins(sample);
  const scale = exactScale(sample, scenario);
  const { nu } = sample.plan.reference;
  const diffusion = slopes(sample, 'dmu2', to, bins, 0.5);
  const drift = slopes(sample, 'dmu', to, bins, 1);
  const starts = [undefined, ...bins].map((bin) => startingMoments(sample, bin));
  const x = Float64Array.from(starts.slice(1), (start) => start.mean);
  const exact = {
    diffusion: starts.map((start) => 2 * nu * ((scale ?? NaN) * start.mean - 2 * start.square)),
    drift: starts.map((start) => 2 * nu * ((scale ?? NaN) - 3 * start.mean)),
  };
  const enough = bins.length > 0 && sample.sizes.length > 1;
  const reason = note ?? (enough ? undefined : `needs ${FEWEST_INSIDE} particles in two groups or more`);
  const estimate = (slope: Slopes, reference: number, label: string, unit: string): Estimate => {
    if (reason !== undefined) return unavailable(label, unit, reason);
    if (!Number.isFinite(slope.value[0])) return unavailable(label, unit, 'too few particles stay inside');
    return {
      value: slope.value[0],
      standardError: slope.standardError[0],
      degreesOfFreedom: sample.sizes.length - 1,
      unit,
      label,
      ...(scale !== undefined && { reference }),
      note: notes(
        !isClosed(scenario) && 'of those still inside',
        slope.misfit > 1 && `error enlarged ${short(slope.misfit)} times: the curve is not smooth enough for the fit`,
      ),
      fit: { from: sample.times[1], to: sample.times[to], points: to, worst: slope.worst },
    };
  };
  const curve = (slope: Slopes, reference: readonly number[], label: string, unit: string): Curve => ({
    x,
    value: slope.value.slice(1),
    standardError: slope.standardError.slice(1),
    ...(scale !== undefined && { reference: Float64Array.from(reference.slice(1)) }),
    xLabel: 'starting mu',
    xUnit: 'J/T',
    label,
    unit,
  });
  return {
    dMuMu: estimate(diffusion, exact.diffusion[0], 'D_mumu (mean over the start)', 'J^2/T^2/s'),
    drift: estimate(drift, exact.drift[0], 'd<mu>/dt at the start', 'J/T/s'),
    dMuMuCurve: curve(diffusion, exact.diffusion, 'D_mumu', 'J^2/T^2/s'),
    driftCurve: curve(drift, exact.drift, 'd<mu>/dt', 'J/T/s'),
  };
}

interface Slopes {
  /** Of all, then of each bin. */
  readonly value: Float64Array;
  readonly standardError: Float64Array;
  /** Largest deviation of the data of all from their fit, in standard errors. */
  readonly worst: number;
  /** Factor by which the error of all was enlarged for the misfit of its data; 1 where the fit is good. */
  readonly misfit: number;
}

function slopes(sample: Sample, name: string, to: number, bins: readonly number[], factor: number): Slopes {
  const { nu } = sample.plan.reference;
  const t = sample.times.subarray(1, to + 1);
  const width = sample.width(name);
  // rows of <...> at snapshots 1 .. to: of all, then of each bin
  const early = (sums: Float64Array, counts: Float64Array) => {
    const rows = new Float64Array((bins.length + 1) * t.length);
    for (let j = 0; j < t.length; j++) {
      let sum = 0;
      let count = 0;
      for (let i = (j + 1) * width; i < (j + 2) * width; i++) {
        sum += sums[i];
        count += counts[i];
      }
      rows[j] = sum / count;
      bins.forEach((bin, k) => {
        rows[(k + 1) * t.length + j] = sums[(j + 1) * width + bin] / counts[(j + 1) * width + bin];
      });
    }
    return rows;
  };
  const points = sample.jackknife([name, 'muCount'], ([sums, counts]) => early(sums, counts));
  const weights = [undefined, ...bins].map((_, k) => {
    const errors = points.standardError.subarray(k * t.length, (k + 1) * t.length);
    // without an error (one group, no spread) all points count alike
    return errors.every((error) => error > 0) ? errors.map((error) => error ** -2) : errors.map(() => 1);
  });
  const fitted = sample.jackknife([name, 'muCount'], ([sums, counts]) => {
    const rows = early(sums, counts);
    return Float64Array.from(weights, (weight, k) => {
      const row = rows.subarray(k * t.length, (k + 1) * t.length);
      return factor * initialSlope(t, row, weight, nu).slope;
    });
  });
  const misfits = weights.map((weight, k) => {
    const row = points.value.subarray(k * t.length, (k + 1) * t.length);
    const errors = points.standardError.subarray(k * t.length, (k + 1) * t.length);
    return misfitOf(t, row, errors, initialSlope(t, row, weight, nu), nu);
  });
  return {
    value: fitted.value,
    standardError: fitted.standardError.map((error, k) => error * misfits[k].factor),
    worst: misfits[0].worst,
    misfit: misfits[0].factor,
  };
}

/** How far data lie from their fit: at the worst, and as the factor that the fit's error is enlarged by. */
function misfitOf(
  t: Float64Array,
  values: Float64Array,
  errors: Float64Array,
  fit: InitialSlope,
  nu: number,
): { worst: number; factor: number } {
  let worst = 0;
  let squares = 0;
  for (let j = 0; j < t.length; j++) {
    const deviation = Math.abs(values[j] - initialCurve(fit, t[j], nu));
    if (!(deviation > 0 && errors[j] > 0)) continue;
    worst = Math.max(worst, deviation / errors[j]);
    squares += (deviation / errors[j]) ** 2;
  }
  const misfit = t.length > 2 ? Math.sqrt(squares / (t.length - 2)) : 1;
  return { worst, factor: misfit > MISFIT ? misfit : 1 };
}
