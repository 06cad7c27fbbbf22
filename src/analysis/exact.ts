/** Exact courses and limits from the deterministic oracle, where a scenario is one that it covers. */
import { buildField, type FieldSpec } from '../fields/index.js';
import { legendre } from '../physics/legendre.js';
import { fluxTubeLength, meanLossTime, meanLossTimeStrongScattering } from '../physics/lossTimes.js';
import { remembered } from '../plan/remembered.js';
import { bounceOracle, type PitchOracle, scatteringOracle, startOf } from './oracle/index.js';
import { startPoints } from './oracle/start.js';
import { averageOverPitch, hasOneRate, isExactCone } from './references.js';
import { starts } from './starts.js';
import type { AnalysisPlan, AnalysisScenario, Limit } from './types.js';

/** Earliest nu t that curves are given for; before it an exact value is NaN. */
const EARLIEST = 1e-3;

/** What is exact of loss in velocity space, at the plan's times. */
export interface ConeCourse {
  readonly survival: Float64Array;
  /** <P_l> of those inside. */
  legendre(l: number): Float64Array;
}

/** Solutions by what they depend on: partial results and runs with other seeds ask for the same ones. */
const oracles = new Map<string, PitchOracle>();
const slowest = new Map<string, number>();
/** By the plan's axes, which the plans of a run and of its first particles share. */
const courses = new WeakMap<object, ConeCourse>();
const KEPT = 20;

/** The oracle of a scenario whose loss is a cone in velocity space under one rate; undefined for any other. */
export function coneOracle(scenario: AnalysisScenario, plan: AnalysisPlan): PitchOracle | undefined {
  if (!isExactCone(scenario, plan)) return undefined;
  const { mirrorRatio, nu, xiLossCone } = plan.reference;
  const { sides } = scenario.boundary;
  const { pitch } = scenario.particles;
  const first = Array.from(plan.axes.times).find((t) => t * nu > EARLIEST) ?? 1;
  const earliest = Math.min(0.02, Math.max(EARLIEST, first * nu));
  return remembered(oracles, KEPT, JSON.stringify([mirrorRatio, sides, pitch, earliest]), () =>
    scatteringOracle({ mirrorRatio, sides, start: startOf(pitch, xiLossCone), earliest }),
  );
}

/**
 * Survival and Legendre moments of loss in velocity space, exact. At t = 0 all are inside, those who start in a cone too;
 * NaN at times before nu t = 0.001 and where nobody is left.
 */
export function coneCourse(scenario: AnalysisScenario, plan: AnalysisPlan): ConeCourse | undefined {
  const known = courses.get(plan.axes);
  if (known !== undefined) return known;
  const oracle = coneOracle(scenario, plan);
  if (oracle === undefined) return undefined;
  const { nu, mirrorRatio } = plan.reference;
  const { pitch } = scenario.particles;
  const at = (before: () => number, during: (tau: number) => number) =>
    Float64Array.from(plan.axes.times, (t) => {
      if (t === 0) return before();
      return t * nu < oracle.earliest * (1 - 1e-9) ? NaN : during(Math.min(t * nu, 1e6));
    });
  const moments = new Map<number, Float64Array>();
  const course: ConeCourse = {
    survival: at(
      () => 1,
      (tau) => oracle.survival(tau),
    ),
    legendre(l) {
      let curve = moments.get(l);
      if (curve === undefined) {
        curve = at(
          () => averageOverPitch(pitch, mirrorRatio, (xi) => legendre(l, xi)),
          (tau) => oracle.legendre(l, tau) / oracle.survival(tau),
        );
        moments.set(l, curve);
      }
      return curve;
    },
  };
  courses.set(plan.axes, course);
  return course;
}

/** Loss rate [1/s] and mean loss time [s] in the limits of weak and of strong scattering. */
export interface Limits {
  readonly lossRate: readonly Limit[];
  readonly confinementTime: readonly Limit[];
}

const none: Limits = { lossRate: [], confinementTime: [] };
const limits = new WeakMap<object, Limits>();

/**
 * What the rates of a mirror that loses at its throats tend to, for one rate of scattering and no forces: as
 * `nu length/v -> 0` the slowest mode of the bounce average and `<ln[R(1 - xi0^2)]>/(2 nu)` (single wells), for
 * `1/R << nu length/v << R` the full loss cone's `2 R V/v` (one speed).
 */
export function scatteringLimits(scenario: AnalysisScenario, plan: AnalysisPlan): Limits {
  let found = limits.get(plan.axes);
  if (found === undefined) {
    found = findLimits(scenario, plan);
    limits.set(plan.axes, found);
  }
  return found;
}

function findLimits(scenario: AnalysisScenario, plan: AnalysisPlan): Limits {
  const { boundary, motion, potential, parallelField } = scenario;
  const { nu, mirrorRatio, speed, oneSpeed, Bmin } = plan.reference;
  if (boundary.kind !== 'throat' || motion.kind === 'homogeneous' || !(mirrorRatio > 1)) return none;
  if (potential !== null || parallelField !== null || !hasOneRate(plan)) return none;
  const field = buildField(scenario.field as FieldSpec);
  const lossRate: Limit[] = [];
  const confinementTime: Limit[] = [];
  try {
    const lambda = remembered(
      slowest,
      KEPT,
      JSON.stringify(scenario.field),
      () => bounceOracle(field, { start: { xi: 0 }, earliest: 0.05 }).eigenvalues[0],
    );
    const weak = 'nu length/v -> 0';
    lossRate.push({ value: lambda * nu, label: weak });
    confinementTime.push({ value: weakTime(scenario, plan, field), label: weak });
  } catch (error) {
    // several wells: there is no one bounce to average over
    if (!(error instanceof RangeError)) throw error;
  }
  if (oneSpeed) {
    const time = meanLossTimeStrongScattering(mirrorRatio, fluxTubeLength(field, Bmin), speed);
    const strong = '1/R << nu length/v << R';
    lossRate.push({ value: 1 / time, label: strong });
    confinementTime.push({ value: time, label: strong });
  }
  return { lossRate, confinementTime };
}

/** `<ln[R(1 - xi0^2)]>/(2 nu)` over the start; those who start in the loss cone leave at once. */
function weakTime(scenario: AnalysisScenario, plan: AnalysisPlan, field: ReturnType<typeof buildField>): number {
  const { nu, mirrorRatio, Bmin, xiLossCone } = plan.reference;
  const { pitch, place } = scenario.particles;
  if (place.kind === 'midplane') {
    const points = startPoints(startOf(pitch, xiLossCone), [-xiLossCone, xiLossCone]);
    return points.reduce((sum, { xi, weight }) => sum + weight * meanLossTime(mirrorRatio, xi, nu), 0);
  }
  let sum = 0;
  let all = 0;
  for (const { s, xi, weight } of starts(scenario, plan, field, [1 / mirrorRatio])) {
    const m = ((1 - xi * xi) * Bmin) / field.strength(s);
    sum += weight * meanLossTime(mirrorRatio, Math.sqrt(Math.max(0, 1 - m)), nu);
    all += weight;
  }
  return sum / all;
}
