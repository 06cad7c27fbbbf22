import { coneCourse, scatteringLimits } from './exact.js';
import { growthTheory } from './growthTheory.js';
import type { AnalysisPlan, AnalysisScenario } from './types.js';

/**
 * Solves what no particle decides of a run's estimates and what takes a second or two, so that `estimate` finds it solved:
 * for while the particles run. The plans of the parts of a run share it.
 */
export function solveTheory(scenario: AnalysisScenario, plan: AnalysisPlan): void {
  growthTheory(scenario, plan);
  scatteringLimits(scenario, plan);
  coneCourse(scenario, plan);
}
