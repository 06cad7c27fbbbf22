/** The two ends of a message channel that the engine needs: what a worker, a port and a worker's global scope have in common. */
export interface Port {
  postMessage(message: unknown, transfer?: Transferable[]): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject): void;
}

/** A worker as the engine sees it. */
export interface SpawnedWorker {
  readonly port: Port;
  /** Calls back once when the worker exits, throws outside a call, fails to load, or a message cannot be delivered. */
  onFailure(listener: (reason: Error) => void): void;
  /** Ends the worker, whatever it is doing; resolves when it is gone. */
  terminate(): Promise<void>;
}

/** A SHA-256 under way. */
export interface Digest {
  update(bytes: Uint8Array): unknown;
  /** Ends the message: 64 hexadecimal digits. */
  hex(): string;
}

/** Everything that differs between Node and a browser. Tests inject their own. */
export interface Platform {
  readonly name: 'node' | 'browser';
  /** The runtime in words, e.g. `Node 20.20.2 (linux x64)`. */
  readonly runtime: string;
  /** Number of workers that `'auto'` stands for, >= 1. */
  cores(): number;
  /** Memory that could still be used [bytes], limits of a container included. */
  memoryAtHand(): number;
  /**
   * Starts a worker.
   *
   * @param url its script; by default `worker.js` beside the module that is running
   */
  spawn(url?: string | URL): SpawnedWorker;
  /** Inside a worker: the port to whoever started it. */
  parentPort(): Port;
  /** A SHA-256, the machine's own where it has one that takes a message in pieces: gigabytes of tallies are hashed. */
  digest(): Digest;
  /** Reads a file or an address whole. */
  readBytes(place: string | URL): Promise<Uint8Array<ArrayBuffer>>;
  /** Writes a file so that its name never stands for half of its content. @throws Error where there are no files */
  writeBytes(path: string, bytes: Uint8Array): Promise<void>;
}
