/** The page's end of the session worker. */
import type { FromSession, ToSession } from './messages.js';

export class Session {
  readonly #worker = new Worker(new URL('./session.js', import.meta.url), { type: 'module', name: 'losscone session' });

  constructor(listener: (message: FromSession) => void) {
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FromSession>) => listener(data));
    this.#worker.addEventListener('error', (event) => {
      listener({
        type: 'failed',
        message: event.message || 'the lab: its script could not be loaded (load the page again)',
      });
    });
  }

  send(message: ToSession): void {
    this.#worker.postMessage(message);
  }

  /** Ends the worker, and with it the workers of its run. */
  close(): void {
    this.#worker.terminate();
  }
}
