import { beforeAll, describe, expect, it } from 'vitest';
import {
  type DrawingDocument,
  figures,
  orbitFigures,
  renderReadable,
  serverDocument,
} from '../../src/figures/index.js';
import { axisReading } from '../../src/figures/reading.js';
import type { AnyResult } from '../../src/results/data.js';
import { bottleInput, orbitResultHere, sheetInput, waveInput } from '../orbits/resultHere.js';
import { near, refuted, z } from '../random.js';
import { closedRun, maxwellianRun, mirrorRun } from '../results/fixture.js';

let document: DrawingDocument;
beforeAll(async () => {
  document = await serverDocument();
});

const read = (name: string, result: AnyResult, size = {}) => {
  const figure = [...figures, ...orbitFigures].find((one) => one.name === name)!;
  const drawing = figure.describe(result as never);
  return { drawing, ...renderReadable(drawing, { document, ...size }).reading };
};

describe('what a figure says at its points', () => {
  it('is there for every figure of the registry that draws anything, and lies where it is drawn', async () => {
    const orbits = await Promise.all(
      [bottleInput, sheetInput, waveInput, { ...sheetInput, name: 'paths', outputs: { trajectories: 2 } }].map(
        (input) => orbitResultHere(input),
      ),
    );
    const said = new Set<string>();
    for (const [list, results] of [
      [figures, [mirrorRun(), maxwellianRun(), closedRun()]],
      [orbitFigures, orbits],
    ] as const)
      for (const figure of list)
        for (const result of results) {
          if (figure.applies?.(result as never) === false) continue;
          const { drawing, panels, width, height } = read(figure.name, result);
          if (drawing.kind === 'empty') continue;
          const what = `${figure.name} of ${result.scenario.name}`;
          expect(panels.length, what).toBe(drawing.panels.length);
          for (const { box, series, cells, x, y } of panels) {
            expect(series.length > 0 || cells !== undefined, what).toBe(true);
            said.add(figure.name);
            expect(box.x + box.width, what).toBeLessThanOrEqual(width);
            expect(box.y + box.height, what).toBeLessThanOrEqual(height);
            for (const one of series) {
              for (const values of [one.px, one.py, one.x, one.y, one.error])
                expect(values.length, what).toBe(one.x.length);
              for (let i = 0; i < one.x.length; i++) {
                const inside =
                  one.px[i] > box.x - 1 &&
                  one.px[i] < box.x + box.width + 1 &&
                  one.py[i] > box.y - 1 &&
                  one.py[i] < box.y + box.height + 1;
                if (!inside) expect(`${what}: ${one.label} point ${i} at ${one.px[i]}, ${one.py[i]}`).toBe('inside');
              }
              // where axes are no quantities the points say themselves where they are
              expect(y.name !== '' || one.more.length > 3, what).toBe(true);
              expect(x.name !== '' || one.more.length > 3, what).toBe(true);
            }
          }
        }
    // Those that these runs have nothing for: steady states, splitting, tori.
    const silent = [...figures, ...orbitFigures].map(({ name }) => name).filter((name) => !said.has(name));
    expect(silent).toEqual(['loss-probability', 'steady-pitch', 'steady-map', 'orbit-poloidal']);
  });

  it('has the exact distribution of the pitch beside that of a run that only scatters, and none in a mirror', () => {
    for (const name of ['distribution-local', 'distribution-midplane']) {
      const { drawing, panels } = read(name, closedRun());
      expect(drawing).toMatchObject({ footnote: expect.stringContaining('exact') });
      const exact = panels[0].series.map(({ theory }) => theory.find((aside) => aside.name === 'exact')?.values);
      /** The points beside the line of their time, or of one before. */
      const beside = (before: number) =>
        panels[0].series.flatMap(({ y, error }, k) =>
          Array.from(y, (value, i) => ({
            value,
            error: error[i],
            reference: exact[k - before]?.[i] ?? Number.NaN,
          })).filter(
            // Errors are those of the counts: of a hundred and more they are what they should be.
            (point) => point.value > 10 * point.error && !Number.isNaN(point.reference),
          ),
        );
      expect(beside(0).length).toBeGreaterThan(100);
      near(beside(0), name);
      refuted(beside(1).map(({ reference, ...one }) => z(one, reference)));
      const cone = mirrorRun();
      const { motion } = cone.scenario;
      const scenario = { ...cone.scenario, motion: { ...motion, kind: 'guidingCentre' }, boundary: { kind: 'throat' } };
      const mirror = read(name, { ...cone, scenario } as typeof cone);
      expect(mirror.drawing).toMatchObject({ footnote: expect.not.stringContaining('exact') });
      expect(mirror.panels[0].series.flatMap(({ theory }) => theory)).toEqual([]);
    }
  });

  it('has the value, the error and the exact value of the estimate', () => {
    const run = closedRun();
    const { panels } = read('legendre', run);
    const first = panels[0].series.find(({ label }) => label === 'l = 1')!;
    const curve = run.estimates.legendre[1];
    const factor = curve.x[curve.x.length - 1] / first.x[first.x.length - 1];
    const exact = first.theory.find(({ name }) => name === 'exact')!;
    let compared = 0;
    first.x.forEach((t, i) => {
      const k = curve.x.findIndex((x) => Math.abs(x - t * factor) < 1e-9 * curve.x[curve.x.length - 1]);
      if (k < 0) return;
      compared++;
      expect(first.y[i]).toBeCloseTo(Math.abs(curve.value[k]), 12);
      if (curve.standardError[k] > 0) expect(first.error[i]).toBeCloseTo(curve.standardError[k], 12);
      expect(exact.values[i]).toBeCloseTo(Math.abs(curve.reference![k]), 12);
    });
    expect(compared).toBeGreaterThan(5);
  });

  it('tells survival beside its slowest mode, between the ends of whose line it is an exponential', () => {
    const run = mirrorRun();
    const { panels } = read('survival', run);
    const [inside] = panels[0].series;
    expect(inside.label).toBe('inside');
    const [mode] = inside.theory;
    const known = Array.from(mode.values).flatMap((value, i) => (Number.isFinite(value) ? [i] : []));
    const [a, b] = [known[0], known[known.length - 1]];
    const rate = Math.log(mode.values[a] / mode.values[b]) / (inside.x[b] - inside.x[a]);
    const { survival, lossRate } = run.estimates;
    const factor = survival.x[survival.x.length - 1] / inside.x[inside.x.length - 1];
    expect(rate / factor / lossRate.value).toBeCloseTo(1, 6);
  });

  it('gives either temperature its own theory', () => {
    const run = closedRun();
    const { panels } = read('temperatures', run);
    const [along, across] = panels[0].series;
    const [one, other] = [along, across].map(({ theory }) => theory.find(({ name }) => name === 'exact')?.values[0]);
    expect(one).not.toBe(other);
  });

  it('has the cells of a heat map with their errors', () => {
    const run = maxwellianRun();
    const { panels } = read('distribution-midplane', run);
    const { cells } = panels[0];
    expect(cells!.values.length).toBe((cells!.xEdges.length - 1) * (cells!.yEdges.length - 1));
    expect(cells!.errors.length).toBe(cells!.values.length);
    const filled = cells!.values.findIndex((value) => value > 0);
    expect(cells!.errors[filled]).toBeGreaterThan(0);
  });

  it('knows units from names', () => {
    expect(axisReading('time (µs)')).toEqual({ name: 'time', unit: 'µs' });
    expect(axisReading('log₂(μ/μ₀)')).toEqual({ name: 'log₂(μ/μ₀)', unit: '' });
  });
});
