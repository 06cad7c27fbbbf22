import { serve } from '../../src/engine/serve.js';
import { type FakePlan, FakeRunner } from './fakeRunner.js';

serve<FakePlan>((module, plan) => new FakeRunner(module, plan));
