/**
 * The same bits however a run is carried out: every preset, every odd scenario and all orbits, in real workers with the real kernel, against
 * the golden hashes. `npm test` takes every two ways together with the scenarios whose tallies are small; `npm run product` takes all ways
 * with those, and every two with all others (an hour).
 */
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunOptions } from '../../src/engine/index.js';
import { planOrbits } from '../../src/plan/orbits/plan.js';
import { planRun } from '../../src/plan/plan.js';
import { nodePlatform } from '../../src/platform/index.js';
import * as library from '../../src/scenario/index.js';
import { bundled } from '../engine/build.js';
import golden from '../golden.json';
import { kernelModule } from '../kernel/load.js';
import orbitGolden from '../orbits/golden.json';
import { variedOrbits } from '../orbits/varied.js';
import { varied } from '../varied.js';
import { carriedOut } from './carry.js';
import { unlucky } from './unlucky.js';
import { covering, inWords, missing, placed, ways } from './ways.js';

const every = process.env.EVERY_WAY === 'yes';

/** With two or three blocks in each group: 2 is the only prime between one and all. */
const all = ways(2);
const hashes: Readonly<Record<string, string>> = { ...golden, ...orbitGolden };
const scenarios = [
  ...varied(library).map((scenario) => ({ name: scenario.name, plan: () => planRun(scenario) })),
  ...variedOrbits(library).map(([name, scenario]) => ({ name, plan: () => planOrbits(scenario) })),
];
/** Those whose tallies take long to hand over. */
const heavy = new Set([
  ...['filling-weak', 'filling-medium', 'filling-strong', 'dipole-electrons', 'ambipolar', 'maxwellian', 'square-well'],
  ...['multi-mirror', 'steady-mirror', 'relativistic', 'fed-at-many-speeds'],
]);
const light = scenarios.filter(({ name }) => !heavy.has(name));
const few = covering(all);
const pairs = every
  ? scenarios.flatMap((scenario) => (heavy.has(scenario.name) ? few : all).map((way) => ({ ...scenario, way })))
  : light.map((scenario, i) => ({ ...scenario, way: few[i] ?? all[(5 * i) % all.length] }));

let options: RunOptions;
beforeAll(async () => {
  options = { wasm: kernelModule(), workerUrl: await bundled('../product/unluckyWorker', 'product') };
});

/** Runs in which workers could overtake each other, and those in which one did: the machine decides. */
const overtaking = { possible: 0, seen: 0 };

describe('a run has the bits of its scenario', () => {
  it.each(pairs.map((pair) => [pair.name, inWords(pair.way), pair] as const))(
    '%s: %s',
    async (name, _, { way, plan: planned }) => {
      const plan = planned();
      const accidents = placed(way, plan);
      const { platform, left, ended, shares } = unlucky(nodePlatform, accidents);
      const silent = accidents.some(({ kind }) => kind === 'hang') && { hangSeconds: every ? 3 : 2 };
      const { result, before, from } = await carriedOut(plan, way, { ...options, platform, ...silent });
      expect(result).toMatchObject({ hash: hashes[name], complete: true });
      if (from && plan.blocks > 1) {
        expect(from.blocks.count).toBeGreaterThan(0);
        expect(from.blocks.count).toBeLessThan(plan.blocks);
      }
      // Each accident has happened, but where the run was interrupted just then; a worker that does not start makes no block run again. More may
      // be run again where a crowded machine lets a worker fall silent.
      expect(left).toEqual([]);
      const met = accidents.filter(({ when }) => when !== 'start').length;
      const retries = result.retries + (before?.retries ?? 0);
      expect(retries).toBeGreaterThanOrEqual(way.resumed ? Math.min(1, met) : met);
      // (where a second worker came up in time to overtake)
      const busy = [...shares.values()].filter((blocks) => blocks >= 10).length;
      if (way.workers === 1 || way.chunkBlocks > 1 || busy < 2) return;
      overtaking.possible++;
      if (ended.some((block, i) => i > 0 && block < ended[i - 1])) overtaking.seen++;
    },
    240_000,
  );

  it('has runs whose blocks ended in disorder among them', () => {
    console.log(`blocks ended in disorder in ${overtaking.seen} of ${overtaking.possible} runs in which they could`);
    expect(overtaking.seen).toBeGreaterThan(0);
  });

  it('has every two ways of carrying it out together among them', () => {
    const taken = pairs.map(({ way }) => way);
    expect(missing(taken, all)).toEqual([]);
    expect(missing(taken.slice(0, 6), all), 'negative control').not.toEqual([]);
    if (every) expect(new Set(pairs.map(({ name }) => name)).size).toBe(Object.keys(hashes).length);
  });
});
