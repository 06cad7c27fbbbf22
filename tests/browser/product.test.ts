/** In a page, too, no way of carrying a run out changes its bits: against the golden hashes. */
import { beforeAll, describe, expect, it } from 'vitest';
import wasmUrl from '../../dist/losscone.wasm?url';
import { planOrbits } from '../../src/plan/orbits/plan.js';
import { planRun } from '../../src/plan/plan.js';
import { browserPlatform, type Platform } from '../../src/platform/index.js';
import * as library from '../../src/scenario/index.js';
import golden from '../golden.json';
import orbitGolden from '../orbits/golden.json';
import { variedOrbits } from '../orbits/varied.js';
import { carriedOut } from '../product/carry.js';
import { covering, inWords, type Way, ways } from '../product/ways.js';
import { varied } from '../varied.js';
import workerUrl from './clumsyWorker.ts?worker&url';

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

/** A platform whose first workers meet with the accidents of a way, each once, no two at the same block. */
function clumsy({ accidents }: Way): { platform: Platform; spawned: () => number } {
  let spawned = 0;
  const platform: Platform = {
    ...browserPlatform,
    spawn(url) {
      const turn = spawned++;
      const own = new URL(url as string, location.href);
      if (turn < accidents.length) {
        own.searchParams.set('kind', accidents[turn].kind);
        own.searchParams.set('turn', `${turn}`);
      }
      return browserPlatform.spawn(own);
    },
  };
  return { platform, spawned: () => spawned };
}

describe('a run in a page has the bits of its scenario', () => {
  it.each(pairs.map((pair) => [pair.name, inWords(pair.way), pair] as const))(
    '%s: %s',
    async (_name, _way, { way, plan, hash }) => {
      const { platform, spawned } = clumsy(way);
      const { result, from } = await carriedOut(plan, way, { platform, wasm, workerUrl, hangSeconds: 3 });
      expect(result).toMatchObject({ hash, complete: true });
      // Those that met with an accident were replaced.
      if (way.accidents.length > 0) expect(spawned()).toBeGreaterThan(way.accidents.length);
      if (from) expect(from.blocks.count).toBeLessThan(plan.blocks);
    },
    60_000,
  );
});
