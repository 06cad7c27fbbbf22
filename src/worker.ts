/** The worker's script: the kernel behind the engine's protocol. Bundled alone, so that one file is all a page has to serve. */
import { serve } from './engine/serve.js';
import { BlockRunner, OrbitRunner } from './kernel/index.js';
import type { OrbitPlan } from './plan/orbits/plan.js';
import type { Plan } from './plan/plan.js';

serve<Plan | OrbitPlan>((module, plan) =>
  'orbits' in plan ? new OrbitRunner(module, plan) : new BlockRunner(module, plan),
);
