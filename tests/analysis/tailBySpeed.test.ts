import { describe, expect, it } from 'vitest';
import { confinementTime } from '../../src/analysis/confinement.js';
import { gridWindow, lossRate, rateBetween, survivalGrid } from '../../src/analysis/lossRate.js';
import { Sample } from '../../src/analysis/sample.js';
import { slowModeWindow } from '../../src/analysis/slowMode.js';
import { kernelModule } from '../kernel/load.js';
import { agrees, refuted, sound } from '../random.js';
import { realCases, runSeed } from './realRuns.js';

const one = realCases.find(({ name }) => name.startsWith('speeds'))!;
const truth = one.quantities.find(({ name }) => name === 'confinement time')!.truth!;

/** The case, ended at another time. */
function run(until: string, more: object = {}, count = 4096) {
  const particles = { ...(one.input.particles as object), count };
  const input = { ...one.input, particles, ...more, times: { count: 50, until } };
  const { scenario, plan, tallies } = runSeed(kernelModule(), input, 5);
  const sample = new Sample(plan, tallies);
  const window = slowModeWindow(sample);
  return { scenario, plan, sample, window, time: confinementTime(sample, scenario, window) };
}

describe('the confinement time where speeds are lost at different rates', () => {
  it('agrees between a run and one 25 times as long, and with theory', () => {
    const { plan, sample, window, time: short } = run('4 ms', {}, 2 ** 14);
    const { time: long } = run('100 ms', {}, 2 ** 14);
    const exact = truth(plan);
    expect(short.label).toMatch(/3\d(\.\d)? % of it extrapolated/);
    expect(short.standardError / short.value).toBeLessThan(0.05);
    for (const one of [short, long]) agrees(one, exact);
    sound((short.value - long.value) / Math.hypot(short.standardError, long.standardError), 'short less long', 31);
    // The control: one exponential for all survivors ends too soon, by the error that a run without a tail has.
    const grid = survivalGrid(sample);
    const alive = grid.alive(
      grid.names.map((name) => sample.total(name)),
      sample.particles,
    );
    const rate = rateBetween(grid, alive, ...gridWindow(grid, window));
    const [left, right] = sample.total('lossTime');
    const remaining = alive[alive.length - 1];
    const single = (left + right + remaining * (0.004 + 1 / rate)) / sample.particles;
    refuted(Math.max(0, exact - single) / long.standardError);
  });

  it('is not given by a run that is too short, which says so, how long to run, and what is known', () => {
    const { time } = run('1 ms');
    expect(time.value).toBeNaN();
    expect(time.note).toMatch(/^not determined: .* % are inside at the end, speeds are lost at different rates/);
    const [, until, longer] = /at least to about (\S+) s\); longer than (\S+) s/.exec(time.note!)!.map(Number);
    expect(until).toBeGreaterThan(0.003);
    expect(until).toBeLessThan(0.03);
    expect(longer).toBeGreaterThan(0.0005);
    expect(longer).toBeLessThan(0.001);
  });

  it('asks for more where forces change the speeds', () => {
    const field = { kind: 'parabolic', B: '0.5 T', ratio: 5, length: '2 m' };
    const { scenario, sample, window } = run('0.02 ms', {
      field,
      boundary: 'throat',
      motion: { kind: 'guidingCentre' },
    });
    const forced = { ...scenario, potential: scenario.potential ?? ({} as NonNullable<typeof scenario.potential>) };
    expect(confinementTime(sample, forced, window).note).toMatch(/not determined/);
  });
});

describe('the loss rate where speeds are lost at different rates', () => {
  it('is called a mean, over a window that does not depend on chance', () => {
    const { scenario, sample, window } = run('4 ms');
    const rate = lossRate(sample, scenario, window);
    expect(rate.label).toBe('loss rate (mean of those left, last third of the run)');
    expect(rate.note).toMatch(/there is no slowest mode.*fall/);
    expect(rate.fit!.from).toBeCloseTo(0.00272, 5);
    expect(rate.reference).toBeUndefined();
  });
});
