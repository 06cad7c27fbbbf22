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
  runs.paths = await orbitResultHere({ ...sheetInput, name: 'paths', outputs: { trajectories: 6 } });
  runs.driftPaths = await orbitResultHere({ ...bottleInput, motion: 'driftOrbit', outputs: { trajectories: 1 } });
});

const find = (name: string) => orbitFigures.find((figure) => figure.name === name)!;

it('have names of their own', () => {
  const names = [...figures, ...orbitFigures].map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
});

it.each(['bottle', 'sheet', 'wave', 'paths', 'driftPaths'])(
  'of the %s are finite, name their axes and keep marks inside',
  (name) => {
    for (const figure of orbitFigures.filter(({ applies }) => applies?.(runs[name]) !== false)) {
      const drawing = figure.describe(runs[name]);
      for (const size of [{}, { width: 1920, height: 1080 }]) {
        const svg = renderFigure(drawing, { document, ...size });
        expect(svg, figure.name).not.toMatch(/NaN|Infinity|undefined|null/);
        expect(svg, figure.name).toContain(drawing.title);
        if (drawing.kind === 'plot') expect(svg, figure.name).toContain(drawing.yLabel);
      }
    }
  },
);

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
  const ofPaths = ['orbit-path', 'orbit-mu-path', 'orbit-phase-portrait'];
  // those of waves and tori are of neither run
  const applying = (run: OrbitData) =>
    orbitFigures.filter(({ applies }) => applies?.(run) ?? true).map(({ name }) => name);
  expect(names).toEqual(applying(runs.bottle));
  for (const name of [...ofPaths, 'orbit-resonance', 'orbit-poloidal']) expect(names).not.toContain(name);
  for await (const { svg } of drawFigures(runs.bottle, { document, png: false, only: ['orbit-path'] }))
    expect(svg).toContain('No path was kept');
  names.length = 0;
  for await (const { name } of drawFigures(runs.paths, { document, png: false })) names.push(name);
  expect(names).toEqual(applying(runs.paths));
  expect(names).toEqual(expect.arrayContaining([...ofPaths, 'orbit-mu-spread', 'orbit-kick-phase']));
});

it('of paths draw all axes to one scale, mark jumps, and leave out mu where there is no guiding centre', () => {
  const describe = (name: string) => {
    const drawing = find(name).describe(runs.paths);
    if (drawing.kind !== 'plot') throw new Error(`${name}: is empty`);
    return drawing;
  };
  const path = describe('orbit-path');
  expect(path.panels.map(({ title }) => title)).toHaveLength(2);
  for (const { options } of path.panels)
    for (const [width, height] of [
      [500, 280],
      [200, 400],
    ]) {
      const { x, y } = options({ width, height }) as Record<'x' | 'y', { domain: [number, number] }>;
      const scale = (x.domain[1] - x.domain[0]) / width;
      expect((y.domain[1] - y.domain[0]) / height / scale).toBeCloseTo(1, 12);
    }
  expect(path.legend?.entries.map(({ label }) => label)).toContain('jump of μ');
  expect(path.footnote).toContain('The first 2 of 6 paths.');
  const mu = describe('orbit-mu-path');
  expect(mu.footnote).toContain('not drawn where ε ≥ 1');
  expect(mu.legend?.entries.map(({ label }) => label)).toEqual(['raw', 'at the guiding centre', 'jump']);
  expect(find('orbit-mu-path').describe(runs.driftPaths)).toMatchObject({
    legend: { entries: [{ label: 'at the guiding centre' }] },
  });
});

it('say that there is no phase portrait where nothing moves along z', () => {
  const still = runs.paths.trajectories.map((path) => ({ ...path, centreZ: path.centreZ.map(() => 3) }));
  const run = { ...runs.paths, estimates: runs.paths.estimates, trajectories: still } as OrbitData;
  expect(find('orbit-phase-portrait').describe(run)).toMatchObject({ kind: 'empty', reason: 'No path moves along z.' });
});

it('keep files small however long a path is', () => {
  const [path] = runs.paths.trajectories;
  const many = 40_000;
  const long = Object.fromEntries(
    Object.entries(path).map(([key, value]) => [
      key,
      value instanceof Float64Array ? Float64Array.from({ length: many }, (_, i) => value[i % value.length]) : value,
    ]),
  ) as unknown as typeof path;
  const time = Float64Array.from({ length: many }, (_, i) => i);
  const run = { ...runs.paths, estimates: runs.paths.estimates, trajectories: [{ ...long, time }] } as OrbitData;
  for (const name of ['orbit-path', 'orbit-mu-path', 'orbit-phase-portrait'])
    expect(renderFigure(find(name).describe(run), { document }).length, name).toBeLessThan(5e5);
});
