import { Sha256 } from '../engine/sha256.js';
import type { Platform, SpawnedWorker } from './platform.js';

const GIB = 2 ** 30;
/** What is taken for granted where a browser does not tell. */
const ASSUMED_MEMORY = 4 * GIB;

/** A page, or a worker of one: DOM workers, no files. */
export const browserPlatform: Platform = {
  name: 'browser',

  get runtime() {
    return navigator.userAgent;
  },

  cores() {
    // One core is left to the page, which has to stay responsive.
    return Math.max(1, (navigator.hardwareConcurrency || 2) - 1);
  },

  memoryAtHand() {
    const told = (navigator as { deviceMemory?: number }).deviceMemory;
    return told ? told * GIB : ASSUMED_MEMORY;
  },

  spawn(url) {
    // Bundlers find a worker by this very expression, so it may not be pulled apart.
    const worker = url
      ? new Worker(url, { type: 'module', name: 'losscone' })
      : new Worker(new URL('./worker.js', import.meta.url), { type: 'module', name: 'losscone' });
    return spawned(worker);
  },

  parentPort() {
    return globalThis as unknown as ReturnType<Platform['parentPort']>;
  },

  digest() {
    return new Sha256();
  },

  async readBytes(place) {
    const response = await fetch(place);
    if (!response.ok) throw new Error(`${place}: the server answered ${response.status} (must be 200)`);
    return new Uint8Array(await response.arrayBuffer());
  },

  async writeBytes(path) {
    throw new Error(`${path}: a browser has no files to write (offer the bytes as a download instead)`);
  },
};

function spawned(worker: Worker): SpawnedWorker {
  let tell: ((reason: Error) => void) | undefined;
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    // A script that cannot be loaded gives an event without words.
    tell?.(new Error(event.message || 'its script could not be loaded'));
  });
  worker.addEventListener('messageerror', () => tell?.(new Error('a message could not be delivered')));
  return {
    port: worker,
    onFailure(listener) {
      tell = listener;
    },
    async terminate() {
      worker.terminate();
    },
  };
}
