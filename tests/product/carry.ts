/** Carries a run out in a given way. */
import { bodyBytes, decodeState, encodeState } from '../../src/checkpoints/format.js';
import { type EnginePlan, type Running, type RunOptions, type RunState, run } from '../../src/engine/index.js';
import type { Platform, Port } from '../../src/platform/index.js';
import { header } from '../checkpoints/header.js';
import type { Way } from './ways.js';

/** What a worker is told to do; without blocks where it is to make itself ready. */
export interface Order {
  readonly call: 'prepare' | 'run';
  readonly blocks: readonly number[];
}

/** The order in a message to a worker, if it is one. */
export function orderIn(message: unknown): Order | undefined {
  const { path = [], argumentList = [] } = message as { path?: string[]; argumentList?: { value: number[] }[] };
  if (path[0] === 'prepare') return { call: 'prepare', blocks: [] };
  if (path[0] === 'run') return { call: 'run', blocks: argumentList[0].value };
}

/** A platform that tells of every order to a worker, before the worker gets it. */
export function telling(platform: Platform, given: (order: Order, port: Port) => void): Platform {
  return {
    ...platform,
    spawn(url) {
      const spawned = platform.spawn(url);
      const { port } = spawned;
      return {
        ...spawned,
        port: {
          postMessage(message, transfer) {
            const order = orderIn(message);
            if (order) given(order, port);
            port.postMessage(message, transfer);
          },
          addEventListener: (type, listener) => port.addEventListener(type, listener),
          removeEventListener: (type, listener) => port.removeEventListener(type, listener),
        },
      };
    },
  };
}

/** As much of a run as is done when a worker is given its twentieth chunk. */
async function begun(plan: EnginePlan, options: RunOptions & { platform: Platform }) {
  let chunks = 0;
  const running: Running = run(plan, {
    ...options,
    platform: telling(options.platform, ({ call }) => {
      if (call === 'run' && ++chunks === 20) queueMicrotask(() => running.abort());
    }),
  });
  const before = await running.result;
  return { before, from: running.state() };
}

/** What a file keeps of a state; one of a gigabyte stays where it is. */
const kept = async (state: RunState, plan: EnginePlan): Promise<RunState> =>
  bodyBytes(plan) > 1e8 ? state : decodeState(await encodeState(header, state)).state(plan);

/**
 * Carries a run out.
 * @returns its result; and the state and result it was interrupted with, where it was
 */
export async function carriedOut(plan: EnginePlan, way: Way, options: RunOptions & { platform: Platform }) {
  const { workers, chunkBlocks, resumed } = way;
  const how = { ...options, workers, chunkBlocks };
  if (!resumed) return { result: await run(plan, how).result };
  const { before, from } = await begun(plan, how);
  return { from, before, result: await run(plan, { ...how, from: await kept(from, plan) }).result };
}
