import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { mirrorLossLimits } from '../../src/physics/index.js';
import { planRun } from '../../src/plan/plan.js';
import { readAxis } from '../../src/scan/axes.js';
import { makeGrid } from '../../src/scan/grid.js';
import { currentSheetScan } from '../../src/scan/presets/currentSheet.js';
import { lossRate } from '../../src/scan/presets/lossRate.js';
import { findScanPreset, scanPresets } from '../../src/scan/presets.js';
import type { OrbitScenario, Scenario, ScenarioInput } from '../../src/scenario/index.js';

const mirror: ScenarioInput = { particles: { count: 1000 }, collisions: { strength: 0.1 } };
const grid = (axes: Record<string, string>, document: ScenarioInput = mirror) =>
  makeGrid(
    document,
    Object.entries(axes).map(([key, values]) => readAxis(key, values)),
  );

describe('the points of a scan', () => {
  it('take the place of what may not stand beside them', () => {
    const { points, axes } = grid({ 'collisions.rate': '10 /s, 1e3 /s', 'field.ratio': '2,5' });
    expect(points.map(({ scenario }) => scenario.collisions)).toMatchObject([
      { rate: { value: 10 } },
      { rate: { value: 10 } },
      { rate: { value: 1000 } },
      { rate: { value: 1000 } },
    ]);
    expect(points.map(({ scenario }) => (scenario.field as { ratio?: number }).ratio)).toEqual([2, 5, 2, 5]);
    expect(axes.map(({ unit }) => unit)).toEqual(['/s', '1']);
    expect(new Set(points.map(({ hash }) => hash)).size).toBe(4);
    // What was given is left as it was.
    expect(mirror).toEqual({ particles: { count: 1000 }, collisions: { strength: 0.1 } });
  });

  it('take plain numbers of a key with a dimension in SI', () => {
    const { points, axes } = grid({ 'field.ratio': '2,5', 'collisions.rate': '1..100:log:3', 'field.length': '1,2' });
    expect(axes.map(({ unit }) => unit)).toEqual(['1', '1/s', 'm']);
    expect(points[3].scenario).toMatchObject({ collisions: { rate: { value: 10 } }, field: { length: 2 } });
  });

  it('have other hashes with another seed, or where something else decides the numbers', () => {
    const axes = [readAxis('field.ratio', '2,5')];
    const [first] = makeGrid(mirror, axes).points;
    const [seeded] = makeGrid({ ...mirror, seed: 2 }, axes).points;
    const [salted] = makeGrid(mirror, axes, { salt: 'until lossRate=1%' }).points;
    expect(new Set([first.hash, seeded.hash, salted.hash]).size).toBe(3);
    expect(makeGrid(mirror, axes).points[0].hash).toBe(first.hash);
  });

  it('tell every fault of all of them at once, each once', () => {
    expect(() => grid({ 'field.ratio': '0.5, 2, -1', 'times.count': '0, 10' })).toThrow(
      [
        'scan: 3 faults',
        '  field.ratio: 0.5 is not a mirror ratio (must be > 1), at field.ratio = 0.5, times.count = 0 and 1 more of 6 points',
      ].join('\n'),
    );
    expect(() => grid({ 'field.ratioo': '2,5' })).toThrow('field.ratioo: is not a key here (did you mean ratio?');
    expect(() => grid({ 'field.ratio': '2,5' }, { field: 'dipole' })).toThrow(
      'field is "dipole" here (set that key as a whole)',
    );
    // What only the plan finds out.
    expect(() => grid({ 'times.bounces': '1,2' }, { field: 'uniform', boundary: 'none' })).toThrow(
      'times.bounces: nothing bounces in this field',
    );
  });

  it('are not too many', () => {
    expect(() => grid({ 'times.count': '1..1000:1000', 'field.ratio': '2..1000:999' })).toThrow(
      'scan: 999000 points are too many (must be at most 100000)',
    );
  });
});

describe('the scan of loss rates', () => {
  const points = (axes: Record<string, string>, changes: object = {}) =>
    makeGrid(
      { ...parse(lossRate.yaml), ...changes },
      Object.entries(axes).map(([key, values]) => readAxis(key, values)),
      { adapt: lossRate.adapt },
    ).points;

  it('follows every point for its own lifetime, at an affordable cost', () => {
    const all = points(lossRate.axes);
    expect(all).toHaveLength(22);
    for (const { scenario } of all) {
      const { reference, axes } = planRun(scenario as Scenario);
      const strength = (reference.nu * reference.length) / reference.speed;
      const lifetime = 1 / (mirrorLossLimits(5, strength).joined * reference.nu);
      expect(axes.times[axes.times.length - 1] / lifetime).toBeCloseTo(1.6, 4);
      // the spread of exponential lifetimes: 2 % at least
      expect(scenario.particles.count).toBeGreaterThanOrEqual(6144);
    }
    expect(all.filter(({ scenario }) => scenario.particles.count === 32_768).length).toBeGreaterThan(16);
    // ten minutes of two cores that make 2e8 particle-steps a second each
    expect(all.reduce((sum, { steps }) => sum + steps, 0)).toBeLessThan(2.4e11);
  });

  it('is for a parabolic mirror', () => {
    expect(() => points({ 'collisions.strength': '1,2' }, { field: { kind: 'dipole', shellL: 4 } })).toThrow(
      'loss-rate is for one speed',
    );
    expect(points({ 'collisions.strength': '1,2' }, { field: { ratio: 10 } })).toHaveLength(2);
  });

  it('is found by its name', () => {
    expect(findScanPreset('loss-rate')).toBe(scanPresets[0]);
    expect(findScanPreset('mirror')).toBeNull();
  });
});

describe('the scan of current sheets', () => {
  const points = (axes: Record<string, string>, changes: object = {}) =>
    makeGrid(
      { ...parse(currentSheetScan.yaml), ...changes },
      Object.entries(axes).map(([key, values]) => readAxis(key, values)),
      { adapt: currentSheetScan.adapt },
    ).points;

  it('starts every point far from its sheet and follows it through', () => {
    const all = points(currentSheetScan.axes);
    expect(all).toHaveLength(34);
    for (const { scenario } of all) {
      const { field, particles, times } = scenario as OrbitScenario;
      if (field.kind !== 'currentSheet') throw new Error(field.kind);
      const distance = -particles.place.at[2];
      expect(distance).toBeGreaterThan(3 * field.thickness);
      expect(distance).toBeGreaterThan(1.6e7);
      const ratio = field.normalField / field.B0;
      const crossed = (1e6 * ratio * (times.until as { seconds: number }).seconds) / Math.sqrt(1 + ratio * ratio);
      expect(crossed).toBeGreaterThan(2.19 * distance);
    }
    // about a minute of two cores that make 2e7 particle-steps a second each in blocks of eight
    expect(all.reduce((sum, { steps }) => sum + steps, 0)).toBeLessThan(2.5e9);
    expect(new Set(all.map(({ hash }) => hash)).size).toBe(34);
  });

  it('is for a current sheet with a field across it', () => {
    const thickness = { 'field.thickness': '1e6 m, 1e7 m' };
    for (const changes of [{ field: 'dipole' }, { field: { kind: 'currentSheet', B0: '5 nT', thickness: '1e6 m' } }])
      expect(() => points({ seed: '1,2' }, changes)).toThrow('current-sheet-scan is for one pitch and a current sheet');
    expect(() => points(thickness, { particles: { pitch: 'isotropic' } })).toThrow('is for one pitch');
    expect(points(thickness)).toHaveLength(2);
  });
});
