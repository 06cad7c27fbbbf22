import type { TallySpec } from '../plan/tallies.js';
import { tallySize } from '../plan/tallies.js';
import { MemoryError } from './errors.js';
import type { EnginePlan } from './result.js';

/**
 * Bytes that a run needs with a number of workers.
 *
 * @example
 * memoryNeeded({ memory: { perWorker: 30e6, host: 70e6 } }, 4) // 190000000
 */
export function memoryNeeded(plan: EnginePlan, workers: number): number {
  return plan.memory.host + workers * plan.memory.perWorker;
}

/**
 * Refuses a run that would need more memory than it may take.
 *
 * @param plan the run
 * @param workers number of workers
 * @param allowed bytes it may take: by default half of the memory at hand
 * @throws MemoryError with what it needs, what there is, and what to reduce
 *
 * @example
 * const plan = { memory: { perWorker: 30e6, host: 70e6 }, tallies: [], groups: 32 };
 * checkMemory(plan, 4, 100e6) // throws the run needs 190 MB (190000000 bytes) with 4 workers
 */
export function checkMemory(plan: EnginePlan, workers: number, allowed: number): void {
  const needed = memoryNeeded(plan, workers);
  if (needed <= allowed) return;
  const advice = [];
  if (workers > 1) advice.push(`use fewer than ${workers} workers`);
  const largest = plan.tallies.toSorted((a, b) => bytes(b, plan.groups) - bytes(a, plan.groups))[0];
  if (largest) {
    const shape = largest.axes.map((axis, i) => `${largest.shape[i]} ${axis}`).join(' x ');
    advice.push(`reduce the largest tally '${largest.name}' (${shape})`);
  }
  advice.push('allow more with --memory');
  throw new MemoryError(
    `memory: the run needs ${readable(needed)} with ${workers} worker${workers === 1 ? '' : 's'} ` +
      `(must be at most ${readable(allowed)}, half of the memory at hand unless set): ${advice.join(', or ')}`,
    needed,
    allowed,
  );
}

/**
 * The largest number of workers, at most `wanted`, whose memory is allowed; 1 where even one is too many.
 *
 * @example
 * affordableWorkers({ memory: { perWorker: 30e6, host: 70e6 } }, 8, 200e6) // 4
 */
export function affordableWorkers(plan: EnginePlan, wanted: number, allowed: number): number {
  return Math.max(1, Math.min(wanted, Math.floor((allowed - plan.memory.host) / plan.memory.perWorker)));
}

function bytes(spec: TallySpec, groups: number): number {
  return tallySize(spec) * (spec.kind === 'count' ? 8 : 16) * (spec.grouped ? groups + 1 : 1);
}

function readable(n: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, n)) / 3)));
  const exact = `${Math.ceil(n)} bytes`;
  return power === 0 ? exact : `${(n / 1000 ** power).toPrecision(3)} ${units[power]} (${exact})`;
}
