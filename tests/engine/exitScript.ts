/** A program of its own that uses the engine and has to end by itself: prints what still holds the process at its end. */
import { run } from '../../src/engine/run.js';
import { expected, fakePlan, type InjectedFault } from './fakeRunner.js';
import { EMPTY_KERNEL } from './kernel.js';

const [, , how, workerUrl] = process.argv;
const memory = (at: number | 'start', times: number, kind: InjectedFault['kind'] = 'out of memory') => ({
  kind,
  at,
  times,
});
const faults: Record<string, InjectedFault[]> = {
  fails: [{ kind: 'throw', at: 17, times: 9 }],
  retries: [
    { kind: 'exit', at: 17, times: 1 },
    { kind: 'hang', at: 40, times: 1 },
  ],
  'runs out of memory': [memory('start', 1), memory(17, 1), memory(40, 1, 'out of memory at the end')],
  'runs out of memory again': [memory(17, 9)],
};
const plan = fakePlan({ slices: 3, sliceMs: 2, faults: faults[how] });
const running = run(plan, {
  wasm: EMPTY_KERNEL,
  workerUrl: new URL(workerUrl),
  workers: 3,
  hangSeconds: how === 'retries' ? 2 : 10,
});
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
    async ({ complete, hash }) =>
      !complete ? 'incomplete' : hash === (await expected(plan).hash()) ? 'complete' : 'other bits',
    (error) => error.code,
  );
  const holding = process.getActiveResourcesInfo().filter((name) => /Worker|MessagePort|Timeout|Immediate/.test(name));
  console.log(JSON.stringify({ outcome, holding }));
}
