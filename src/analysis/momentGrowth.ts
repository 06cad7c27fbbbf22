import { notes, short, unavailable } from './estimates.js';
import { growthFit, growthTerms } from './fits.js';
import { goodnessOfFit } from './goodness.js';
import type { GrowthInBins } from './growthBins.js';
import { THEORY_UNTIL } from './growthEnsemble.js';
import { type GrowthTheory, growthTheory } from './growthTheory.js';
import { skewnessFactor } from './jackknife.js';
import { FEWEST_INSIDE } from './magneticMoment.js';
import { isClosed, onlyScattering } from './references.js';
import type { Sample } from './sample.js';
import type { AnalysisScenario, Curve, Estimate, FitWindow } from './types.js';

/** D_mumu and the drift are fitted to the snapshots up to this nu t ... */
const EARLY = 0.25;
/** ... or, where these are fewer, to the first of this many, as long as they lie within `LATEST`. */
const EARLY_POINTS = 4;
const LATEST = 1;
/** A bin of the starting mu is used as long as this part of it is inside. */
const FAIR = 0.98;
const FAIR_IN_THEORY = 0.5;
/** Share of the start that the ensemble's fit wants to hold: for less of it the fit is made shorter. */
const WANTED_SHARE = 0.8;
/**
 * A fit whose p-value is below this has its error enlarged. It is the p-value of `goodnessOfFit`, since the points share their
 * particles: their deviations in a row are one deviation, and a sum of squares that takes them for many cries wolf.
 */
const MISFIT = 1e-4;

/** Bounces after which the swing of a start in step is small enough for a fit without theory. */
const SWUNG_OUT = 4;

/** Share of D that is said where the data do not show it. */
const MUCH = 0.1;

/** Part of the growth that has to be D's own for it to be fitted by a factor. */
const LEAST_SHARE = 0.02;

/** A quantity whose spread and drift are followed in bins of its starting value. */
export interface GrowingQuantity {
  /** Its tallies: numbers and changes inside at every snapshot, and first and second moment of the start, by bin. */
  readonly count: string;
  readonly first: string;
  readonly second: string;
  readonly startMean: string;
  readonly startSquare: string;
  /** What theory says of it. */
  readonly theory: (theory: GrowthTheory) => GrowthInBins;
  /** Of the two exponentials by which its moments relax, over nu (`growthTerms`). */
  readonly decays: readonly [number, number];
  /** D and drift of a start with these moments, where they are exact; undefined elsewhere. */
  readonly exact?: (start: StartMoments) => { readonly diffusion: number; readonly drift: number };
  /** Its value for those who are lost, where that is known. */
  readonly edge?: number;
  /** By what the D of what is tallied is to be multiplied, from its mean at the start; 1 if left out. */
  readonly scale?: (mean: number) => number;
  /** Tally of what the curves are drawn against. */
  readonly startAxis: string;
  readonly startLabel: string;
  readonly startUnit: string;
  readonly diffusionLabel: string;
  readonly diffusionUnit: string;
  readonly driftLabel: string;
  readonly driftUnit: string;
}

/** Means of a quantity and of its square at the start. */
export interface StartMoments {
  readonly mean: number;
  readonly square: number;
}

/** The coefficients of a quantity: of the start as a whole, and against the starting value. */
export interface Diffusion {
  readonly diffusion: Estimate;
  readonly drift: Estimate;
  readonly diffusionCurve: Curve;
  readonly driftCurve: Curve;
}

type Which = 'second' | 'first';

/**
 * D and drift of a quantity x, of the initial ensemble and in bins of its starting value, from the growth of `<dx^2>/2` and
 * `<dx>`.
 *
 * In a closed homogeneous run both grow as a sum of two exponentials exactly (`growthTerms`), and what is fitted is
 * their slope at t = 0; snapshots with nu t <= 0.25, or the first four where these are fewer. So it is done where nothing
 * better is known: then bins are used as long as 98 % of them are inside, and those who were lost count with the value at the
 * edge of the loss cone, where one speed says what that is. It is not done, and so said, where less than 80 % of the start is
 * in such bins over three snapshots, nor in a mirror whose first snapshot is within four bounces.
 *
 * In a mirror D varies along the orbit, all that start at one place bounce in step, and D changes by much of itself within
 * a few bounces: no smooth curve can be fitted to that. There, and where a cone takes particles out, the growth is compared
 * with the one that theory gives for the same start, speeds, rates and losses (`growthTheory`), up to nu t = 0.125 at the
 * reference speed: `<dx^2>` says by what factor the operator differs, and D is that factor times the operator's value (in
 * a mirror its bounce average, of many speeds the mean over the particles); `<dx>` says what constant is to be added to the
 * drift, and so does `<dx^2>` where D all but vanishes. Bins are used as long as half of them are inside. Of slow particles
 * that are isotropic by the first snapshot the data say nothing; how much of D is theirs is said where it is much.
 *
 * The ensemble is the sum of the bins that are used to the end of the window; the window is made shorter until that is 80 %
 * of the start, and what share it is, is said. Jackknife errors of the whole fit, against theory for what each sample started
 * with; where the p-value of the fit is below 1e-4, the error is enlarged by the root of its chi-squared and the note says so. The error of theory's
 * grid, 0.1 %, of many speeds 0.2 %, is added in square.
 */
export function diffusionOf(sample: Sample, scenario: AnalysisScenario, quantity: GrowingQuantity): Diffusion {
  const growth = new MomentGrowth(sample, scenario, quantity);
  const count = sample.total(quantity.count);
  const bins = Array.from({ length: sample.width(quantity.count) }, (_, u) => u).filter(
    (u) => count[u] >= FEWEST_INSIDE,
  );
  const diffusion = growth.fit('second', bins);
  const drift = growth.fit('first', bins);
  return {
    diffusion: growth.estimate(diffusion, `${quantity.diffusionLabel} (mean over the start)`, quantity.diffusionUnit),
    drift: growth.estimate(drift, `${quantity.driftLabel} at the start`, quantity.driftUnit),
    diffusionCurve: growth.curve(diffusion, bins, quantity.diffusionLabel, quantity.diffusionUnit),
    driftCurve: growth.curve(drift, bins, quantity.driftLabel, quantity.driftUnit),
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
  readonly goodness: Pick<FitWindow, 'chiSquared' | 'freedom' | 'pValue'>;
  /** Factor by which the error was enlarged for the misfit of the data; 1 where the fit is good. */
  readonly misfit: number;
}

interface Model {
  readonly expected: Float64Array;
  readonly shape: Float64Array;
  readonly curvature?: Float64Array;
  /** Error of theory in the coefficient, next to the rim of a loss cone. */
  readonly doubt?: number;
  /** The coefficient, from the slope of the fit. */
  readonly value: (slope: number) => number;
  readonly reference?: number;
}

class MomentGrowth {
  readonly #sample: Sample;
  readonly #scenario: AnalysisScenario;
  readonly #quantity: GrowingQuantity;
  readonly #theory: (GrowthInBins & Pick<GrowthTheory, 'bouncing' | 'more' | 'error'>) | null;
  readonly #count: Float64Array;
  readonly #width: number;
  readonly #window: { to: number; note?: string };
  readonly #used: readonly number[];

  constructor(sample: Sample, scenario: AnalysisScenario, quantity: GrowingQuantity) {
    this.#sample = sample;
    this.#scenario = scenario;
    this.#quantity = quantity;
    const theory = growthTheory(scenario, sample.plan);
    this.#theory = theory && { ...theory, ...quantity.theory(theory) };
    this.#count = sample.total(quantity.count);
    this.#width = sample.width(quantity.count);
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

  /** Snapshots that a fit needs: theory leaves one number to be fitted, losses want a third to show what they do. */
  get #fewest(): number {
    return this.#theory ? 1 : isClosed(this.#scenario) ? 2 : 3;
  }

  /** Why the ensemble's growth cannot be fitted without theory, where it cannot. */
  #refusal(): string | undefined {
    if (this.#theory) return undefined;
    const { bouncePeriod } = this.#sample.plan.reference;
    if (this.#swings) {
      return `not determined: the growth swings with the bounces, and there is no theory to compare it with (needs a first snapshot after ${short(SWUNG_OUT * bouncePeriod)} s or more, or no electric field, and ends that lose or reflect)`;
    }
    if (!isClosed(this.#scenario) && this.#share < WANTED_SHARE) {
      return `not determined: only ${short(100 * this.#share)} % of the start, by ${this.#quantity.startLabel}, stay inside over three snapshots, and who stays is no fair sample (needs earlier times)`;
    }
    return undefined;
  }

  /** Whether snapshots are so early that bounces in step show, and nothing is known of them. */
  get #swings(): boolean {
    const { times, plan } = this.#sample;
    const { nu, bouncePeriod } = plan.reference;
    return nu > 0 && !this.#theory && !onlyScattering(this.#scenario) && !(times[1] >= SWUNG_OUT * bouncePeriod);
  }

  /** Share of the start in the bins that are used. */
  get #share(): number {
    return this.#used.reduce((sum, u) => sum + this.#count[u], 0) / this.#sample.particles;
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
  fit(name: Which, bins: readonly number[]): Fitted[] {
    return [
      this.#fit(name, this.#used, this.#window.to),
      ...bins.map((bin) => this.#fit(name, [bin], this.#fairUntil(bin))),
    ];
  }

  #fit(name: Which, bins: readonly number[], to: number): Fitted {
    const sample = this.#sample;
    const none = { value: NaN, standardError: NaN, reference: undefined, to, worst: NaN, goodness: {}, misfit: 1 };
    if (to < this.#fewest || bins.length === 0 || sample.sizes.length < 2) return none;
    if (this.#swings) return none;
    if (this.#theory && bins.some((u) => Number.isNaN(this.#theory?.diffusion[u]))) return none;
    const { expected, shape, curvature, value, reference, doubt = 0 } = this.#model(name, bins, to, this.#count);
    const { count, startMean, startSquare } = this.#quantity;
    const names = [this.#quantity[name], count, startMean, startSquare];
    // each sample against what its own start should give: how the start fell into the bins is no error of the operator's
    const rows = (sums: readonly Float64Array[]) => {
      const own = this.#theory ? this.#model(name, bins, to, sums[1]).expected : expected;
      return this.#rows(name, bins, to, sums).map((y, j) => y - own[j]);
    };
    const points = sample.jackknife(names, rows);
    const errors = points.standardError;
    // by size and not by the points' own errors, which are small where the data are low by chance: a bias of 1 % with heavy tails
    const grown = this.#theory ? expected : shape;
    const power = name === 'first' ? -1 : this.#theory ? -2 : -3;
    const weight = grown.every((x) => x !== 0) ? grown.map((x) => Math.abs(x / grown[0]) ** power) : grown.map(() => 1);
    const fitOf = (y: Float64Array) => growthFit(shape, curvature, y, weight);
    const fitted = sample.jackknife(names, (sums) => Float64Array.of(value(fitOf(rows(sums)).slope)));
    const fit = fitOf(points.value);
    const model = Float64Array.from(shape, (s, j) => fit.slope * s + fit.bend * (curvature?.[j] ?? 0));
    const goodness = goodnessOfFit(points, model, weight, curvature ? [shape, curvature] : [shape]);
    let worst = 0;
    for (let j = 0; j < to; j++) {
      const deviation = Math.abs(points.value[j] - model[j]);
      if (!(deviation > 0 && errors[j] > 0)) continue;
      worst = Math.max(worst, deviation / errors[j]);
    }
    const t = sample.times[to];
    const misfit = (goodness.pValue ?? 1) < MISFIT ? Math.sqrt(Math.max(1, goodness.chiSquared ?? 1)) : 1;
    const factor = name === 'second' && this.#quantity.scale !== undefined;
    // from bin to bin a drift passes through 0, where theory's errors do not
    const drifts =
      name === 'first' && bins.length === 1 && this.#theory
        ? this.#theory.drift.filter(Number.isFinite).map(Math.abs)
        : [];
    const scale = factor
      ? Math.abs(fitted.value[0])
      : Math.max(Math.abs(fitted.value[0]), Math.abs(expected[to - 1]) / t, ...drifts);
    // a start in step moves the growth by up to a sixth of a bounce, once
    const { bouncePeriod } = sample.plan.reference;
    const swing = onlyScattering(this.#scenario) ? 0 : bouncePeriod / (4 * Math.PI * sample.times[1]);
    const systematic = (this.#theory?.error ?? swing) * scale;
    const skewed = name === 'second' ? skewnessFactor(fitted.deviations.map(([deviation]) => deviation)) : 1;
    const standardError = Math.hypot(fitted.standardError[0] * misfit * skewed, systematic, doubt);
    return { value: fitted.value[0], standardError, reference, to, worst, goodness, misfit };
  }

  /** `<dx^2>/2` or `<dx>` of these bins at snapshots 1 .. to: of those inside, or with those lost at the edge. */
  #rows(name: Which, bins: readonly number[], to: number, sums: readonly Float64Array[]): Float64Array {
    const [moment, count, first, second] = sums;
    const width = this.#width;
    const edge = this.#theory ? undefined : this.#quantity.edge;
    return Float64Array.from({ length: to }, (_, j) => {
      let sum = 0;
      let n = 0;
      for (const u of bins) {
        const i = (j + 1) * width + u;
        const scale = this.#scale(name, u);
        sum += scale * moment[i];
        n += edge === undefined ? count[i] : count[u];
        const lost = count[u] - count[i];
        if (edge === undefined || !(lost > 0)) continue;
        const mean = first[u] / count[u];
        sum += scale * lost * (name === 'first' ? edge - mean : second[u] / count[u] - 2 * edge * mean + edge * edge);
      }
      return ((name === 'second' ? 0.5 : 1) * sum) / n;
    });
  }

  #scale(name: Which, bin: number): number {
    const { scale } = this.#quantity;
    // with theory a factor is fitted, and bins count by how well they are known
    return name === 'second' && scale && !this.#theory ? scale(this.#start([bin]).mean) : 1;
  }

  /** Moments of the start of these bins. */
  #start(bins: readonly number[]): StartMoments {
    const { count, startMean, startSquare } = this.#quantity;
    const sum = (name: string) => bins.reduce((total, bin) => total + this.#sample.total(name)[bin], 0);
    const n = sum(count);
    return { mean: sum(startMean) / n, square: sum(startSquare) / n };
  }

  /** What is fitted to the data: `expected + slope shape (+ bend curvature)`, and what its slope means. */
  #model(name: Which, bins: readonly number[], to: number, count: Float64Array): Model {
    const { nu } = this.#sample.plan.reference;
    const times = this.#sample.times.subarray(1, to + 1);
    const { decays, exact } = this.#quantity;
    const smooth = times.map((t) => growthTerms(t, nu, decays)[0]);
    if (this.#theory) return this.#growing(this.#theory, name, bins, smooth, count);
    const model = {
      expected: new Float64Array(to),
      shape: smooth,
      curvature: times.map((t) => growthTerms(t, nu, decays)[1]),
      value: (slope: number) => slope,
    };
    if (!exact) return model;
    const { diffusion, drift } = exact(this.#start(bins));
    return { ...model, reference: name === 'second' ? diffusion : drift };
  }

  #growing(
    theory: GrowthInBins & { readonly more: number },
    name: Which,
    bins: readonly number[],
    smooth: Float64Array,
    count: Float64Array,
  ): Model {
    const mean = (of: ArrayLike<number>, weight: ArrayLike<number>) => {
      let [sum, n] = [0, 0];
      for (const u of bins) {
        sum += weight[u] * of[u];
        n += weight[u];
      }
      return sum / n;
    };
    // of the ensemble that was asked for, not of the particles that were drawn
    const reference = mean(name === 'second' ? theory.diffusion : theory.drift, theory.weight);
    const growth = (moments: GrowthInBins['now'][number]) => {
      const moment = name === 'second' ? moments.second : moments.first;
      const whole = mean(
        moment.map((x, u) => this.#scale(name, u) * x),
        count,
      );
      return ((name === 'second' ? 0.5 : 1) * whole) / mean(moments.inside, count);
    };
    const expected = smooth.map((_, j) => growth(theory.now[j]));
    const doubts = smooth.map((_, j) => {
      const { inside, doubtOfFirst, doubtOfSecond } = theory.now[j];
      const scaled = name === 'first' ? doubtOfFirst : doubtOfSecond.map((x, u) => (this.#scale(name, u) * x) / 2);
      return mean(scaled, count) / mean(inside, count);
    });
    const meanOf = (values: Float64Array) => values.reduce((sum, x) => sum + x, 0) / values.length;
    const added = meanOf(doubts.map((x, j) => x / smooth[j]));
    if (name === 'first') {
      return { expected, shape: smooth, value: (slope) => reference + slope, reference, doubt: added };
    }
    // where D all but vanishes the growth is of second order, and says nothing of a factor
    const last = expected.length - 1;
    if (!this.#quantity.scale && reference * smooth[last] < LEAST_SHARE * expected[last]) {
      return { expected, shape: smooth, value: (slope) => reference + slope, reference, doubt: added };
    }
    const shape = smooth.map((_, j) => (growth(theory.raised[j]) - expected[j]) / (theory.more - 1));
    const doubt = Math.abs(reference * meanOf(doubts.map((x, j) => x / expected[j])));
    return { expected, shape, value: (slope) => reference * (1 + slope), reference, doubt };
  }

  estimate([fit]: readonly Fitted[], label: string, unit: string): Estimate {
    const sample = this.#sample;
    const { note, to } = this.#window;
    if (note !== undefined) return unavailable(label, unit, note);
    const why = this.#refusal();
    if (why !== undefined) return unavailable(label, unit, why);
    if (sample.sizes.length < 2 || !(sample.particles >= FEWEST_INSIDE)) {
      return unavailable(label, unit, `needs ${FEWEST_INSIDE} particles in two groups or more`);
    }
    if (!Number.isFinite(fit.value)) {
      return unavailable(label, unit, 'too few particles stay inside until the first snapshots (needs earlier times)');
    }
    const share = this.#share;
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
          `of the ${short(100 * share)} % of the start, by ${this.#quantity.startLabel}, that stay inside (earlier times hold more)`,
        this.#theory !== null &&
          this.#theory.settled > MUCH &&
          `${short(100 * this.#theory.settled)} % of it is of particles that are isotropic by the first snapshot: theirs goes by nu(v) and the others`,
        !isClosed(this.#scenario) && !this.#theory && this.#quantity.edge === undefined && 'of those still inside',
        fit.misfit > 1 && `error enlarged ${short(fit.misfit)} times: the data miss the fit`,
      ),
      fit: { from: sample.times[1], to: sample.times[to], points: to, worst: fit.worst, ...fit.goodness },
    };
  }

  curve([, ...fits]: readonly Fitted[], bins: readonly number[], label: string, unit: string): Curve {
    const references = fits.map(({ reference }) => reference ?? NaN);
    const bouncing = this.#theory?.bouncing;
    return {
      x: Float64Array.from(bins, (bin) => this.#sample.total(this.#quantity.startAxis)[bin] / this.#count[bin]),
      value: Float64Array.from(fits, ({ value }) => value),
      standardError: Float64Array.from(fits, ({ standardError }) => standardError),
      ...(references.some(Number.isFinite) && { reference: Float64Array.from(references) }),
      xLabel: `starting ${this.#quantity.startLabel}`,
      xUnit: this.#quantity.startUnit,
      label: bouncing ? `${label} (bounce-averaged)` : label,
      unit,
    };
  }
}
