import { orbitPresets, parseOrbits, parseScenario, presets, run, runOrbits } from 'losscone';
import { describe, expect, it } from 'vitest';
import { commands } from 'vitest/browser';
import golden from '../golden.json';
import orbitGolden from '../orbits/golden.json';
import { variedOrbits } from '../orbits/varied.js';
import { small } from '../small.js';
import { varied } from '../varied.js';

declare module 'vitest/browser' {
  interface BrowserCommands {
    runInNode(scenario: string): Promise<{ hash: string; particles: number }>;
  }
}

it('gives the bits of Node in DOM workers, on a page without isolation', async () => {
  expect(globalThis.crossOriginIsolated).toBe(false);
  const inPage = await run(parseScenario(small), { workers: 2 }).result;
  const inNode = await commands.runInNode(small);
  expect(inPage.particles).toEqual({ done: 20_000, total: 20_000 });
  expect(inPage.hash).toBe(inNode.hash);
  expect(inPage.hash).toMatch(/^[0-9a-f]{64}$/);
});

it('gives the same bits for one worker and for three', async () => {
  const [one, three] = await Promise.all([1, 3].map((workers) => run(parseScenario(small), { workers }).result));
  expect(three.hash).toBe(one.hash);
});

it('tells another seed by its hash', async () => {
  const other = await run(parseScenario(small.replace('seed: 7', 'seed: 8'))).result;
  const inNode = await commands.runInNode(small);
  expect(other.hash).not.toBe(inNode.hash);
});

it('yields partial results that end with the whole', async () => {
  const running = run(parseScenario(small), { workers: 1 });
  let seen = 0;
  let last = 0;
  for await (const partial of running) {
    expect(partial.particles.done).toBeGreaterThan(last);
    last = partial.particles.done;
    seen++;
  }
  expect(seen).toBeGreaterThan(0);
  expect(last).toBe(20_000);
  expect((await running.result).complete).toBe(true);
});

describe('gives the bits of Node', () => {
  it.each(varied({ parseScenario, presets }).map((scenario) => [scenario.name, scenario] as const))(
    'for %s',
    async (name, scenario) => {
      const { hash } = await run(scenario, { workers: 2 }).result;
      expect(hash).toBe((golden as Record<string, string>)[name]);
    },
  );

  it.each(variedOrbits({ parseOrbits, orbitPresets }))('for %s', async (name, scenario) => {
    const { hash } = await runOrbits(scenario, { workers: 2 }).result;
    expect(hash).toBe((orbitGolden as Record<string, string>)[name]);
  });
});
