import { describe, expect, it } from 'vitest';
import { BlockRunner, instantiate } from '../../src/kernel/index.js';
import { philox } from '../../src/physics/philox.js';
import { planRun } from '../../src/plan/plan.js';
import { parseScenario } from '../../src/scenario/index.js';
import { kernelModule } from '../kernel/load.js';
import { scenario } from '../validation/runHere.js';
import { CONTROLS, LAYOUTS, stream } from './streams.js';

const SEED = 0x0123456789abcdefn;
const KEY: [number, number] = [0x89abcdef, 0x01234567];
const CHUNK = 1027; // beyond the first 1,024, so that both halves of a chunk's number count
const QUADS = 1 << 18;
const layout = (name: string) => LAYOUTS.findIndex((one) => one.name === name);
const words = (name: string, chunk: number) => {
  const bytes = stream(layout(name), SEED)(chunk);
  return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
};

/** Word `index` of the engine's own order, by the plain algorithm. */
function inKernelsOrder(chunk: number, index: number): number {
  const [vector, lane] = [index >> 2, index & 3];
  const [q, four] = [vector & 3, (vector >> 2) & 63];
  const [draw, tile] = [(vector >> 8) & 63, vector >> 14];
  return philox([(chunk * 16 + tile) * 256 + four * 4 + lane, draw, 0, 0], KEY)[q];
}

/** Quads of the other layouts: counter and what is added to the seed. */
const quads: Record<string, (chunk: number, i: number) => [number[], number]> = {
  draws: (chunk, i) => [[chunk >> 10, (chunk & 1023) * QUADS + i, 0, 0], 0],
  seeds: (chunk, i) => [[chunk * (QUADS >> 6) + (i >> 6), 0, 0, 0], i & 63],
  replicas: (chunk, i) => [[chunk * (QUADS >> 6) + (i >> 6), 2, 0, i & 63], 0],
  purposes: (chunk, i) => {
    const k = i % 68;
    return [[chunk * Math.floor(QUADS / 68) + Math.floor(i / 68), 1, k < 4 ? k : 60 + k, 0], 0];
  },
};
/** Some places near the start, across every boundary and at the end. */
const places = [0, 1, 2, 3, 63, 64, 67, 68, 255, 256, 16383, 16384, 262139];

describe('the streams of the battery are what the engine draws', () => {
  for (const [name, counter] of Object.entries(quads))
    it(name, () => {
      const found = words(name, CHUNK);
      for (const i of places) {
        const [at, more] = counter(CHUNK, i);
        expect([...found.subarray(4 * i, 4 * i + 4)], `${name} ${i}`).toEqual(philox(at, [KEY[0] + more, KEY[1]]));
      }
    });

  it('particles and steps: one word of each', () => {
    const [across, along] = [words('particles', CHUNK), words('steps', CHUNK)];
    for (const i of places)
      for (let q = 0; q < 4; q++) {
        expect(across[q * QUADS + i]).toBe(philox([(CHUNK & 1023) * QUADS + i, CHUNK >> 10, 0, 0], KEY)[q]);
        expect(along[q * QUADS + i]).toBe(philox([CHUNK >> 10, (CHUNK & 1023) * QUADS + i, 0, 0], KEY)[q]);
      }
  });

  it("the kernel's order, and the bits that kicks take of it", () => {
    const [kernel, azimuths] = [words('kernel', CHUNK), words('azimuth', CHUNK)];
    const angles = stream(layout('angle'), SEED)(CHUNK);
    const signs = stream(layout('signs'), SEED)(CHUNK);
    for (const i of places) {
      const word = inKernelsOrder(CHUNK, i);
      expect(kernel[i]).toBe(word);
      expect(azimuths[i]).toBe(Math.imul(word, 0x01000101) >>> 0);
      expect(angles[3 * i] | (angles[3 * i + 1] << 8) | (angles[3 * i + 2] << 16)).toBe(word >>> 8);
      expect((signs[i >> 3] >> (i & 7)) & 1).toBe(word >>> 31);
    }
  });

  it('uniform numbers to 52 bits', () => {
    const bytes = stream(layout('uniforms'), SEED)(CHUNK);
    const bits = (from: number, number: number) => {
      let value = 0n;
      for (let k = 0; k < number; k++) if (bytes[(from + k) >> 3] & (1 << ((from + k) & 7))) value |= 1n << BigInt(k);
      return Number(value);
    };
    for (const i of places) {
      const [a, b, c, d] = philox([CHUNK * QUADS + i, 3, 2, 0], KEY);
      const uniform = (high: number, low: number) => ((high >>> 5) * 2 ** 26 + (low >>> 6) + 0.5) * 2 ** -53;
      expect(bits(104 * i, 52)).toBe(Math.floor(uniform(a, b) * 2 ** 52));
      expect(bits(104 * i + 52, 52)).toBe(Math.floor(uniform(c, d) * 2 ** 52));
    }
  });

  it('the words and kicks that a run of the engine leaves behind', () => {
    const tau = 0.1;
    const plan = planRun(
      parseScenario(
        scenario({
          seed: SEED.toString(),
          particles: { count: 1 << 20 },
          field: { kind: 'uniform', B: '1 T', length: '2 m' },
          collisions: { rate: '1e4 /s' },
          boundary: 'none',
          motion: { kind: 'homogeneous', step: `${tau / 1e4} s` },
          times: { at: { unit: 's', values: [(4 * tau) / 1e4] } },
        }),
      ),
    );
    const runner = new BlockRunner(kernelModule(), plan);
    for (const _ of runner.runBlock(0));
    const { memory, WORDS, KICKS } = runner.kernel;
    // the last tile of the first block is the fourth of the stream; four kicks are its draw 0
    const place = 3 * 65536;
    const drawn = new Uint32Array(memory.buffer, WORDS.value as number, 1024);
    expect([...words('kernel', 0).subarray(place, place + 1024)]).toEqual([...drawn]);
    const kicks = new Float32Array(memory.buffer, KICKS.value as number, 2048);
    const azimuths = words('azimuth', 0).subarray(place, place + 1024);
    const angles = stream(layout('angle'), SEED)(0).subarray(3 * place, 3 * (place + 1024));
    const angle = (i: number) => angles[3 * i] | (angles[3 * i + 1] << 8) | (angles[3 * i + 2] << 16);
    const turn = (i: number) => kicks[(i >> 2) * 8 + (i & 3)];
    for (let i = 0; i < 1024; i++)
      expect(kicks[(i >> 2) * 8 + 4 + (i & 3)]).toBeCloseTo(Math.cos((2 * Math.PI * azimuths[i]) / 2 ** 32), 5);
    // the turn falls as its 24 bits grow, and depends on nothing else
    const order = Array.from({ length: 1024 }, (_, i) => i).sort((i, j) => angle(i) - angle(j));
    for (let k = 1; k < 1024; k++) expect(turn(order[k])).toBeLessThanOrEqual(turn(order[k - 1]));
  });

  it('controls are no Philox of ten rounds', () => {
    const kernel = instantiate(kernelModule());
    kernel.prepare(KEY[0], KEY[1]);
    for (const { layout: at, rounds, name } of CONTROLS.filter(({ rounds }) => rounds < 10)) {
      const bytes = stream(at, SEED, rounds)(0);
      const first = new Uint32Array(bytes.buffer, bytes.byteOffset, 1)[0];
      expect(first, name).not.toBe(kernel.philoxWord(0, 0, 0, 0, 0) >>> 0);
    }
  });
});
