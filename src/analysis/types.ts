import type { TallySpec } from '../plan/tallies.js';

/**
 * A number that a run gives, with its standard error. Everything is SI.
 *
 * `value` is NaN where the data do not allow one, and `note` then says what is missing. `standardError` is NaN where it
 * cannot be had (a single group), and 0 only where the value is known exactly, which `note` then says.
 */
export interface Estimate {
  readonly value: number;
  readonly standardError: number;
  readonly unit: string;
  readonly label: string;
  /** What exact theory gives for this scenario, where there is exact theory. */
  readonly reference?: number;
  readonly note?: string;
  /** Degrees of freedom of Student's t for intervals: groups - 1 after a jackknife; absent: a normal distribution. */
  readonly degreesOfFreedom?: number;
  /** What a fitted value was fitted to. */
  readonly fit?: FitWindow;
  /** What the value tends to in limits that this scenario may be near or far from; no verdict goes by them. */
  readonly limits?: readonly Limit[];
}

/** A limiting value, in the unit of its estimate, and where it is approached. */
export interface Limit {
  readonly value: number;
  readonly label: string;
}

/** The window of a fit, chosen by the rule that the estimate's function states. */
export interface FitWindow {
  /** First and last time used [s]. */
  readonly from: number;
  readonly to: number;
  /** Number of snapshots (or intervals between snapshots) used. */
  readonly points: number;
  /** Largest deviation of the data from the fit, in standard errors of the data point. */
  readonly worst: number;
  /** Chi-squared per degree of freedom of what the fit leaves, right although the points share particles (`goodnessOfFit`). */
  readonly chiSquared?: number;
  /** Its degrees of freedom. */
  readonly freedom?: number;
  /** Chance of a larger one if the fit is right. */
  readonly pValue?: number;
}

/** An estimate against something: arrays of one length. */
export interface Curve {
  readonly x: Float64Array;
  readonly value: Float64Array;
  readonly standardError: Float64Array;
  readonly reference?: Float64Array;
  readonly xLabel: string;
  readonly xUnit: string;
  readonly label: string;
  readonly unit: string;
}

/** Whether a run came to its end: a closed one to equilibrium, one with losses to its slowest mode. */
export interface Equilibrium {
  readonly kind: 'equilibrium' | 'slowest mode';
  readonly reached: 'yes' | 'no' | 'not known';
  /** The first snapshot of the rest of the run in which it was reached [s]; NaN if it was not. */
  readonly since: number;
  /** The verdict in one sentence. */
  readonly words: string;
  readonly evidence: readonly EquilibriumEvidence[];
}

/** A moment by which it was judged. */
export interface EquilibriumEvidence {
  readonly label: string;
  readonly value: number;
  readonly standardError: number;
  readonly expected: number;
  /** The last snapshot at which it was off by more than chance allows [s]; NaN if it never was. */
  readonly lastOff: number;
}

export type Fate = 'confined' | 'lostLeft' | 'lostRight' | 'timeLimit' | 'fault';

/** A distribution of the steady state: `f` row-major on the axes. */
export interface SteadyDistribution {
  readonly f: Float64Array;
  readonly standardError: Float64Array;
  readonly axes: readonly { readonly name: string; readonly unit: string; readonly edges: Float64Array }[];
  readonly shape: readonly number[];
  readonly label: string;
  readonly unit: string;
}

/** The steady state of a continuous source, where a scenario has one. */
export interface Steady {
  /** Number of particles in the line. */
  readonly steadyHeld: Estimate;
  /** Particles that leave at either end [1/s]. */
  readonly steadyLossLeft: Estimate;
  readonly steadyLossRight: Estimate;
  /** f by midplane pitch, of all speeds. */
  readonly steadyPitch: Curve;
  /** Particles per metre of line. */
  readonly steadyPlace: Curve;
  /** f(v, xi) by local and by midplane pitch, and f(s, xi). */
  readonly steadyState: {
    readonly local: SteadyDistribution;
    readonly midplane: SteadyDistribution;
    readonly place: SteadyDistribution;
  };
}

/** Everything that a run's tallies say, each with its standard error; of the steady state where there is a source. */
export interface Estimates extends Partial<Steady> {
  /** Decay rate of <P2> (closed runs) or of its deviation from the slowest mode (with losses) [1/s]. */
  readonly isotropisationRate: Estimate;
  /** The same of Tperp - Tpar [1/s]. */
  readonly pressureRate: Estimate;
  /** Decay rate of the slowest mode [1/s]. */
  readonly lossRate: Estimate;
  /** Mean loss time of the stated start [s]. */
  readonly confinementTime: Estimate;
  /** Fraction of the initial ensemble that is trapped by its invariants. */
  readonly trappedFraction: Estimate;
  /** Mean midplane f in the loss cone over f at its edge, in the slowest mode. */
  readonly filling: Estimate;
  /** <mu> of those inside at the last snapshot [J/T]. */
  readonly meanMu: Estimate;
  /** <mu> of the initial ensemble [J/T]. */
  readonly meanMuInitial: Estimate;
  /** D_mumu averaged over the initial ensemble [J^2 T^-2 s^-1]. */
  readonly dMuMu: Estimate;
  /** d<mu>/dt of the initial ensemble [J/(T s)]. */
  readonly muDrift: Estimate;
  /** D_xixi averaged over the initial ensemble [1/s]: of the local pitch, or of the midplane one where motion turns it. */
  readonly dXiXi: Estimate;
  /** Drift of xi, or of the midplane xi squared [1/s]. */
  readonly xiDrift: Estimate;
  /** Times by which a quarter, a half and three quarters of the ensemble are lost [s]. */
  readonly lossTimeQuartiles: readonly Estimate[];
  /** Whether equilibrium or the slowest mode was reached, since when, and by what evidence. */
  readonly equilibrium: Equilibrium;
  /** Where every particle ended, as fractions of the ensemble. */
  readonly fates: Record<Fate, Estimate>;
  /** Fraction inside against time. */
  readonly survival: Curve;
  /** <P_l(xi)> of those inside against time, l = 0..8; l = 0 is the fraction inside. */
  readonly legendre: readonly Curve[];
  /** Decay rates of <P_l>, l = 0..8, with losses of its approach to the slowest mode; entry 0 is NaN with a note. */
  readonly legendreRates: readonly Estimate[];
  /** <(mu - mu0)^2> against time, one curve for each bin of the starting mu that has particles. */
  readonly muSpread: readonly Curve[];
  /** <mu> of those inside against time. */
  readonly meanMuCurve: Curve;
  /** Variance of mu of those inside against time. */
  readonly muVariance: Curve;
  /** D_mumu against the starting mu. */
  readonly dMuMuCurve: Curve;
  /** d<mu>/dt against the starting mu. */
  readonly muDriftCurve: Curve;
  /** D_xixi and the drift of xi against the starting pitch. */
  readonly dXiXiCurve: Curve;
  readonly xiDriftCurve: Curve;
  /** Tpar = <p v xi^2> and Tperp = <p v (1 - xi^2)>/2 of those inside against time [J]. */
  readonly parallelTemperature: Curve;
  readonly perpendicularTemperature: Curve;
  /** Fraction not lost against time (Kaplan-Meier), at the edges of the bins of loss time. */
  readonly kaplanMeier: Curve;
  /** Loss rate of those left against time [1/s]. */
  readonly hazard: Curve;
  /** Losses per unit time and particle started, left and right [1/s]. */
  readonly lossTimesBySide: readonly Curve[];
  /** f in fine bins of |midplane xi| across the edge of the loss cone, in the slowest mode. */
  readonly coneEdge: Curve;
  /** Mean kinetic energy of those inside against time [J]. */
  readonly energy: Curve;
  /** Probability of a loss before the end of the run, by rare-event splitting; absent without it, as the next five. */
  readonly lossProbability?: Estimate;
  readonly lossProbabilityLeft?: Estimate;
  readonly lossProbabilityRight?: Estimate;
  /** Probability of a loss before t. */
  readonly lossProbabilityCurve?: Curve;
  readonly lossProbabilityLeftCurve?: Curve;
  readonly lossProbabilityRightCurve?: Curve;
}

/** A binned distribution: counts, and what they say of f, on the same row-major shape. */
export interface Distribution {
  readonly f: Float64Array;
  readonly standardError: Float64Array;
  readonly counts: Float64Array;
  /** Outermost first: names, units and bin edges (for `time`: the snapshot times). */
  readonly axes: readonly { readonly name: string; readonly unit: string; readonly edges: Float64Array }[];
  readonly shape: readonly number[];
  readonly label: string;
  readonly unit: string;
}

/** f(v, xi, t) by local and by midplane pitch, and f(s, xi, t). */
export interface Distributions {
  readonly local: Distribution;
  readonly midplane: Distribution;
  readonly place: Distribution;
}

/** What analysis reads of the merged tallies (class `Tallies` of the engine is one). */
export interface TallyReader {
  spec(name: string): TallySpec;
  total(name: string): Float64Array;
  group(name: string, group: number): Float64Array;
}

/** What analysis reads of a plan. */
export interface AnalysisPlan {
  readonly particles: number;
  readonly groups: number;
  /** How time is integrated over for a continuous source: samples in panels, and the lengths of their cells. */
  readonly dwell?: { readonly times: ArrayLike<number>; readonly lengths: readonly number[] } | null;
  readonly axes: {
    readonly times: ArrayLike<number>;
    readonly speedEdges: ArrayLike<number>;
    readonly xiEdges: ArrayLike<number>;
    readonly sEdges: ArrayLike<number>;
    readonly muEdges: ArrayLike<number>;
    readonly startXiEdges: ArrayLike<number>;
    readonly edgeXiEdges: ArrayLike<number>;
    readonly lossTimeEdges: ArrayLike<number>;
  };
  readonly reference: {
    readonly speed: number;
    readonly nu: number;
    readonly length: number;
    readonly mirrorRatio: number;
    readonly xiLossCone: number;
    readonly Bmin: number;
    readonly Bmax: number;
    /** Of a particle of the reference speed that turns half-way [s]; 0 where nothing bounces. */
    readonly bouncePeriod: number;
    /** Phase-space volume of each bin of midplane pitch, the integral of |xi0| v tau over it [m]; null with a potential. */
    readonly bounceWeight: ArrayLike<number> | null;
    /** That of the fine bins about the edge of the cone, near the midplane [m]; null with a potential: there it is their width. */
    readonly edgeVolume?: ArrayLike<number> | null;
    /** Whether every particle has the reference speed, and keeps it. */
    readonly oneSpeed: boolean;
    /** Whether nu is the same for all. */
    readonly oneRate: boolean;
    /** Whether changes of pitch are those of the midplane one squared, since motion turns the local one. */
    readonly foldedPitch: boolean;
    /** Levels of rare-event splitting; 0 or absent without it. */
    readonly rareLevels?: number;
    /** Longest step of the motion [s]. */
    readonly longestStep?: number;
    /** The starting speeds in cells: edges by momentum [kg m/s], shares of the particles, scattering rates [1/s]. */
    readonly startMomenta: ArrayLike<number>;
    readonly startShares: ArrayLike<number>;
    readonly startRates: ArrayLike<number>;
    /** Strata that starting values are drawn from; 1 or absent without them. */
    readonly strata?: number;
  };
}

/** What analysis reads of a scenario, to know which exact theory holds and what to call things. */
export interface AnalysisScenario {
  readonly species: { readonly mass: number };
  readonly particles: {
    readonly pitch: AnalysisPitch;
    readonly speed?: { readonly kind: string };
    readonly place: { readonly kind: string; readonly s?: number };
  };
  readonly field: { readonly kind: string };
  readonly potential: object | null;
  readonly parallelField: object | null;
  readonly boundary: { readonly kind: string; readonly sides?: 'both' | 'left' | 'right' };
  readonly motion: { readonly kind: string };
  readonly source?: { readonly rate: number } | null;
}

/** The initial pitch of a scenario, all kinds in one structural type. */
export interface AnalysisPitch {
  readonly kind: string;
  readonly only: 'all' | 'trapped';
  readonly halfAngle?: number;
  readonly direction?: number;
  readonly xi?: number | ArrayLike<number>;
  readonly power?: number;
  readonly density?: ArrayLike<number>;
}
