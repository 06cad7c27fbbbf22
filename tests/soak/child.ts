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
  return {
    next: () =>
      new Promise((resolve, reject) => {
        const gone = (code: number | null) => reject(new Error(`the process of the runs ended with ${code}`));
        child.once('exit', gone);
        child.once('message', (round) => {
          child.off('exit', gone);
          resolve(round as Round);
        });
        child.send('next');
      }),
    end: () => child.disconnect(),
  };
}
