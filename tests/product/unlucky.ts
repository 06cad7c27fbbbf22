/** Accidents that workers meet with, and blocks that end in disorder: a platform tells its workers (`unluckyWorker`) of them. */
import type { Platform, Port } from '../../src/platform/index.js';
import { telling } from './carry.js';

/** What happens, once, and where: before the worker has begun, in the middle of a block, or when its tallies are asked for. */
export interface Accident {
  readonly kind: 'exit' | 'throw' | 'trap' | 'hang';
  readonly block: number;
  readonly when: 'start' | 'middle' | 'end';
}

/** What a worker is told beside its calls. */
export interface Fate {
  readonly accident?: Accident;
  readonly dawdle?: true;
}

export interface Unlucky {
  readonly platform: Platform;
  /** Those that no worker has been told of yet. */
  readonly left: Accident[];
  /** Blocks by the order in which they ended, where each is a chunk; of each worker but its last. */
  readonly ended: number[];
  /** Blocks that each worker has ended. */
  readonly shares: ReadonlyMap<Port, number>;
}

/** A platform with these accidents, each at a block of its own, whose workers dawdle. */
export function unlucky(platform: Platform, accidents: readonly Accident[]): Unlucky {
  const left = [...accidents];
  const ended: number[] = [];
  const before = new Map<Port, number>();
  const shares = new Map<Port, number>();
  const tell = (port: Port, fate: Fate) => port.postMessage(fate);
  const told = telling(platform, ({ call, blocks }, port) => {
    if (call === 'prepare') tell(port, { dawdle: true });
    if (before.has(port)) {
      ended.push(before.get(port)!);
      shares.set(port, (shares.get(port) ?? 0) + 1);
    }
    if (call === 'run') before.set(port, blocks[0]);
    const i = left.findIndex(({ when, block }) => (call === 'prepare' ? when === 'start' : blocks.includes(block)));
    if (i >= 0) tell(port, { accident: left.splice(i, 1)[0] });
  });
  return { platform: told, left, ended, shares };
}
