import { notes, short } from './estimates.js';
import { coneOracle } from './exact.js';
import type { One, Sample } from './sample.js';
import type { AnalysisScenario, Curve, Estimate } from './types.js';

/** Losses counted with their weights, for a run with rare-event splitting. */
export interface RareLosses {
  /** Probability of being lost before the end of the run: at both ends, at the left one, at the right one. */
  readonly lossProbability: Estimate;
  readonly lossProbabilityLeft: Estimate;
  readonly lossProbabilityRight: Estimate;
  /** The same against time; the weighted survival is 1 less the first. */
  readonly lossProbabilityCurve: Curve;
  readonly lossProbabilityLeftCurve: Curve;
  readonly lossProbabilityRightCurve: Curve;
}

const SIDES = [
  { name: '', label: '', sides: [0, 1] },
  { name: 'Left', label: ' at the left', sides: [0] },
  { name: 'Right', label: ' at the right', sides: [1] },
] as const;

/**
 * Probability of being lost before t, from rare-event splitting: `P(t) = sum over levels k of 2^-k losses(k, before t)/n`, without bias
 * for any levels (a branch that splits leaves two of half its weight). Jackknife errors over the groups: the branches of one particle
 * are not independent, particles are. Exact theory where loss is a cone in velocity space under one rate.
 * @returns undefined for a run without splitting
 */
export function rareLosses(sample: Sample, scenario: AnalysisScenario): RareLosses | undefined {
  const levels = sample.plan.reference.rareLevels ?? 0;
  if (levels === 0) return undefined;
  const edges = Float64Array.from(sample.plan.axes.lossTimeEdges);
  const bins = edges.length - 1;
  const exact = exactCurve(sample, scenario, edges);
  const all: Record<string, Estimate | Curve> = {};
  for (const { name, label, sides } of SIDES) {
    const { value, standardError, degreesOfFreedom } = sample.jackknife(['rareLosses'], ([losses], particles) => {
      const curve = new Float64Array(bins + 1);
      for (let k = 0; k <= levels; k++)
        for (const side of sides)
          for (let i = 0; i < bins; i++) curve[i + 1] += losses[(k * 2 + side) * bins + i] / (particles * 2 ** k);
      for (let i = 0; i < bins; i++) curve[i + 1] += curve[i];
      return curve;
    });
    const branches = countOf(sample.total('rareLosses'), bins, sides);
    const reference = sides.length === 2 ? exact : undefined;
    const end = reference?.[bins] ?? NaN;
    all[`lossProbability${name}`] = {
      ...probability(
        { value: value[bins], standardError: standardError[bins], degreesOfFreedom },
        branches,
        levels,
        `probability of a loss${label} (before the end of the run)`,
      ),
      ...(Number.isFinite(end) && { reference: end }),
    };
    all[`lossProbability${name}Curve`] = {
      x: edges,
      value,
      standardError,
      ...(reference && { reference }),
      xLabel: 'time',
      xUnit: 's',
      label: `probability of a loss${label} before t`,
      unit: '1',
    };
  }
  return all as unknown as RareLosses;
}

/** Below this an exact probability, whose absolute error is about 1e-12, is not known to a per cent. */
const LEAST_EXACT = 1e-10;

/** P(t) from the deterministic oracle; NaN where it does not know it. */
function exactCurve(sample: Sample, scenario: AnalysisScenario, times: Float64Array): Float64Array | undefined {
  const oracle = coneOracle(scenario, sample.plan);
  if (oracle === undefined) return undefined;
  return times.map((t) => {
    const tau = t * sample.plan.reference.nu;
    if (tau < oracle.earliest) return NaN;
    const lost = oracle.lostBefore(tau);
    return lost > LEAST_EXACT ? lost : NaN;
  });
}

/** Branches lost at these sides. */
function countOf(losses: Float64Array, bins: number, sides: readonly number[]): number {
  let count = 0;
  losses.forEach((n, i) => {
    if (sides.includes(Math.floor(i / bins) % 2)) count += n;
  });
  return count;
}

function probability(one: One, branches: number, levels: number, label: string): Estimate {
  const unit = '1';
  if (branches === 0)
    return {
      value: NaN,
      standardError: NaN,
      unit,
      label,
      note: 'no branch was lost: rarer than this number of particles shows',
    };
  const relative = one.standardError / one.value;
  return {
    ...one,
    unit,
    label,
    note: notes(
      `${short(branches)} lost branches of ${levels} levels`,
      relative > 0 && `relative error ${short(100 * relative)} %`,
      // fewer independent ancestors than groups show no error
      relative > 0.2 && 'too few for an error to be trusted',
    ),
  };
}
