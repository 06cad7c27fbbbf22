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
import { bottleInput, orbitResultHere, sheetInput, waveInput } from '../orbits/resultHere.js';

let document: DrawingDocument;
const runs: Record<string, OrbitData> = {};
beforeAll(async () => {
  document = await serverDocument();
  runs.bottle = await orbitResultHere(bottleInput);
  runs.sheet = await orbitResultHere(sheetInput);
  runs.wave = await orbitResultHere(waveInput);
});

const find = (name: string) => orbitFigures.find((figure) => figure.name === name)!;

it('have names of their own', () => {
  const names = [...figures, ...orbitFigures].map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
});

it.each(['bottle', 'sheet', 'wave'])('of the %s are finite, name their axes and keep marks inside', (name) => {
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

it('mark resonances with waves, and what was found', () => {
  expect(find('orbit-resonance').applies?.(runs.wave)).toBe(true);
  const drawing = find('orbit-resonance').describe(runs.wave);
  expect(drawing.kind === 'plot' && drawing.legend?.entries.map(({ label }) => label)).toEqual([
    'estimate ± 1σ',
    'resonance',
    'its half width',
    'found',
  ]);
});

it('are those that are drawn of such a run', async () => {
  const names: string[] = [];
  for await (const { name } of drawFigures(runs.bottle, { document, png: false })) names.push(name);
  const about = orbitFigures.filter((figure) => figure.applies?.(runs.bottle) ?? true);
  expect(names).toEqual(about.map(({ name }) => name));
  expect(names).not.toContain('orbit-resonance');
});
