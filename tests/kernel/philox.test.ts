import { describe, expect, it } from 'vitest';
import { BlockRunner, instantiate } from '../../src/kernel/index.js';
import { philox } from '../../src/physics/philox.js';
import { planRun } from '../../src/plan/plan.js';
import { parseScenario } from '../../src/scenario/index.js';
import { scenario } from '../validation/runHere.js';
import { kernelModule } from './load.js';

/** The generator's published known answers: counter, key, result. */
const KNOWN = [
  [
    [0, 0, 0, 0],
    [0, 0],
    [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  ],
  [
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    [0xffffffff, 0xffffffff],
    [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  ],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xa4093822, 0x299f31d0],
    [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  ],
] as const;

describe('Philox', () => {
  it('gives the known answers', () => {
    const kernel = instantiate(kernelModule());
    for (const [counter, key, answer] of KNOWN) {
      kernel.prepare(key[0], key[1]);
      const [a, b, c, d] = counter;
      expect([0, 1, 2, 3].map((i) => kernel.philoxWord(i, a, b, c, d) >>> 0)).toEqual(answer);
      expect(philox(counter, [key[0], key[1]])).toEqual(answer);
    }
  });

  const seed = 0x0123456789abcdefn;
  const key = [0x89abcdef, 0x01234567] as const;

  for (const [what, tau] of [
    ['words and kicks in two passes', 0.1],
    ['in one pass', 1e-3],
  ] as const) {
    for (const [count, block] of [
      [64 * 256, 3],
      [2 ** 40, 2 ** 22 + 5],
      [2 ** 40, 2 ** 30 - 1],
    ]) {
      it(`the vector path draws the plain algorithm's words, ${what}, block ${block}`, () => {
        const plan = planRun(
          parseScenario(
            scenario({
              seed: seed.toString(),
              particles: { count },
              field: { kind: 'uniform', B: '1 T', length: '2 m' },
              collisions: { rate: '1e4 /s' },
              boundary: 'none',
              motion: { kind: 'homogeneous', step: `${tau / 1e4} s` },
              times: { at: { unit: 's', values: [(7 * tau) / 1e4] } },
            }),
          ),
        );
        const runner = new BlockRunner(kernelModule(), plan);
        for (const _ of runner.runBlock(block));
        // what is left is the last tile's second draw: seven kicks are draws 0 and 1
        const tile = Math.min(256, plan.blockSize);
        const words = new Uint32Array(runner.kernel.memory.buffer, runner.kernel.WORDS.value as number, 4 * tile);
        const first = block * plan.blockSize + plan.blockSize - tile;
        for (let lane = 0; lane < tile; lane++) {
          const particle = first + lane;
          const high = Math.floor(particle / 2 ** 32);
          const expected = philox([particle % 2 ** 32, 1, high << 8, 0], [key[0], key[1]]);
          const found = [0, 1, 2, 3].map((q) => words[(lane >> 2) * 16 + q * 4 + (lane & 3)]);
          expect(found, `particle ${particle}`).toEqual(expected);
        }
      });
    }
  }
});
