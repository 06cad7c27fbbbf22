/** What a process holds, as Linux tells it. */
import { readdirSync, readFileSync } from 'node:fs';

const KILOBYTE = 1024;
/** V8 keeps addresses of this and more free behind every WebAssembly memory, so that indices need no check. */
const GUARD = 2 ** 32;
const PAGE = 65536;

/** Resident memory [bytes]. */
export function residentBytes(pid: number | 'self' = 'self'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) * KILOBYTE;
}

/** Pages of 64 KiB of all WebAssembly memories, those of workers too: what is writable just before a guard. */
export function wasmPages(): number {
  let pages = 0;
  let before = { end: 0, bytes: 0, writable: false };
  for (const line of readFileSync('/proc/self/maps', 'utf8').split('\n')) {
    const found = /^([0-9a-f]+)-([0-9a-f]+) (\S{4})/.exec(line);
    if (!found) continue;
    const [start, end] = [found[1], found[2]].map((hex) => Number.parseInt(hex, 16));
    if (found[3].startsWith('---') && end - start >= GUARD && before.writable && before.end === start)
      pages += Math.round(before.bytes / PAGE);
    before = { end, bytes: end - start, writable: found[3].startsWith('rw') };
  }
  return pages;
}

export const descriptors = (): number => readdirSync('/proc/self/fd').length;
/** Threads of the process: its workers, and those of the runtime, whose number stays. */
export const threads = (): number => readdirSync('/proc/self/task').length;
