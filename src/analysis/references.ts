import { legendreDecayRate as decayRate } from '../physics/legendre.js';
import { lossEigenvalue, lossRate as slowestRate } from '../physics/lossModes.js';
import { meanLossTime } from '../physics/lossTimes.js';
import type { AnalysisPitch, AnalysisPlan, AnalysisScenario } from './types.js';

/** Whether no particle can leave: every boundary but the throat and the cone. */
export function isClosed(scenario: AnalysisScenario): boolean {
  return scenario.boundary.kind !== 'throat' && scenario.boundary.kind !== 'cone';
}

/** Whether all particles scatter at one and the same rate, for ever. */
export function hasOneRate(plan: AnalysisPlan): boolean {
  return plan.reference.oneRate && plan.reference.nu > 0;
}

/**
 * Whether all particles are lost in the same course of time: one rate, and one speed (or energy, of a start at one place) unless
 * scattering alone decides. Where they are not there is no slowest mode: those lost last set the rate more and more.
 */
export function areLostAlike(scenario: AnalysisScenario, plan: AnalysisPlan): boolean {
  if (!hasOneRate(plan)) return false;
  const { speed, place } = scenario.particles;
  return plan.reference.oneSpeed || onlyScattering(scenario) || (speed?.kind === 'mono' && place.kind !== 'fluxTube');
}

/** Whether nothing but scattering changes the pitch: no mirror force, no electric field. */
export function onlyScattering(scenario: AnalysisScenario): boolean {
  if (scenario.motion.kind === 'homogeneous') return true;
  return scenario.field.kind === 'uniform' && scenario.potential === null && scenario.parallelField === null;
}

/**
 * Exact decay rate of <P_l>: `l (l + 1) nu`, where one rate scatters the pitch, nothing else changes it and nothing is
 * lost.
 * @returns [1/s], or undefined where no such law holds (odd l at a reflecting wall: it turns the pitch round)
 */
export function legendreDecayRate(l: number, scenario: AnalysisScenario, plan: AnalysisPlan): number | undefined {
  if (!isClosed(scenario) || !hasOneRate(plan) || !onlyScattering(scenario)) return undefined;
  const turned = scenario.boundary.kind === 'reflecting' && scenario.motion.kind !== 'homogeneous';
  return turned && l % 2 === 1 ? undefined : decayRate(l, plan.reference.nu);
}

/** Whether loss is a cone in velocity space under one rate: the case whose loss rates and times are exact. */
export function isExactCone(scenario: AnalysisScenario, plan: AnalysisPlan): boolean {
  const cone = scenario.boundary.kind === 'cone' && plan.reference.mirrorRatio > 1;
  return cone && hasOneRate(plan) && onlyScattering(scenario);
}

/** Exact rate of the slowest mode of a cone in velocity space [1/s]; undefined in any other scenario. */
export function coneLossRate(scenario: AnalysisScenario, plan: AnalysisPlan): number | undefined {
  if (!isExactCone(scenario, plan)) return undefined;
  return slowestRate(plan.reference.mirrorRatio, plan.reference.nu, scenario.boundary.sides);
}

/**
 * Rate at which <P_l> of the survivors of a cone in velocity space comes to its value in the slowest mode [1/s]: the next
 * mode's eigenvalue that has a part of that degree, less the slowest one. Undefined in any other scenario.
 */
export function coneApproachRate(l: number, scenario: AnalysisScenario, plan: AnalysisPlan): number | undefined {
  if (!isExactCone(scenario, plan)) return undefined;
  const { mirrorRatio: ratio, nu } = plan.reference;
  const { sides } = scenario.boundary;
  // between two equal cones modes are even or odd, as P_l is
  const next = (sides === undefined || sides === 'both') && l % 2 === 0 ? 2 : 1;
  return (lossEigenvalue(ratio, next, sides) - lossEigenvalue(ratio, 0, sides)) * nu;
}

/** Exact mean loss time of the initial pitch from a cone in velocity space [s]; undefined in any other scenario. */
export function coneConfinementTime(scenario: AnalysisScenario, plan: AnalysisPlan): number | undefined {
  if (!isExactCone(scenario, plan)) return undefined;
  const { mirrorRatio: ratio, nu } = plan.reference;
  const { pitch } = scenario.particles;
  return averageOverPitch(pitch, ratio, (xi) => meanLossTime(ratio, xi, nu, scenario.boundary.sides));
}

/**
 * Average of a function of the pitch cosine over an initial distribution (midpoint rule between the distribution's
 * corners).
 * @param mirrorRatio bounds the range where only trapped particles are started
 * @example
 * averageOverPitch({ kind: 'isotropic', only: 'all' }, 2, (xi) => xi * xi) // ≈ 0.333333
 * averageOverPitch({ kind: 'cosine', xi: 0.5, only: 'all' }, 2, (xi) => xi) // => 0.5
 */
export function averageOverPitch(pitch: AnalysisPitch, mirrorRatio: number, g: (xi: number) => number): number {
  if (pitch.kind === 'cosine') return g(pitch.xi as number);
  const edge = Math.sqrt(1 - 1 / mirrorRatio);
  const own = pitchCorners(pitch);
  const from = Math.max(own[0], pitch.only === 'trapped' ? -edge : -1);
  const to = Math.min(own[own.length - 1], pitch.only === 'trapped' ? edge : 1);
  const corners = [...own, -edge, edge].sort((a, b) => a - b);
  let weight = 0;
  let sum = 0;
  for (let k = 0; k + 1 < corners.length; k++) {
    const low = Math.max(corners[k], from);
    const high = Math.min(corners[k + 1], to);
    if (!(high > low)) continue;
    const n = 2000;
    for (let i = 0; i < n; i++) {
      const xi = low + ((i + 0.5) * (high - low)) / n;
      const density = pitchDensity(pitch, xi) * (high - low);
      weight += density;
      sum += density * g(xi);
    }
  }
  return sum / weight;
}

/** Ends and corners of an initial distribution of the pitch cosine. */
export function pitchCorners(pitch: AnalysisPitch): number[] {
  if (pitch.kind === 'beam') {
    const rim = (pitch.direction ?? 1) * Math.cos(pitch.halfAngle ?? Math.PI);
    return [rim, pitch.direction ?? 1].sort((a, b) => a - b);
  }
  if (pitch.kind === 'table') return Array.from(pitch.xi as ArrayLike<number>);
  return [-1, 1];
}

/** Density per unit xi, not normalised. */
export function pitchDensity(pitch: AnalysisPitch, xi: number): number {
  if (pitch.kind === 'pancake') return (1 - xi * xi) ** ((pitch.power ?? 0) / 2);
  if (pitch.kind === 'table') {
    const x = pitch.xi as ArrayLike<number>;
    const y = pitch.density as ArrayLike<number>;
    let k = 0;
    while (k + 2 < x.length && x[k + 1] <= xi) k++;
    return y[k] + ((xi - x[k]) / (x[k + 1] - x[k])) * (y[k + 1] - y[k]);
  }
  return 1;
}
