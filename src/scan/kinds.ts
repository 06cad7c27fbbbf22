/** What a scan's point may be of: a motion along a line, or orbits in space. */
import { planOrbits } from '../plan/orbits/plan.js';
import { planRun } from '../plan/plan.js';
import {
  formatOrbits,
  formatScenario,
  isOrbitInput,
  type OrbitInput,
  type OrbitScenario,
  type ParseOptions,
  parseOrbits,
  parseScenario,
  type Scenario,
  type ScenarioInput,
} from '../scenario/index.js';

/** A validated scenario of either kind. */
export type AnyScenario = Scenario | OrbitScenario;
/** What a user may write of either kind. */
export type AnyInput = ScenarioInput | OrbitInput;

/** Whether a scenario is one of orbits in space. */
export const isOrbitScenario = (scenario: AnyScenario): scenario is OrbitScenario => isOrbitInput(scenario);

/** Reads a scenario of either kind. @throws ScenarioError with every fault */
export function readAny(document: AnyInput, options: ParseOptions): AnyScenario {
  return isOrbitInput(document)
    ? parseOrbits(document as OrbitInput, options)
    : parseScenario(document as ScenarioInput, options);
}

/** Particle-steps of a scenario, about. @throws PlanError where it cannot be run */
export function stepsOf(scenario: AnyScenario): number {
  return (isOrbitScenario(scenario) ? planOrbits(scenario) : planRun(scenario)).stepsEstimate;
}

/** A scenario as YAML: what its numbers hang on. */
export function textOf(scenario: AnyScenario): string {
  return isOrbitScenario(scenario) ? formatOrbits(scenario) : formatScenario(scenario);
}
