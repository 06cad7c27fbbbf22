import { describe, expect, it } from 'vitest';
import { blocksOfGroup, groupOf, planRun } from '../../src/plan/plan.js';
import { parseScenario, type ScenarioInput } from '../../src/scenario/index.js';
import { planOfFirst, planUntil, withCount } from '../../src/until.js';
import { expectSame } from '../same.js';

const stratified = (count: number, pitch: number, speed = 1, more: Partial<ScenarioInput> = {}) =>
  parseScenario({
    particles: { count, temperature: '1 keV', pitch: 'isotropic', stratify: { pitch, speed } },
    outputs: { particles: 100 },
    ...more,
  });
const planned = (count: number, pitch: number, speed = 1) => planRun(stratified(count, pitch, speed));

describe('the sets of a stratified run', () => {
  it.each([
    // count, strata of pitch and of speed; particles run, of a block, sets
    [1_000_000, 16, 1, 999_424, 1024, 61],
    [100_000, 4, 2, 99_840, 390, 32],
    [65_536, 2, 1, 65_536, 1024, 32],
    [32 * 12, 4, 3, 32 * 12, 1, 32],
    [63 * 12 + 5, 4, 3, 63 * 12, 1, 63],
  ])('%i particles, %i x %i strata: whole sets, never more than asked for', (count, pitch, speed, run, size, sets) => {
    const plan = planned(count, pitch, speed);
    expect(plan).toMatchObject({ particles: run, blockSize: size, strata: pitch * speed });
    expect(plan.blocks).toBe(sets * pitch * speed);
    const said = plan.warnings.filter((text) => text.startsWith('particles.stratify'));
    expect(said).toEqual(
      run < count
        ? [
            `particles.stratify: ${run} of the ${count} particles are run, whole sets of ${pitch * speed} strata with ${size} each`,
          ]
        : [],
    );
    // the same run again from its own number of particles
    const { warnings: _, ...again } = planRun(withCount(stratified(count, pitch, speed), run));
    const { warnings: __, ...first } = plan;
    expectSame(again, first);
  });

  it('are listed one by one in whole sets, or with a word', () => {
    const listed = (particles: number) =>
      planRun({ ...stratified(32 * 12, 4, 3), outputs: { ...stratified(384, 4, 3).outputs, particles } }).warnings;
    expect(listed(100)).toEqual([
      'outputs.particles: the first 100 particles are no whole sets of strata, so their table leans to the lower ones (ask for a multiple of 12)',
    ]);
    for (const whole of [0, 12, 120, 384, 1000]) expect(listed(whole)).toEqual([]);
  });

  it('are each in one group, and cover all blocks', () => {
    const plan = planned(70 * 12, 4, 3);
    const all = Array.from({ length: 32 }, (_, group) => [...blocksOfGroup(plan, group)]);
    all.forEach((blocks, group) => {
      for (const block of blocks) expect(groupOf(block, plan.strata)).toBe(group);
    });
    expect(all.flat().sort((a, b) => a - b)).toEqual([...Array(plan.blocks).keys()]);
  });

  it('of a run without strata are single blocks: nothing changes', () => {
    expect(planned(1000, 1)).toMatchObject({ particles: 1000, blockSize: 15, blocks: 67, strata: 1 });
    expect(groupOf(33)).toBe(1);
  });

  it('must be 32 at least, where the number of particles is set later too', () => {
    expect(() => planRun(withCount(stratified(1000, 8), 255))).toThrow(
      'particles.stratify: 8 strata are too many for 255 particles (must be at least 32 a stratum, 256 in all)',
    );
  });
});

describe('a stratified run to a precision', () => {
  // without motion along a line, whose theory takes seconds and says nothing here
  const scenario = stratified(1000, 5, 3, {
    field: { kind: 'uniform', B: '0.5 T', length: '2 m' },
    boundary: { kind: 'cone', ratio: 5 },
    motion: 'homogeneous',
  });

  it('is judged at whole sets, and is at each what a run of that many particles is', () => {
    const { plan, prefixes } = planUntil(scenario, { trappedFraction: 0.01 }, 2_000_000);
    expect(plan.warnings.filter((text) => text.startsWith('particles.stratify'))).toEqual([]);
    expect(prefixes).toEqual([480, 960, 1920, plan.blocks]);
    for (const blocks of prefixes) {
      expect(blocks % 15).toBe(0);
      const particles = blocks * 1024;
      const { stepsEstimate: _, ...first } = planOfFirst(plan, particles);
      const { stepsEstimate: __, ...direct } = planRun(withCount(scenario, particles));
      expectSame(first, direct);
    }
  });

  it('is judged at its end where it may not take more', () => {
    const { plan, prefixes } = planUntil(scenario, { trappedFraction: 0.01 }, 10_000);
    expect(prefixes).toEqual([plan.blocks]);
    expect(plan.particles).toBeLessThanOrEqual(10_000);
  });
});
