/**
 * Runs the tests while the machine stands still again and again: all processes at once, as where another machine has its cores, and each
 * thread on its own, as where it waits for its turn. No test may be decided by that: what fails here would some day fail by chance.
 *
 *   npm run stalls [-- SEED [arguments of vitest]]
 *
 * The seed is that of the processes' stalls; the threads' are new each time. Linux alone. Where a test promises a time, it measures that of a fellow thread (tests/fellow.ts) or CPU time.
 */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { seeded } from './cli/command/killed.js';

/** Between two stalls on average, and the longest of them; the mean is a third of that [ms]. */
const [processesEvery, processesLongest] = [1500, 1500];
const [threadsEvery, threadsLongest] = [700, 1000];

const [seed = '1', ...tests] = process.argv.slice(2);
const random = seeded(Number(seed));

/** Loaded by every thread of every process. A thread that waits so leaves its core to others. */
const preload = `
  const never = new Int32Array(new SharedArrayBuffer(4));
  const { setTimeout } = globalThis;
  const next = () => setTimeout(() => {
    Atomics.wait(never, 0, 0, ${threadsLongest} * Math.random() ** 2);
    next();
  }, -${threadsEvery} * Math.log(1 - Math.random())).unref();
  next();`;

/** A process and all that it has started. */
function tree(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    } catch {
      // it has ended
    }
  }
  const below = (pid: number): number[] => [pid, ...(children.get(pid) ?? []).flatMap(below)];
  return below(root);
}

function tell(pids: Iterable<number>, signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // it has ended
    }
  }
}

const options = `--import=data:text/javascript,${encodeURIComponent(preload)}`;
const vitest = spawn('npx', ['vitest', 'run', '--config', 'tests/vitest.config.ts', ...tests], {
  stdio: 'inherit',
  env: { ...process.env, NODE_OPTIONS: options },
});
let stalls = 0;
let still = 0;
let stopped = new Set<number>();
// Nobody is left standing.
process.on('exit', () => tell(stopped, 'SIGCONT'));
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    vitest.kill(signal);
    process.exit(1);
  });
vitest.on('exit', (code) => {
  console.log(`seed ${seed}: all processes stood still ${stalls} times, ${(still / 1000).toFixed(0)} s in all`);
  process.exit(code ?? 1);
});
while (true) {
  await sleep(-processesEvery * Math.log(1 - random()));
  stopped = new Set<number>();
  // Twice: one of them may just have started another.
  for (let turn = 0; turn < 2; turn++) {
    const fresh = tree(vitest.pid!).filter((pid) => !stopped.has(pid));
    tell(fresh, 'SIGSTOP');
    for (const pid of fresh) stopped.add(pid);
  }
  const ms = processesLongest * random() ** 2;
  await sleep(ms);
  tell(stopped, 'SIGCONT');
  stalls++;
  still += ms;
}
