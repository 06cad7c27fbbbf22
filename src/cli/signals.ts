import { constants } from 'node:os';

/** Ctrl-C, what ends a job, and a terminal that is closed. */
const watched = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
type Watched = (typeof watched)[number];

/** The same signal again within this time [ms] is no second one. */
const ECHO = 300;

/** The code that a process ends with after a signal: 130 after SIGINT, 143 after SIGTERM, 129 after SIGHUP. */
export const signalCode = (signal: Watched): number => 128 + constants.signals[signal];

/** Signals that came while something was running. */
export interface Interruption {
  /** The first signal, if one came. */
  readonly received: Watched | undefined;
  /** From now on signals end the process as usual. */
  release(): void;
}

/**
 * Lets the first of these signals end what is running in good order; a second one quits at once.
 *
 * @param first called at the first signal
 * @param second called before the process quits: the terminal is to be left in order
 */
export function onInterruption(first: (signal: Watched) => void, second: () => void): Interruption {
  let received: Watched | undefined;
  let since = 0;
  const listeners = watched.map((signal) => {
    const listener = () => {
      // `timeout` and some batch systems send theirs to the process and to its group: that is one.
      if (received === signal && performance.now() - since < ECHO) return;
      if (received !== undefined) {
        second();
        process.exit(signalCode(signal));
      }
      received = signal;
      since = performance.now();
      first(signal);
    };
    process.on(signal, listener);
    return { signal, listener };
  });
  return {
    get received() {
      return received;
    },
    release() {
      for (const { signal, listener } of listeners) process.off(signal, listener);
    },
  };
}
