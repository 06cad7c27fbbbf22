import { describe, expect, it } from 'vitest';
import { BlockSet } from '../../src/engine/blockSet.js';
import { ChunkSource, chunkLength } from '../../src/engine/chunks.js';
import { fakePlan } from './fakeRunner.js';

describe('ChunkSource', () => {
  it.each([
    [0, 32, 1],
    [1, 32, 1],
    [31, 32, 4],
    [64, 32, 1],
    [65, 32, 2],
    [97, 32, 2],
    [100, 7, 13],
    [1000, 32, 7],
    [1000, 1, 3],
    [1000, 32, Number.POSITIVE_INFINITY],
  ])('covers %i blocks in %i groups once, in chunks of up to %i', (blocks, groups, length) => {
    const source = new ChunkSource(blocks, groups, length);
    const announced = source.remaining;
    const seen = new BlockSet(blocks);
    let chunks = 0;
    for (let chunk = source.next(); chunk; chunk = source.next()) {
      chunks++;
      expect(source.remaining).toBe(announced - chunks);
      expect(chunk.blocks.length).toBeGreaterThan(0);
      expect(chunk.blocks.length).toBeLessThanOrEqual(length);
      for (const block of chunk.blocks) {
        expect(block % groups).toBe(chunk.group);
        expect(seen.add(block)).toBe(true);
      }
    }
    expect(chunks).toBe(announced);
    expect(seen.count).toBe(blocks);
  });

  it('keeps the blocks of a set together, in the group of the set', () => {
    const source = new ChunkSource(40, 32, 2, 64, 3);
    const seen = new BlockSet(3 * 104);
    for (let chunk = source.next(); chunk; chunk = source.next()) {
      expect(chunk.blocks.length % 3).toBe(0);
      chunk.blocks.forEach((block, i) => {
        expect(block).toBe(chunk.blocks[i - (i % 3)] + (i % 3));
        expect(Math.floor(block / 3) % 32).toBe(chunk.group);
        expect(block).toBeGreaterThanOrEqual(3 * 64);
        expect(seen.add(block)).toBe(true);
      });
    }
    expect(seen.count).toBe(3 * 40);
    expect(source.next()).toBeUndefined();
  });

  it('does not hold its chunks: the 97,657 blocks of 1e8 particles cost as much as 64', () => {
    const source = new ChunkSource(97_657, 32, 1);
    expect(source.remaining).toBe(97_657);
    expect(Object.values(source).every((value) => typeof value === 'number')).toBe(true);
    expect(source.next()).toEqual({ group: 0, blocks: [0] });
    expect(source.next()).toEqual({ group: 1, blocks: [1] });
  });
});

describe('chunkLength', () => {
  it('grows with the tallies, which every chunk has to hand over', () => {
    const shape = [1000, 64, 128];
    const spec = {
      name: 'f',
      kind: 'count',
      axes: ['t', 'v', 'xi'],
      shape,
      grouped: false,
      quantum: 1,
      unit: '1',
    } as const;
    const small = fakePlan({ blocks: 1e6, particles: 1.6e7, stepsEstimate: 1e12 });
    expect(chunkLength(small, 2)).toBe(14);
    expect(chunkLength({ ...small, tallies: [spec] }, 2)).toBe(Math.floor((20 * 1000 * 64 * 128) / (1e6 + 16 * 20)));
    // the table of single particles travels as rows
    expect(chunkLength({ ...small, tallies: [{ ...spec, sparse: true }] }, 2)).toBe(14);
  });

  it('is one block where blocks are long or few', () => {
    expect(chunkLength(fakePlan({ blocks: 977, stepsEstimate: 1e10 }), 2)).toBe(1);
    expect(chunkLength(fakePlan({ blocks: 64, stepsEstimate: 64 }), 7)).toBe(1);
  });

  it('is many blocks where they are short: 1e8 particles of 10 steps', () => {
    const plan = fakePlan({ particles: 1e8, blocks: 97_657, stepsEstimate: 1e9 });
    const length = chunkLength(plan, 2);
    expect(length).toBeGreaterThan(50);
    // Still enough chunks that the last ones end together.
    expect(new ChunkSource(plan.blocks, plan.groups, length).remaining).toBeGreaterThan(16);
  });

  it('is no more than the sums of a kernel have room for, however short the blocks', () => {
    const plan = fakePlan({ blocks: 1e6, particles: 1.6e7, stepsEstimate: 1 });
    expect(chunkLength(plan, 2)).toBeGreaterThan(1000);
    expect(chunkLength({ ...plan, mostParticlesOfChunk: 16_384 }, 2)).toBe(1024);
    expect(chunkLength({ ...plan, mostParticlesOfChunk: 10 }, 2)).toBe(1);
  });

  it('is at least one whatever the estimate', () => {
    for (const stepsEstimate of [0, Number.POSITIVE_INFINITY, Number.NaN]) {
      expect(chunkLength(fakePlan({ stepsEstimate }), 1)).toBeGreaterThanOrEqual(1);
    }
  });
});
