import { describe, expect, it } from 'vitest';
import { affordableWorkers, checkMemory, memoryNeeded } from '../../src/engine/memory.js';
import { fakePlan } from './fakeRunner.js';

const plan = fakePlan({ memory: { perWorker: 100e6, host: 50e6 } });

describe('checkMemory', () => {
  it('allows exactly what is needed', () => {
    const needed = memoryNeeded(plan, 2);
    expect(needed).toBe(50e6 + 2 * 100e6);
    expect(() => checkMemory(plan, 2, needed)).not.toThrow();
    expect(() => checkMemory(plan, 2, needed - 1)).toThrow(expect.objectContaining({ needed, allowed: needed - 1 }));
  });

  it('says what it needs, what there is and what to reduce', () => {
    expect(() => checkMemory(plan, 2, 1000)).toThrow(
      'memory: the run needs 250 MB (250000000 bytes) with 2 workers (must be at most 1.00 kB (1000 bytes), half of the ' +
        "memory at hand unless set): use fewer than 2 workers, or reduce the largest tally 'counts' (3 time x 5 xi), " +
        'or allow more with --memory',
    );
    expect(() => checkMemory(plan, 1, 0)).toThrow(/with 1 worker \(must be at most 0 bytes, .*\): reduce the largest/);
  });
});

describe('affordableWorkers', () => {
  it('is as many as fit, and one where none does', () => {
    expect(affordableWorkers(plan, 8, memoryNeeded(plan, 3))).toBe(3);
    expect(affordableWorkers(plan, 8, memoryNeeded(plan, 3) - 1)).toBe(2);
    expect(affordableWorkers(plan, 2, 1e12)).toBe(2);
    expect(affordableWorkers(plan, 8, 10)).toBe(1);
  });
});
