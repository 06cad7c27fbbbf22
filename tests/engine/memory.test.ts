import { describe, expect, it } from 'vitest';
import { affordableWorkers, checkMemory, memoryNeeded, outOfMemory } from '../../src/engine/memory.js';
import { run } from '../../src/engine/run.js';
import { cpuTime } from '../cpu.js';
import { fakePlan } from './fakeRunner.js';
import { EMPTY_KERNEL } from './kernel.js';

const plan = fakePlan({ memory: { perWorker: 100e6, host: 50e6 } });

describe('checkMemory', () => {
  it('allows exactly what is needed', () => {
    const needed = memoryNeeded(plan, 2);
    expect(needed).toBe(50e6 + 2 * 100e6);
    expect(() => checkMemory(plan, 2, needed)).not.toThrow();
    expect(() => checkMemory(plan, 2, needed - 1)).toThrow(expect.objectContaining({ needed, allowed: needed - 1 }));
  });

  it('says what it needs, what there is and what to reduce', () => {
    expect(() => checkMemory(plan, 2, 240e6)).toThrow(
      'memory: the run needs 250 MB (250000000 bytes) with 2 workers (must be at most 240 MB (240000000 bytes), half of ' +
        "the memory at hand unless set): use fewer than 2 workers, or reduce the largest tally 'counts' (3 time x 5 xi), " +
        'or allow more with --memory',
    );
    expect(() => checkMemory(plan, 2, 149e6)).not.toThrow(/use fewer/);
    expect(() => checkMemory(plan, 1, 0)).toThrow(/with 1 worker \(must be at most 0 bytes, .*\): reduce the largest/);
  });
});

describe('tallies that no machine holds', () => {
  const huge = (shape: number[]) => {
    const spec = { kind: 'count', axes: ['time', 'speed', 'xi'], grouped: false, quantum: 1, unit: '1' } as const;
    return fakePlan({ tallies: [{ name: 'local', shape, ...spec }], memory: { perWorker: 1e12, host: 1e12 } });
  };

  it('are refused before anything is allocated', async () => {
    const start = cpuTime();
    const running = run(huge([10_001, 512, 4096]), { wasm: EMPTY_KERNEL, workers: 2, workerUrl: 'never asked for' });
    await expect(running.result).rejects.toThrow(
      /^memory: the run needs 3\.00 TB .*reduce the largest tally 'local' \(10001 time x 512 speed x 4096 xi\), or allow/,
    );
    expect(cpuTime() - start).toBeLessThan(200);
    const iterate = async () => {
      for await (const _ of run(huge([10_001, 512, 4096]), { wasm: EMPTY_KERNEL, workers: 1 })) return;
    };
    await expect(iterate()).rejects.toMatchObject({ code: 'MEMORY' });
  });

  it('are refused where the kernel cannot address them, however much memory there is', async () => {
    const options = { wasm: EMPTY_KERNEL, workers: 1, memoryLimit: 1e15 };
    await expect(run(huge([10_001, 512, 4096]), options).result).rejects.toThrow(
      /^memory: the tallies of one worker take 83\.9 GB .*WebAssembly memory holds\): reduce the largest tally 'local'/,
    );
  });

  it('are refused where the runtime gives no array of that size', () => {
    expect(outOfMemory(huge([10, 2, 2]), 1, 1e15, 'Invalid typed array length')).toMatchObject({
      code: 'MEMORY',
      message:
        "memory: the run needs 2.00 TB (2000000000000 bytes), which this runtime does not give (Invalid typed array length): reduce the largest tally 'local' (10 time x 2 speed x 2 xi)",
    });
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
