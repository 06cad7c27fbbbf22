/** A program of its own that uses the engine and has to end by itself: prints what still holds the process at its end. */
import { run } from '../../src/engine/run.js';
import { fakePlan } from './fakeRunner.js';
import { EMPTY_KERNEL } from './kernel.js';

const [, , how, workerUrl] = process.argv;
const plan = fakePlan({
  slices: 3,
  sliceMs: 2,
  faults:
    how === 'fails'
      ? [{ kind: 'throw', at: 17, times: 9 }]
      : how === 'retries'
        ? [
            { kind: 'exit', at: 17, times: 1 },
            { kind: 'hang', at: 40, times: 1 },
          ]
        : [],
});
const running = run(plan, { wasm: EMPTY_KERNEL, workerUrl: new URL(workerUrl), workers: 3, hangSeconds: 0.5 });
if (how === 'breaks') for await (const _ of running) break;
if (how === 'aborts') for await (const _ of running) running.abort();
if (how === 'pauses') {
  await running.pause();
  running.abort();
}
let outcome = 'failed';
// `forgets`: nobody ever asks for the result of a run that fails.
if (how !== 'forgets') {
  outcome = await running.result.then(
    (result) => (result.complete ? 'complete' : 'incomplete'),
    (error) => error.code,
  );
  const holding = process.getActiveResourcesInfo().filter((name) => /Worker|MessagePort|Timeout|Immediate/.test(name));
  console.log(JSON.stringify({ outcome, holding }));
}
