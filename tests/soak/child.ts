/** The process of the runs: what drives a browser keeps memory too, and would be taken for the engine's. */
import { fork } from 'node:child_process';

/** What there is after a round, and what the results were. */
export interface Round {
  readonly sampled: Readonly<Record<string, number>>;
  readonly hashes: readonly string[];
}

/** Runs of a round that are cancelled. */
export const CANCELS = 4;

/** Starts that process from this script; `next` lets it do a round. */
export function rounds(script: string, args: readonly string[]): { next(): Promise<Round>; end(): void } {
  const child = fork(script, args, { execArgv: ['--expose-gc'] });
  const gone = new Promise<never>((_, reject) => {
    child.once('exit', (code, signal) =>
      reject(new Error(`soak: the process of the runs ended with ${code ?? signal}`)),
    );
  });
  gone.catch(() => {}); // whoever asks for the next round hears of it
  return {
    next() {
      const round = new Promise<Round>((resolve) => child.once('message', (message) => resolve(message as Round)));
      if (child.connected) child.send('next');
      return Promise.race([round, gone]);
    },
    end() {
      if (child.connected) child.disconnect();
    },
  };
}
