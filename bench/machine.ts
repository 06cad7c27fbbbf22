/** What every benchmark prints beside its times, and how it sums them up. */
import { cpus } from 'node:os';

export function machine(): string {
  const list = cpus();
  return `${list.length} x ${list[0]?.model.trim() ?? 'unknown processor'}, Node ${process.versions.node}, V8 ${process.versions.v8}`;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function spread(values: readonly number[]): string {
  return `${Math.min(...values).toFixed(3)} .. ${Math.max(...values).toFixed(3)}`;
}
