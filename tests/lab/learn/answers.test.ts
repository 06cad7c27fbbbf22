import { describe, expect, it } from 'vitest';
import { bounceOracle, buildField, parseOrbits, parseScenario, physics, run, runOrbits } from '../../../src/index.js';
import { type Lesson, type Past, type Settings, startOf } from '../../../src/lab/learn/lesson.js';
import { strengthOfLargestLoss } from '../../../src/lab/learn/pages/filling.js';
import { ratioOfHalfTheCone } from '../../../src/lab/learn/pages/lossCone.js';
import { leastRatio } from '../../../src/lab/learn/pages/mirror.js';
import { muAfterRamp } from '../../../src/lab/learn/pages/mu.js';
import { whistlerResonance } from '../../../src/lab/learn/pages/resonance.js';
import { sheetOf, thicknessOfKick } from '../../../src/lab/learn/pages/sheet.js';
import { lessons } from '../../../src/lab/learn/registry.js';
import { fitSwing } from '../../../src/lab/learn/swing.js';
import { heatOf } from '../../../src/lab/session/heat.js';
import { numberRows } from '../../../src/lab/session/numbers.js';
import { near, refuted } from '../../random.js';

const workerUrl = new URL('../../../dist/worker.js', import.meta.url);
const lesson = (name: string) => lessons.find((one) => one.name === name)!;
const inSpace = (yaml: string) => /^motion:/m.test(yaml);

/** A smaller run of a page, and what it reads from it. */
async function played(one: Lesson, changes: Settings, count: number): Promise<Past> {
  const settings = { ...startOf(one), ...changes };
  const yaml = one
    .scenario(settings)
    .replace(/count: \d+, (?=energy|speed)/, `count: ${count}, `)
    .replace(/^outputs:.*\n/m, '');
  const options = { workers: 1, workerUrl };
  if (inSpace(yaml)) {
    const result = await runOrbits(parseOrbits(yaml), options).result;
    return { settings, readings: one.readings(settings, { rows: numberRows(result.estimates) }) };
  }
  const result = await run(parseScenario(yaml), options).result;
  const rows = numberRows(result.estimates);
  const map = heatOf(result, one.shows.map!);
  return { settings, readings: one.readings(settings, { rows, map }) };
}

const answer = (one: Lesson, last: Past, past: readonly Past[] = [last], value = Number.NaN) =>
  one.question.check({ value, settings: last.settings, readings: last.readings, past });
const found = (past: Past, name: string) => past.readings.find((one) => one.name === name)!;

describe('the answers', () => {
  it('mu: a ramp of 390 ns, as the closed form says and a run finds', async () => {
    const one = lesson('mu');
    // Limits: a sudden ramp, and the reflection's exponential.
    expect(muAfterRamp(1e-14, 0.02)).toBeCloseTo(1.125, 6);
    const O1 = physics.gyrofrequency(0.01, physics.PROTON.charge, physics.PROTON.mass);
    expect(Math.log(muAfterRamp(1.5e-6, 0.02) - 1)).toBeCloseTo(-2 * Math.PI * 1.5e-6 * O1, 1);
    // The closed form in units where O1 = 1: s = 0.3, to twice the field.
    expect(muAfterRamp(0.3 / O1, 0.02)).toBeCloseTo(1.0682599, 6);
    const right = await played(one, { ramp: 390 }, 64);
    expect(found(right, 'change').value).toBeCloseTo(found(right, 'change').theory!, 5);
    expect(answer(one, right).right).toBe(true);
    expect(answer(one, await played(one, { ramp: 300 }, 64)).words).toContain('slower');
    expect(answer(one, { ...right, settings: { ...right.settings, to: 40 } }).right).toBe(false);
  });

  it('mirror: 1/sin^2 of 35 degrees', async () => {
    const one = lesson('mirror');
    expect(leastRatio(35)).toBeCloseTo(1 / Math.sin((35 * Math.PI) / 180) ** 2, 12);
    const [held, lost, wide] = [
      await played(one, { pitch: 35, ratio: 3.06 }, 1024),
      await played(one, { pitch: 35, ratio: 2.9 }, 1024),
      await played(one, { pitch: 35 }, 1024),
    ];
    expect([held, lost, wide].map((past) => answer(one, past).right)).toEqual([true, false, false]);
    for (const name of ['turn', 'period']) {
      const { value, standardError, theory } = found(wide, name);
      near([{ value, error: standardError, reference: theory! }], name, 31);
      refuted((value - 1.1 * theory!) / standardError, 'a tenth off', 31);
      expect(standardError).toBeLessThan(0.01 * value);
    }
    const times = Array.from({ length: 30 }, (_, i) => i / 10);
    const guess = { amplitude: 1, amplitudeError: 0, period: 1, periodError: 0 };
    const swing = fitSwing(
      times,
      times.map((t) => 1.1 * Math.sin((2 * Math.PI * t) / 1.05)),
      guess,
    )!;
    expect(swing.period).toBeCloseTo(1.05, 8);
    expect(swing.amplitude).toBeCloseTo(1.1, 8);
  });

  it('loss cone: half of 1 - sqrt(1 - 1/R)', async () => {
    const one = lesson('loss-cone');
    const key = ratioOfHalfTheCone(2);
    expect(1 - Math.sqrt(1 - 1 / key)).toBeCloseTo((1 - Math.SQRT1_2) / 2, 12);
    const past = await played(one, { ratio: 3.68 }, 20_000);
    const { value, standardError, theory } = found(past, 'held');
    near([{ value, error: standardError, reference: theory! }], 'held', 31);
    refuted((value - 1.1 * theory!) / standardError, 'a tenth off', 31);
    expect(answer(one, past, [past], key).right).toBe(true);
    expect(answer(one, past, [past], 4).words).toContain('narrow cones');
    for (const wrong of [NaN, 0.5, 2, 3.6, 3.8]) expect(answer(one, past, [past], wrong).right, `${wrong}`).toBe(false);
  });

  it('filling: the top of the loss rate, measured on either side', async () => {
    const one = lesson('filling');
    // The weak limit is the oracle's, and the two limits meet where the page says.
    const weak = bounceOracle(buildField({ kind: 'parabolic', B: 0.5, ratio: 5, length: 2 }), { start: { xi: 0 } });
    expect(physics.mirrorLossLimits(5, 1).weak).toBeCloseTo(weak.eigenvalues[0], 5);
    const x = strengthOfLargestLoss(5);
    const limits = physics.mirrorLossLimits(5, x);
    expect(limits.weak).toBeCloseTo(limits.diffusive, 9);
    const [low, top, high] = await Promise.all([0.25, 0.75, 2.5].map((strength) => played(one, { strength }, 8000)));
    expect(answer(one, top, [low, top, high]).right).toBe(true);
    expect(answer(one, top, [top]).right).toBe(false);
    expect(answer(one, low, [low, top, high]).words).toContain('lost faster');
    expect(answer(one, high, [low, top, high]).right).toBe(false);
    expect(Math.abs(Math.log(top.settings.strength / x))).toBeLessThan(0.25);
  });

  it('resonance: the wavelength that the Doppler shift asks for', async () => {
    const one = lesson('resonance');
    const v = physics.speedFromEnergy(300 * 1.602176634e-16, physics.ELECTRON.mass);
    const gamma = physics.lorentzFactorFromSpeed(v);
    const Omega = physics.gyrofrequency(1e-7, physics.ELECTRON.charge, physics.ELECTRON.mass, gamma);
    const key = (2 * Math.PI * -0.5 * v) / (2 * Math.PI * 700 - Omega) / 1e3;
    expect(key).toBeCloseTo(109, 0);
    expect(whistlerResonance({ frequency: 700, wavelength: key, amplitude: 100 }).pitchCosine).toBeCloseTo(-0.5, 9);
    const right = await played(one, { wavelength: key }, 4096);
    expect(answer(one, right).right).toBe(true);
    expect(answer(one, await played(one, { wavelength: 80 }, 4096)).words).toContain('longer');
  });

  it('sheet: a tenth of mu at some 14,800 km', async () => {
    const one = lesson('sheet');
    const key = Math.round(thicknessOfKick(0.1));
    expect(Math.exp(-sheetOf({ thickness: key, normal: 1 }).lambda) * 3.2).toBeCloseTo(0.1, 4);
    const right = await played(one, { thickness: key }, 512);
    expect(answer(one, right).right).toBe(true);
    expect(answer(one, await played(one, { thickness: 20_000 }, 512)).words).toContain('thinner');
    expect(answer(one, await played(one, { thickness: 1000 }, 512)).words).toContain('chaos');
  });
});
