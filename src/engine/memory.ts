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
  if (needed > allowed) {
    const advice = [];
    if (memoryNeeded(plan, 1) <= allowed) advice.push(`use fewer than ${workers} workers`);
    advice.push(...reduction(plan), 'allow more with --memory');
    throw new MemoryError(
      `memory: the run needs ${readable(needed)} with ${workers} worker${workers === 1 ? '' : 's'} ` +
        `(must be at most ${readable(allowed)}, half of the memory at hand unless set): ${advice.join(', or ')}`,
      needed,
      allowed,
    );
  }
  const inKernel = plan.tallies.reduce((sum, spec) => sum + kernelBytes(spec), 0);
  if (inKernel > KERNEL_BYTES) {
    throw new MemoryError(
      `memory: the tallies of one worker take ${readable(inKernel)} (must be at most ${readable(KERNEL_BYTES)}, what a ` +
        `WebAssembly memory holds): ${reduction(plan).join('')}`,
      inKernel,
      KERNEL_BYTES,
    );
  }
}

/** The error of a run that fits in the memory at hand, but not in what this runtime gives. */
export function outOfMemory(plan: EnginePlan, workers: number, allowed: number, reason: string): MemoryError {
  const needed = memoryNeeded(plan, workers);
  return new MemoryError(
    `memory: the run needs ${readable(needed)}, which this runtime does not give (${reason}): ${reduction(plan).join('')}`,
    needed,
    allowed,
  );
}

/** What a run that is too large could do without. */
function reduction(plan: EnginePlan): string[] {
  const largest = plan.tallies.toSorted((a, b) => bytes(b, plan.groups) - bytes(a, plan.groups))[0];
  if (!largest) return [];
  const shape = largest.axes.map((axis, i) => `${largest.shape[i]} ${axis}`).join(' x ');
  return [`reduce the largest tally '${largest.name}' (${shape})`];
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

/** Addresses of 32 bits, less what the kernel keeps for itself. */
const KERNEL_BYTES = 2 ** 32 - 2 ** 26;

/** Bytes of a tally in a worker's kernel; the table of single particles is kept outside it. */
function kernelBytes(spec: TallySpec): number {
  return spec.sparse ? 0 : tallySize(spec) * (spec.kind === 'count' ? 4 : 8);
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
