/** The process of the runs: what drives a browser keeps memory too, and would be taken for the engine's. */
import { fork } from 'node:child_process';

/** What there is after a round, and what the results were. */
export interface Round {
  readonly sampled: Readonly<Record<string, number>>;
  readonly hashes: readonly string[];
}

/** Runs of a round that are cancelled. */
export const CANCELS = 4;

/**
 * What the runtime keeps to be fast, which would hide what piles up: V8 goes on to optimise code for hours, and glibc gives some 3 MB to
 * each thread more that happens to run at once, eight to a core at most.
 */
const calm = { execArgv: ['--expose-gc', '--no-opt'], env: { ...process.env, MALLOC_ARENA_MAX: '2' } };

/** Starts that process from this script; `next` lets it do a round. */
export function rounds(script: string, args: readonly string[]): { next(): Promise<Round>; end(): void } {
  const child = fork(script, args, calm);
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
