import { notes, short, unavailable } from './estimates.js';
import { growthFit, growthTerms } from './fits.js';
import { type GrowthTheory, growthTheory, THEORY_UNTIL } from './growthTheory.js';
import { exactScale, FEWEST_INSIDE, momentUnit, startingBins, startingMoments } from './magneticMoment.js';
import { isClosed } from './references.js';
import type { Sample } from './sample.js';
import type { AnalysisScenario, Curve, Estimate } from './types.js';

/** D_mumu and the drift are fitted to the snapshots up to this nu t ... */
const EARLY = 0.25;
/** ... or, where these are fewer, to the first of this many, as long as they lie within `LATEST`. */
const EARLY_POINTS = 4;
const LATEST = 1;
/** A bin of the starting mu is used as long as this part of it is inside. */
const FAIR = 0.98;
const FAIR_IN_THEORY = 0.9;
/** Share of the start that the ensemble's fit wants to hold: for less of it the fit is made shorter. */
const WANTED_SHARE = 0.8;
/** A fit that its data miss by more than this many times their error (root mean square) has its error enlarged. */
const MISFIT = 2;

/** Part of the growth that has to be D's own for it to be fitted by a factor. */
const LEAST_SHARE = 0.02;

type Moment = 'dmu2' | 'dmu';

/**
 * D_mumu and d<mu>/dt of the initial ensemble and in bins of the starting mu, from the growth of `<dmu^2>/2` and `<dmu>`.
 *
 * In a closed homogeneous run both grow as a sum of `phi_6` and `phi_20` exactly (`growthTerms`), and what is fitted is
 * their slope at t = 0; snapshots with nu t <= 0.25, or the first four where these are fewer. So it is done where nothing
 * better is known: then bins are used as long as 98 % of them are inside, and those who were lost count with the mu at the
 * edge of the loss cone, where one speed says what that is.
 *
 * In a mirror D varies along the orbit, all that start at one place bounce in step, and D changes by much of itself within
 * a few bounces: no smooth curve can be fitted to that. There, and where a cone takes particles out, the growth is compared
 * with the one that theory gives for the same start, rate and losses (`growthTheory`), up to nu t = 0.125: `<dmu^2>` says
 * by what factor the operator differs, and D_mumu is that factor times the operator's value (in a mirror its bounce
 * average); `<dmu>` says what constant is to be added to the drift, and so does `<dmu^2>` where D all but vanishes. Bins
 * are used as long as 90 % of them are inside.
 *
 * The ensemble is the sum of the bins that are used to the end of the window; the window is made shorter until that is 80 %
 * of the start, and what share it is, is said. Jackknife errors of the whole fit; where the data miss the fit by more than
 * twice their error (root mean square), the error is enlarged by that factor and the note says so. The error of theory's
 * grid, 0.2 %, is added in square.
 */
export function muDiffusion(
  sample: Sample,
  scenario: AnalysisScenario,
): { dMuMu: Estimate; drift: Estimate; dMuMuCurve: Curve; driftCurve: Curve } {
  const growth = new MomentGrowth(sample, scenario);
  const bins = startingBins(sample);
  const diffusion = growth.fit('dmu2', bins);
  const drift = growth.fit('dmu', bins);
  return {
    dMuMu: growth.estimate(diffusion, 'D_mumu (mean over the start)', 'J^2/T^2/s'),
    drift: growth.estimate(drift, 'd<mu>/dt at the start', 'J/T/s'),
    dMuMuCurve: growth.curve(diffusion, bins, 'D_mumu', 'J^2/T^2/s'),
    driftCurve: growth.curve(drift, bins, 'd<mu>/dt', 'J/T/s'),
  };
}

interface Fitted {
  readonly value: number;
  readonly standardError: number;
  readonly reference: number | undefined;
  /** Last snapshot of the window; the first is 1. */
  readonly to: number;
  /** Largest deviation of the data from the fit, in standard errors. */
  readonly worst: number;
  /** Factor by which the error was enlarged for the misfit of the data; 1 where the fit is good. */
  readonly misfit: number;
}

interface Model {
  readonly expected: Float64Array;
  readonly shape: Float64Array;
  readonly curvature?: Float64Array;
  /** The coefficient, from the slope of the fit. */
  readonly value: (slope: number) => number;
  readonly reference?: number;
}

class MomentGrowth {
  readonly #sample: Sample;
  readonly #scenario: AnalysisScenario;
  readonly #theory: GrowthTheory | null;
  /** `p^2/(m Bmin)` where the operator in mu is exact. */
  readonly #exact: number | undefined;
  /** mu of those who are lost [J/T], where it is known. */
  readonly #edge: number | undefined;
  readonly #count: Float64Array;
  readonly #width: number;
  readonly #window: { to: number; note?: string };
  readonly #used: readonly number[];

  constructor(sample: Sample, scenario: AnalysisScenario) {
    this.#sample = sample;
    this.#scenario = scenario;
    this.#theory = growthTheory(scenario, sample.plan);
    this.#exact = exactScale(sample, scenario);
    const { oneSpeed, mirrorRatio } = sample.plan.reference;
    const one = oneSpeed && scenario.potential === null && scenario.parallelField === null;
    this.#edge = one ? momentUnit(sample, scenario) / (2 * mirrorRatio) : undefined;
    this.#count = sample.total('muCount');
    this.#width = sample.width('muCount');
    this.#window = this.#lastSnapshot();
    const all = Array.from({ length: this.#width }, (_, u) => u).filter(
      (u) => this.#count[u] > 0 && !Number.isNaN(this.#theory?.diffusion[u]),
    );
    let used = all.filter((u) => this.#fairUntil(u) >= this.#window.to);
    const share = () => used.reduce((sum, u) => sum + this.#count[u], 0) / sample.particles;
    while (this.#window.to > this.#fewest && share() < WANTED_SHARE) {
      this.#window = { to: this.#window.to - 1 };
      used = all.filter((u) => this.#fairUntil(u) >= this.#window.to);
    }
    this.#used = used;
  }

  /** Snapshots that a fit needs: theory leaves one number to be fitted. */
  get #fewest(): number {
    return this.#theory ? 1 : 2;
  }

  /** Last snapshot of the window, by time alone. */
  #lastSnapshot(): { to: number; note?: string } {
    const { times } = this.#sample;
    const { nu } = this.#sample.plan.reference;
    if (!(nu > 0)) return { to: Math.min(times.length - 1, EARLY_POINTS) };
    if (this.#theory) {
      const to = this.#theory.now.length;
      return to > 0 ? { to } : { to, note: `needs a snapshot within nu t = ${THEORY_UNTIL}: more or earlier times` };
    }
    let to = 0;
    while (to + 1 < times.length && times[to + 1] * nu <= EARLY) to++;
    while (to < EARLY_POINTS && to + 1 < times.length && times[to + 1] * nu <= LATEST) to++;
    if (to >= this.#fewest) return { to };
    return { to, note: `needs two snapshots within nu t = ${LATEST}, has ${to}: more or earlier times` };
  }

  /**
   * Last snapshot at which enough of a bin is inside: by theory where there is one, since a choice by what happened would
   * favour bins that lost little.
   */
  #fairUntil(bin: number): number {
    const { to } = this.#window;
    const theory = this.#theory;
    const inside = (j: number) =>
      theory ? theory.now[j - 1].inside[bin] : this.#count[j * this.#width + bin] / this.#count[bin];
    const fair = theory ? FAIR_IN_THEORY : FAIR;
    let j = 0;
    while (j < to && inside(j + 1) >= fair) j++;
    return j;
  }

  /** Slope of all that are used, then of each bin; a bin that has no window is NaN. */
  fit(name: Moment, bins: readonly number[]): Fitted[] {
    return [
      this.#fit(name, this.#used, this.#window.to),
      ...bins.map((bin) => this.#fit(name, [bin], this.#fairUntil(bin))),
    ];
  }

  #fit(name: Moment, bins: readonly number[], to: number): Fitted {
    const sample = this.#sample;
    const none = { value: NaN, standardError: NaN, reference: undefined, to, worst: NaN, misfit: 1 };
    if (to < this.#fewest || bins.length === 0 || sample.sizes.length < 2) return none;
    if (this.#theory && bins.some((u) => Number.isNaN(this.#theory?.diffusion[u]))) return none;
    const { expected, shape, curvature, value, reference } = this.#model(name, bins, to);
    const names = [name, 'muCount', 'mu', 'mu2'];
    const rows = (sums: readonly Float64Array[]) => this.#rows(name, bins, to, sums).map((y, j) => y - expected[j]);
    const points = sample.jackknife(names, rows);
    const errors = points.standardError;
    // without an error (no spread) all points count alike
    const weight = errors.every((error) => error > 0) ? errors.map((error) => error ** -2) : errors.map(() => 1);
    const fitOf = (y: Float64Array) => growthFit(shape, curvature, y, weight);
    const fitted = sample.jackknifeOne(names, (sums) => value(fitOf(rows(sums)).slope));
    const fit = fitOf(points.value);
    let worst = 0;
    let squares = 0;
    for (let j = 0; j < to; j++) {
      const deviation = Math.abs(points.value[j] - fit.slope * shape[j] - fit.bend * (curvature?.[j] ?? 0));
      if (!(deviation > 0 && errors[j] > 0)) continue;
      worst = Math.max(worst, deviation / errors[j]);
      squares += (deviation / errors[j]) ** 2;
    }
    const t = sample.times[to];
    const freedom = to - (curvature ? 2 : 1);
    const excess = freedom > 0 ? Math.sqrt(squares / freedom) : 1;
    const misfit = excess > MISFIT ? excess : 1;
    const scale = Math.max(Math.abs(fitted.value), Math.abs(expected[to - 1]) / t);
    const systematic = (this.#theory?.error ?? 0) * scale;
    const standardError = Math.hypot(fitted.standardError * misfit, systematic);
    return { value: fitted.value, standardError, reference, to, worst, misfit };
  }

  /** `<dmu^2>/2` or `<dmu>` of these bins at snapshots 1 .. to: of those inside, or with those lost at the edge. */
  #rows(name: Moment, bins: readonly number[], to: number, sums: readonly Float64Array[]): Float64Array {
    const [moment, count, mu, mu2] = sums;
    const width = this.#width;
    const edge = this.#theory ? undefined : this.#edge;
    return Float64Array.from({ length: to }, (_, j) => {
      let sum = 0;
      let n = 0;
      for (const u of bins) {
        const i = (j + 1) * width + u;
        sum += moment[i];
        n += edge === undefined ? count[i] : count[u];
        const lost = count[u] - count[i];
        if (edge === undefined || !(lost > 0)) continue;
        const mean = mu[u] / count[u];
        sum += lost * (name === 'dmu' ? edge - mean : mu2[u] / count[u] - 2 * edge * mean + edge * edge);
      }
      return ((name === 'dmu2' ? 0.5 : 1) * sum) / n;
    });
  }

  /** What is fitted to the data: `expected + slope shape (+ bend curvature)`, and what its slope means. */
  #model(name: Moment, bins: readonly number[], to: number): Model {
    const { nu } = this.#sample.plan.reference;
    const times = this.#sample.times.subarray(1, to + 1);
    const smooth = times.map((t) => growthTerms(t, nu)[0]);
    if (this.#theory) return this.#growing(this.#theory, name, bins, smooth);
    const model = {
      expected: new Float64Array(to),
      shape: smooth,
      curvature: times.map((t) => growthTerms(t, nu)[1]),
      value: (slope: number) => slope,
    };
    if (this.#exact === undefined) return model;
    const start = startingMoments(this.#sample, bins);
    const M = this.#exact;
    const reference = name === 'dmu2' ? 2 * nu * (M * start.mean - 2 * start.square) : 2 * nu * (M - 3 * start.mean);
    return { ...model, reference };
  }

  #growing(theory: GrowthTheory, name: Moment, bins: readonly number[], smooth: Float64Array): Model {
    const sum = (of: (u: number) => number) => bins.reduce((total, u) => total + this.#count[u] * of(u), 0);
    const reference = sum((u) => (name === 'dmu2' ? theory.diffusion : theory.drift)[u]) / sum(() => 1);
    const growth = (moments: GrowthTheory['now'][number]) => {
      const moment = name === 'dmu2' ? moments.second : moments.first;
      return ((name === 'dmu2' ? 0.5 : 1) * sum((u) => moment[u])) / sum((u) => moments.inside[u]);
    };
    const expected = smooth.map((_, j) => growth(theory.now[j]));
    if (name === 'dmu') return { expected, shape: smooth, value: (slope) => reference + slope, reference };
    // where D all but vanishes the growth is of second order, and says nothing of a factor
    const last = expected.length - 1;
    if (reference * smooth[last] < LEAST_SHARE * expected[last]) {
      return { expected, shape: smooth, value: (slope) => reference + slope, reference };
    }
    const shape = smooth.map((_, j) => (growth(theory.raised[j]) - expected[j]) / (theory.more - 1));
    return { expected, shape, value: (slope) => reference * (1 + slope), reference };
  }

  estimate([fit]: readonly Fitted[], label: string, unit: string): Estimate {
    const sample = this.#sample;
    const { note, to } = this.#window;
    if (note !== undefined) return unavailable(label, unit, note);
    if (sample.sizes.length < 2 || !(sample.particles >= FEWEST_INSIDE)) {
      return unavailable(label, unit, `needs ${FEWEST_INSIDE} particles in two groups or more`);
    }
    if (!Number.isFinite(fit.value)) {
      return unavailable(label, unit, 'too few particles stay inside until the first snapshots (needs earlier times)');
    }
    const share = this.#used.reduce((sum, u) => sum + this.#count[u], 0) / sample.particles;
    return {
      value: fit.value,
      standardError: fit.standardError,
      degreesOfFreedom: sample.sizes.length - 1,
      unit,
      label,
      ...(fit.reference !== undefined && { reference: fit.reference }),
      note: notes(
        this.#theory?.bouncing && 'bounce-averaged, as is the reference',
        share < 0.999 &&
          `of the ${short(100 * share)} % of the start, by mu, that stay inside (earlier times hold more)`,
        !isClosed(this.#scenario) && !this.#theory && this.#edge === undefined && 'of those still inside',
        fit.misfit > 1 && `error enlarged ${short(fit.misfit)} times: the data miss the fit`,
      ),
      fit: { from: sample.times[1], to: sample.times[to], points: to, worst: fit.worst },
    };
  }

  curve([, ...fits]: readonly Fitted[], bins: readonly number[], label: string, unit: string): Curve {
    const references = fits.map(({ reference }) => reference ?? NaN);
    const bouncing = this.#theory?.bouncing;
    return {
      x: Float64Array.from(bins, (bin) => startingMoments(this.#sample, [bin]).mean),
      value: Float64Array.from(fits, ({ value }) => value),
      standardError: Float64Array.from(fits, ({ standardError }) => standardError),
      ...(references.some(Number.isFinite) && { reference: Float64Array.from(references) }),
      xLabel: 'starting mu',
      xUnit: 'J/T',
      label: bouncing ? `${label} (bounce-averaged)` : label,
      unit,
    };
  }
}
