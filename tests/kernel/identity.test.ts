import { describe, expect, it } from 'vitest';
import { runHere, scenario } from '../validation/runHere.js';

/** Final state of particles 0 .. 63 by number, or null where they have ended. */
function first64(count: number, parts: Record<string, unknown>) {
  const size = Math.max(1, Math.min(1024, Math.floor(count / 64)));
  const found = new Map<number, string>();
  const { particles, ...rest } = parts as { particles?: Record<string, unknown> };
  const run = runHere(scenario({ particles: { count, ...particles }, ...rest }), (lanes, block) => {
    lanes.id.forEach((id, i) => {
      const number = block * size + id;
      if (number < 64) found.set(number, [lanes.s[i], lanes.xi[i], lanes.m[i], lanes.p[i]].join(' '));
    });
  });
  return { found, run };
}

const cases = {
  'lost at throats': {
    field: { kind: 'parabolic', B: '1 T', ratio: 2, length: '2 m' },
    collisions: { strength: 1 },
    boundary: 'throat',
    motion: { kind: 'guidingCentre', step: '0.1 us' },
    times: { at: { unit: 's', values: [1e-6, 5e-6] } },
  },
  'lost at a throat, many speeds': {
    particles: { speed: { kind: 'shell', from: '1e4 m/s', to: '1e6 m/s' } },
    field: { kind: 'multiMirror', B: '1 T', ratio: 2, cells: 1, length: '2 m' },
    collisions: { rate: { law: 'powerLaw', value: '1e5 /s', at: '1e6 m/s', index: -1 } },
    boundary: 'throat',
    times: { at: { unit: 's', values: [2e-6, 6e-6] } },
  },
  'lost in a cone': {
    field: { kind: 'uniform', B: '1 T', length: '2 m' },
    collisions: { rate: '1e4 /s' },
    boundary: { kind: 'cone', ratio: 2 },
    motion: 'homogeneous',
    times: { at: { unit: 's', values: [5e-6, 4e-5] } },
  },
  'with a potential': {
    field: { kind: 'parabolic', B: '1 T', ratio: 2, length: '2 m' },
    potential: { kind: 'parabolic', drop: '500 V' },
    collisions: { strength: 1 },
    boundary: 'throat',
    motion: { kind: 'guidingCentre', step: '0.1 us' },
    times: { at: { unit: 's', values: [5e-6] } },
  },
};

describe("a particle's path is its own, whoever shares its block", () => {
  for (const [name, parts] of Object.entries(cases)) {
    it(name, () => {
      const alone = first64(64, parts);
      const among = first64(64 * 50, parts);
      const many = first64(64 * 1024, parts);
      // some have ended, so that lanes were moved
      expect(alone.found.size).toBeGreaterThan(5);
      expect(alone.found.size).toBeLessThan(64);
      for (const other of [among, many]) {
        expect([...other.found.keys()].sort((a, b) => a - b)).toEqual([...alone.found.keys()].sort((a, b) => a - b));
        for (const [number, state] of alone.found) expect(other.found.get(number), `particle ${number}`).toBe(state);
      }
      // another seed is another path
      const other = first64(64, { ...parts, seed: 2 });
      const same = [...alone.found].filter(([number, state]) => other.found.get(number) === state);
      expect(same).toEqual([]);
    });
  }
});
