import { EngineError } from './engine/errors.js';
import type { EngineResult } from './engine/result.js';

/** Share of the particles that may end with a numerical fault before the run counts as failed. */
const allowed = 1e-6;

/** Which entry of the tally `fates` counts numerical faults: confined, lost left, lost right, time limit, fault. */
const faultEntry = 4;

/** Too many particles ended with a numerical fault: the result would not be that of the scenario. */
export class NumericalFaultError extends EngineError {
  override readonly name = 'NumericalFaultError';

  /**
   * @param faults particles that ended with a fault
   * @param particles particles that were run
   * @param groups jackknife groups that hold them: block b is in group b mod 32
   */
  constructor(
    readonly faults: number,
    particles: number,
    readonly groups: readonly number[],
  ) {
    super(
      'NUMERICAL_FAULT',
      `numerical faults: ${faults} of ${particles} particles (must be at most 1 in 1e6), in the blocks b with ` +
        `b mod 32 = ${groups.join(', ')}: run one of them alone, or take a shorter motion.step`,
    );
  }
}

/**
 * Lets no run pass whose losses might be faults of its arithmetic.
 *
 * @throws NumericalFaultError where more than 1 in 1e6 particles ended with a fault, with where they are
 */
export function checkFaults({ tallies, particles, plan }: EngineResult): void {
  const faults = tallies.total('fates')[faultEntry];
  if (faults <= allowed * particles.done) return;
  const groups = Array.from({ length: plan.groups }, (_, g) => g).filter(
    (g) => tallies.group('fates', g)[faultEntry] > 0,
  );
  throw new NumericalFaultError(faults, particles.done, groups);
}
