/** In a page, too, no way of carrying a run out changes its bits: against the golden hashes. */
import { beforeAll, describe, expect, it } from 'vitest';
import wasmUrl from '../../dist/losscone.wasm?url';
import { planOrbits } from '../../src/plan/orbits/plan.js';
import { planRun } from '../../src/plan/plan.js';
import { browserPlatform } from '../../src/platform/index.js';
import * as library from '../../src/scenario/index.js';
import golden from '../golden.json';
import orbitGolden from '../orbits/golden.json';
import { variedOrbits } from '../orbits/varied.js';
import { carriedOut } from '../product/carry.js';
import { unlucky } from '../product/unlucky.js';
import workerUrl from '../product/unluckyWorker.ts?worker&url';
import { covering, inWords, placed, ways } from '../product/ways.js';
import { varied } from '../varied.js';

let wasm: WebAssembly.Module;
beforeAll(async () => {
  wasm = await WebAssembly.compileStreaming(fetch(wasmUrl));
});

const line = varied(library).filter(({ name }) => ['beam', 'forced-sine', 'streaming'].includes(name));
const orbits = variedOrbits(library).filter(([name]) => /^(current-sheet|whistler)/.test(name));
const runs = [
  ...line.map((scenario) => ({
    name: scenario.name,
    hash: (golden as Record<string, string>)[scenario.name],
    plan: planRun(scenario),
  })),
  ...orbits.map(([name, scenario]) => ({
    name,
    hash: (orbitGolden as Record<string, string>)[name],
    plan: planOrbits(scenario),
  })),
];
const pairs = covering(ways(2)).map((way, i) => ({ ...runs[i % runs.length], way }));

describe('a run in a page has the bits of its scenario', () => {
  it.each(pairs.map((pair) => [pair.name, inWords(pair.way), pair] as const))(
    '%s: %s',
    async (_name, _way, { way, plan, hash }) => {
      const { platform, left } = unlucky(browserPlatform, placed(way, plan));
      const how = { platform, wasm, workerUrl, hangSeconds: 2 };
      const { result, from, before } = await carriedOut(plan, way, how);
      expect(result).toMatchObject({ hash, complete: true });
      expect(left).toEqual([]);
      const retries = result.retries + (before?.retries ?? 0);
      if (way.accidents.length === 0) expect(retries).toBe(0);
      else expect(retries).toBeGreaterThan(1);
      if (from) expect(from.blocks.count).toBeLessThan(plan.blocks);
    },
    60_000,
  );
});
