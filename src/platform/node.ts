import { memoryAtHand } from './memoryAtHand.js';
import type { Platform, Port, SpawnedWorker } from './platform.js';

/** Node's modules without an import statement, which a browser would trip over. */
interface NodeModules {
  'node:crypto': typeof import('node:crypto');
  'node:fs': typeof import('node:fs');
  'node:fs/promises': typeof import('node:fs/promises');
  'node:os': typeof import('node:os');
  'node:path': typeof import('node:path');
  'node:url': typeof import('node:url');
  'node:worker_threads': typeof import('node:worker_threads');
}

function builtin<K extends keyof NodeModules>(name: K): NodeModules[K] {
  return process.getBuiltinModule(name) as NodeModules[K];
}

/** Whether this is Node or a runtime that offers Node's modules (Bun, Deno). */
export function isNode(): boolean {
  return typeof process === 'object' && typeof process?.getBuiltinModule === 'function';
}

/** Node: worker threads, files, control groups. */
export const nodePlatform: Platform = {
  name: 'node',

  get runtime() {
    const { bun, deno, node } = process.versions;
    const engine = bun ? `Bun ${bun}` : deno ? `Deno ${deno}` : `Node ${node}`;
    return `${engine} (${process.platform} ${process.arch})`;
  },

  cores() {
    const os = builtin('node:os');
    return Math.max(1, os.availableParallelism?.() ?? os.cpus().length);
  },

  memoryAtHand() {
    const { readFileSync } = builtin('node:fs');
    const free = builtin('node:os').freemem();
    return memoryAtHand(free, (path) => {
      try {
        return readFileSync(path, 'utf8');
      } catch {
        return undefined;
      }
    });
  },

  spawn(url = defaultWorker()) {
    const { Worker } = builtin('node:worker_threads');
    // Options meant for the main thread (loaders, inspectors) have no business in a worker that is plain JavaScript, and slow its start.
    return spawned(new Worker(address(url), { execArgv: [], name: 'losscone' }));
  },

  parentPort() {
    const { parentPort } = builtin('node:worker_threads');
    if (!parentPort) throw new Error('worker: this is the main thread (must be started as a worker)');
    return port(parentPort);
  },

  digest() {
    const hash = builtin('node:crypto').createHash('sha256');
    return { update: (bytes) => hash.update(bytes), hex: () => hash.digest('hex') };
  },

  async readBytes(place) {
    if (/^https?:/.test(String(place))) {
      const response = await fetch(place);
      if (!response.ok) throw new Error(`${place}: the server answered ${response.status} (must be 200)`);
      return new Uint8Array(await response.arrayBuffer());
    }
    return Uint8Array.from(await builtin('node:fs/promises').readFile(address(place)));
  },

  async writeBytes(path, bytes) {
    const { open, rename, rm } = builtin('node:fs/promises');
    const { basename, dirname, join } = builtin('node:path');
    // In the same folder, since a rename is atomic only within one file system.
    const fresh = join(dirname(path), `.${basename(path)}.${process.pid}.${unique++}.tmp`);
    try {
      const file = await open(fresh, 'wx');
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(fresh, path);
    } catch (error) {
      await rm(fresh, { force: true });
      throw error;
    }
  },
};

let unique = 0;

/** Bundlers rewrite `new URL('literal', import.meta.url)`; a browser's build has no use for Node's worker. */
function defaultWorker(): URL {
  const name = './worker.js';
  return new URL(name, import.meta.url);
}

/** Node takes file addresses as URL objects only. */
function address(place: string | URL): string | URL {
  return typeof place === 'string' && place.startsWith('file:') ? new URL(place) : place;
}

interface Emitter {
  postMessage(message: unknown, transfer?: readonly never[]): void;
  on(event: 'message', listener: (data: unknown) => void): unknown;
  off(event: 'message', listener: (data: unknown) => void): unknown;
}

/** Node's emitters behind the browser's way of listening. */
function port(emitter: Emitter): Port {
  const listeners = new Map<EventListenerOrEventListenerObject, (data: unknown) => void>();
  return {
    postMessage: (message, transfer) => emitter.postMessage(message, transfer as never[]),
    addEventListener(type, listener) {
      if (type !== 'message' || listeners.has(listener)) return;
      const deliver = (data: unknown) => {
        const event = { data } as MessageEvent;
        if (typeof listener === 'function') listener(event);
        else listener.handleEvent(event);
      };
      listeners.set(listener, deliver);
      emitter.on('message', deliver);
    },
    removeEventListener(_type, listener) {
      const deliver = listeners.get(listener);
      if (deliver) emitter.off('message', deliver);
      listeners.delete(listener);
    },
  };
}

/** A worker that is ended may read its script for so long [ms]: seconds where a machine is crowded. Nobody waits for it meanwhile. */
const LOADING = 10_000;

function spawned(worker: import('node:worker_threads').Worker): SpawnedWorker {
  let gone = false;
  worker.once('exit', () => {
    gone = true;
  });
  // A thread that is ended while it reads its script leaves the file open for as long as the process lives.
  const loaded = new Promise<void>((resolve) => {
    worker.once('message', () => resolve());
    worker.once('exit', () => resolve());
  });
  // An emitter's `error` without a listener ends the process; terminating a worker that is failing may emit one late.
  worker.on('error', () => {});
  return {
    port: port(worker as unknown as Emitter),
    onFailure(listener) {
      worker.once('error', (error) => listener(error instanceof Error ? error : new Error(String(error))));
      worker.once('messageerror', (error) =>
        listener(new Error(`a message could not be delivered (${error.message})`)),
      );
      worker.once('exit', (code) => listener(new Error(`the worker exited with code ${code}`)));
    },
    async terminate() {
      if (gone) return;
      worker.unref();
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, LOADING);
        timer.unref();
      });
      await Promise.race([loaded, late]);
      clearTimeout(timer);
      await worker.terminate();
    },
  };
}
