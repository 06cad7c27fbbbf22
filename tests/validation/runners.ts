import { planOrbits } from '../../src/plan/orbits/plan.js';
import { planRun } from '../../src/plan/plan.js';
import type { Runners } from '../../src/validation/index.js';
import { runOrbitPlan } from '../orbits/runHere.js';
import { runPlan } from './runHere.js';

/** Carries a reference case's scenarios out in this thread. */
export const inThisThread: Runners = {
  line: async (scenario) => runPlan(scenario, planRun(scenario)),
  orbits: async (scenario) => runOrbitPlan(planOrbits(scenario)),
};
