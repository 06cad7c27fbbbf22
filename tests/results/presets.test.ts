import { beforeAll, describe, expect, it } from 'vitest';
import { distribution, estimate } from '../../src/analysis/index.js';
import { Tallies } from '../../src/engine/tallies.js';
import { type DrawingDocument, figures, renderFigure, serverDocument } from '../../src/figures/index.js';
import { BlockRunner } from '../../src/kernel/index.js';
import { planRun } from '../../src/plan/plan.js';
import type { ResultData } from '../../src/results/data.js';
import { encodeResults } from '../../src/results/encode.js';
import { decodeResults } from '../../src/results/read.js';
import { summarise } from '../../src/results/summary.js';
import { resultTable } from '../../src/results/table.js';
import { parseScenario, presets } from '../../src/scenario/index.js';
import { kernelModule } from '../kernel/load.js';

/** The first blocks of a preset, as a run that was interrupted; of its times only a few, since each is stored again and again. */
async function beginning(yaml: string, blocks: number): Promise<ResultData> {
  const whole = parseScenario(yaml);
  const scenario = {
    ...whole,
    particles: { ...whole.particles, count: 16_384 },
    times: { ...whole.times, count: Math.min(whole.times.count, 12) },
  };
  const plan = planRun(scenario);
  const runner = new BlockRunner(kernelModule(), plan);
  const tallies = new Tallies(plan.tallies, plan.groups);
  for (let block = 0; block < blocks; block++) {
    for (const _ of runner.runBlock(block));
    tallies.add(block % plan.groups, runner.collect());
  }
  return {
    scenario,
    plan,
    tallies,
    estimates: estimate(scenario, plan, tallies),
    distributions: distribution(scenario, plan, tallies),
    hash: await tallies.hash(),
    complete: false,
    particles: { done: blocks * plan.blockSize, total: plan.particles },
    steps: 1,
    seconds: 1,
    workers: 1,
    provenance: { version: '0', kernelHash: '0', runtime: 'test', started: '2026-11-23T12:00:00Z' },
    warnings: plan.warnings,
  };
}

let document: DrawingDocument;
beforeAll(async () => {
  document = await serverDocument();
});

describe('the kernel’s own results', () => {
  for (const { name, yaml } of presets)
    it(`${name}: are tabulated, summed up, drawn, stored, and read back to the same table and figures`, async () => {
      const result = await beginning(yaml, 2);
      const back = (await decodeResults(await encodeResults(result, { yaml }))) as ResultData & {
        scenarioYaml: string;
      };
      expect(back.scenarioYaml).toBe(yaml);
      expect(resultTable(back)).toBe(resultTable(result));
      expect(summarise(back)).toEqual(summarise(result));
      for (const figure of figures) {
        const svg = renderFigure(figure.describe(result), { document });
        expect(svg, figure.name).not.toMatch(/NaN|Infinity|undefined/);
        expect(renderFigure(figure.describe(back), { document }), figure.name).toBe(svg);
      }
      for (const { name: tally } of result.plan.tallies) {
        const stored = back.tallies.integers(tally);
        // An assertion on 100,000 big integers at once would take seconds.
        expect(Array.from(result.tallies.integers(tally)).findIndex((value, i) => value !== stored[i])).toBe(-1);
      }
    });
});
