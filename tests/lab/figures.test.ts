import { expect, it } from 'vitest';
import { figures } from '../../src/figures/index.js';
import { parseScenario, run } from '../../src/index.js';
import { drawable, drawOne, figureList, tablesOf } from '../../src/lab/session/figures.js';
import { numberRows } from '../../src/lab/session/numbers.js';
import { resultTables } from '../../src/results/index.js';

const workerUrl = new URL('../../dist/worker.js', import.meta.url);
const scenario = parseScenario('particles: { count: 2048 }\ntimes: { count: 10, collisionTimes: 1 }');

it('gives every figure of a run the tables with its numbers', async () => {
  const result = await run(scenario, { workers: 1, workerUrl }).result;
  const names = new Set([...resultTables(result)].map(({ name }) => name));
  const list = await figureList(result);
  expect(list.length).toBeGreaterThan(8);
  for (const { name, tables } of list)
    expect(
      tables.filter((table) => !names.has(table)),
      name,
    ).toEqual([]);
  expect(tablesOf('none')).toEqual(['none']);
});

it('draws a run that goes on, and calls it none that was interrupted', async () => {
  for await (const part of run(scenario, { workers: 1, workerUrl })) {
    const { svg } = (await drawOne(drawable(part), figures[4].name, 640))!;
    expect(svg).toMatch(/^<svg /);
    expect(svg).not.toContain('interrupted');
    const rows = numberRows(part.estimates);
    expect(rows.find(({ name }) => name === 'trappedFraction')?.reference).toBeCloseTo(0.98387, 4);
    const known = rows.map(({ value }) => Number.isFinite(value));
    expect(known.lastIndexOf(true)).toBeLessThan(known.includes(false) ? known.indexOf(false) : known.length);
    break;
  }
});
