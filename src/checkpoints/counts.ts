/**
 * Whether the parts of a state fit together. A check sum finds damage, but no forger, and no fault of whoever wrote the file:
 * what is said twice in it must be the same.
 */

import { faultsOf } from '../engine/faultWatch.js';
import { EngineError, type EnginePlan, particlesIn, type RunState } from '../engine/index.js';
import type { Header } from './header.js';

/** Every particle of a finished block has one fate, and is counted in the group of its block. */
function checkFates({ tallies, blocks }: RunState, plan: EnginePlan): void {
  const { groups, strata = 1 } = plan;
  const wanted = new Array<number>(groups).fill(0);
  for (const block of blocks) wanted[Math.floor(block / strata) % groups] += particlesIn([block], plan);
  for (let group = 0; group < groups; group++) {
    const found = tallies.integers('fates', group).reduce((sum, count) => sum + count, 0n);
    if (found !== BigInt(wanted[group]))
      throw bad(
        `its tallies have ${found} particles in group ${group} (must be ${wanted[group]}, those of its blocks)`,
      );
  }
}

/** Numerical faults are counted in the tallies too, and lie in blocks that are finished. */
function checkFaults({ tallies, blocks, faults }: RunState, plan: EnginePlan): void {
  const split = plan.tallies.some(({ name }) => name === 'rareFates');
  const integers = (name: string) => BigInt64Array.from(tallies.integers(name));
  const count = faultsOf({ fates: integers('fates'), ...(split && { rareFates: integers('rareFates') }) });
  const fits =
    faults.count === count &&
    faults.blocks.length <= count &&
    faults.blocks.length > 0 === count > 0 &&
    faults.blocks.every((block) => block < plan.blocks && blocks.has(block));
  if (!fits) throw bad(`its ${faults.count} numerical faults are not those of its tallies, which have ${count}`);
}

/**
 * Checks that a state is that of its blocks and of its header.
 * @throws EngineError that names what does not fit
 */
export function checkCounts({ particles }: Pick<Header, 'particles'>, state: RunState, plan: EnginePlan): void {
  const done = particlesIn(state.blocks, plan);
  if (particles.done !== done || particles.total !== plan.particles)
    throw bad(
      `its header says ${particles.done} of ${particles.total} particles (must be ${done} of ${plan.particles}, those of its blocks)`,
    );
  checkFates(state, plan);
  checkFaults(state, plan);
}

const bad = (what: string) => new EngineError('BAD_STATE', what);
