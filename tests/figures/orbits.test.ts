import { beforeAll, expect, it } from 'vitest';
import {
  type DrawingDocument,
  drawFigures,
  figures,
  orbitFigures,
  renderFigure,
  serverDocument,
} from '../../src/figures/index.js';
import type { OrbitData } from '../../src/results/data.js';
import { bottleInput, orbitResultHere, sheetInput } from '../orbits/resultHere.js';

let document: DrawingDocument;
const runs: Record<string, OrbitData> = {};
beforeAll(async () => {
  document = await serverDocument();
  runs.bottle = await orbitResultHere(bottleInput);
  runs.sheet = await orbitResultHere(sheetInput);
});

const find = (name: string) => orbitFigures.find((figure) => figure.name === name)!;

it('have names of their own', () => {
  const names = [...figures, ...orbitFigures].map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
});

it.each(['bottle', 'sheet'])('of the %s are finite, name their axes and keep marks inside', (name) => {
  for (const figure of orbitFigures) {
    const drawing = figure.describe(runs[name]);
    for (const size of [{}, { width: 1920, height: 1080 }]) {
      const svg = renderFigure(drawing, { document, ...size });
      expect(svg, figure.name).not.toMatch(/NaN|Infinity|undefined|null/);
      expect(svg, figure.name).toContain(drawing.title);
      if (drawing.kind === 'plot') expect(svg, figure.name).toContain(drawing.yLabel);
    }
  }
});

it('show mu at the guiding centre beside the raw one', () => {
  const drawing = find('orbit-mu-spread').describe(runs.bottle);
  expect(drawing.kind === 'plot' && drawing.legend?.entries.map(({ label }) => label)).toEqual([
    'at the guiding centre',
    'raw, at the particle',
  ]);
});

it('show how far mu is from its start where it is broken, and say so where no bin tells', () => {
  expect(find('orbit-mu-ratio').describe(runs.bottle)).toMatchObject({
    kind: 'empty',
    reason: expect.stringContaining('to 10 %'),
  });
  expect(find('orbit-mu-ratio').describe(runs.sheet).kind).toBe('plot');
});

it('are those that are drawn of such a run', async () => {
  const names: string[] = [];
  for await (const { name } of drawFigures(runs.bottle, { document, png: false })) names.push(name);
  expect(names).toEqual(orbitFigures.map(({ name }) => name));
});
