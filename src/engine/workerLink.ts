import type { SpawnedWorker } from '../platform/platform.js';
import { WorkerFailure } from './errors.js';
import { IDLE, isStatus, type Reply, type WorkerApi, type WorkerStatus } from './protocol.js';
import { connect, type Remote } from './remote.js';

/**
 * One worker and the guarantee that every call to it settles: with its answer, or with a `WorkerFailure` as soon as the worker exits,
 * throws outside a call, fails to load, cannot deliver a message, stops giving signs of life, or is closed.
 */
export class WorkerLink {
  /** What the worker said last of itself. */
  status: WorkerStatus = IDLE;
  #worker: SpawnedWorker;
  #remote: Remote<WorkerApi> | undefined;
  #failure: WorkerFailure | undefined;
  #waiting = new Set<(failure: WorkerFailure) => void>();
  #onFailure: (failure: WorkerFailure) => void;
  #polling = false;
  #silent = 0;
  #closed: Promise<void> | undefined;

  /**
   * @param worker the worker, just started
   * @param onFailure called once when it fails, calls waiting or not; not when it is closed
   */
  constructor(worker: SpawnedWorker, onFailure: (failure: WorkerFailure) => void) {
    this.#worker = worker;
    this.#onFailure = onFailure;
    worker.onFailure((reason) => this.#fail(new WorkerFailure(reason.message, undefined, reason)));
    this.#remote = connect<WorkerApi>(worker.port);
  }

  /** Calls the worker; a fault that it reports is thrown as `WorkerFailure`. */
  async ask<T>(call: (remote: Remote<WorkerApi>) => Promise<Reply<T>>): Promise<T> {
    const reply = await this.call(call);
    if (!reply.fault) return reply.value;
    const { name, message, block } = reply.fault;
    throw new WorkerFailure(name === 'Error' ? message : `${name}: ${message}`, block, reply.fault);
  }

  /** Calls the worker. */
  call<T>(call: (remote: Remote<WorkerApi>) => Promise<T>): Promise<T> {
    // Not Promise.race against one long-lived promise: that would keep a reaction for every poll of a run that lasts days.
    return new Promise((resolve, reject) => {
      const remote = this.#remote;
      if (this.#failure || !remote) return reject(this.#failure);
      this.#waiting.add(reject);
      call(remote)
        .then(resolve, (error: unknown) => {
          const reason = error instanceof Error ? error.message : String(error);
          reject(new WorkerFailure(reason, undefined, error));
        })
        .finally(() => this.#waiting.delete(reject));
    });
  }

  /**
   * Asks for the status unless the last question is still open. A poll without an answer, or one that shows no progress where there should
   * be some, is a silent one; too many in a row fail the worker. Polls and not seconds are counted, so that a suspended machine or a host
   * that is busy itself kills nobody.
   *
   * @param limit silent polls in a row that mean the worker hangs
   * @param expectProgress whether it has work
   * @param seconds how long that is, for the message
   */
  poll(limit: number, expectProgress: boolean, seconds: number): void {
    if (this.#failure) return;
    if (this.#silent >= limit) {
      this.#fail(new WorkerFailure(`the worker gave no sign of progress for ${seconds} s`));
      return;
    }
    this.#silent++;
    if (this.#polling) return;
    this.#polling = true;
    this.call((remote) => remote.status()).then(
      (status) => {
        if (!isStatus(status))
          return this.#fail(new WorkerFailure('the worker sent no status where one was asked for'));
        const before = this.status;
        const moved = status.steps !== before.steps || status.block !== before.block || status.busy !== before.busy;
        this.status = status;
        this.#polling = false;
        if (moved || !expectProgress) this.#silent = 0;
      },
      () => {},
    );
  }

  /** Starts counting silent polls afresh. */
  forgive(): void {
    this.#silent = 0;
  }

  /** Ends the worker; calls that wait are rejected. Resolves when it is gone. */
  close(): Promise<void> {
    this.#onFailure = () => {};
    this.#fail(new WorkerFailure('the worker was stopped'));
    return this.#closed as Promise<void>;
  }

  #fail(failure: WorkerFailure): void {
    if (this.#failure) return;
    this.#failure = failure;
    this.#closed = this.#worker.terminate().catch(() => {});
    // comlink keeps the port for as long as somebody has the proxy, and the port what waits for an answer, which is all of the run.
    this.#remote = undefined;
    for (const reject of this.#waiting) reject(failure);
    this.#waiting.clear();
    this.#onFailure(failure);
  }
}
