import { describe, expect, it } from 'vitest';
import { distribution } from '../../src/analysis/distribution.js';
import { coneCourse } from '../../src/analysis/exact.js';
import { scatteringOracle } from '../../src/analysis/oracle/index.js';
import { startOf } from '../../src/analysis/oracle/start.js';
import { pitchCourse } from '../../src/analysis/pitchCourse.js';
import { chiSquaredDeviation } from '../../src/analysis/student.js';
import { run } from '../../src/index.js';
import { planRun } from '../../src/plan/plan.js';
import { parseScenario, type ScenarioInput } from '../../src/scenario/index.js';
import { FAULT, refuted, sound } from '../random.js';

const workerUrl = new URL('../../dist/worker.js', import.meta.url);

function planned(pitch: object, more: Record<string, unknown> = {}) {
  const scenario = parseScenario({
    seed: 11,
    particles: { count: 40000, speed: '1e6 m/s', pitch },
    field: { kind: 'uniform', B: '1 T', length: '2 m' },
    motion: { kind: 'homogeneous' },
    boundary: { kind: 'none' },
    collisions: { rate: '1e4 /s' },
    times: { count: 6, until: '60 us' },
    ...more,
  } as ScenarioInput);
  return [scenario, planRun(scenario)] as const;
}

const starts = {
  cosine: { kind: 'cosine', xi: 0.37 },
  'along the field': { kind: 'cosine', xi: 1 },
  beam: { kind: 'beam', halfAngle: '40 deg' },
  pancake: { kind: 'pancake', power: 40 },
} as const;

describe('the exact course of the pitch', () => {
  it.each(Object.entries(starts))('of a start as %s is that of the finite elements', (_, pitch) => {
    const [scenario, plan] = planned(pitch);
    const { times, xiEdges } = plan.axes;
    const course = pitchCourse(scenario, plan)!;
    const { nu, xiLossCone } = plan.reference;
    const oracle = scatteringOracle({ start: startOf(scenario.particles.pitch, xiLossCone), earliest: 0.1 });
    for (const snapshot of [1, 5]) {
      const f = course(snapshot);
      for (let i = 0; i < f.length; i += 7) {
        const share = oracle.share(xiEdges[i], xiEdges[i + 1], times[snapshot] * nu);
        expect(f[i]).toBeCloseTo(share / (xiEdges[i + 1] - xiEdges[i]), 8);
      }
    }
  });

  it('is a density from the start on, of early times too', () => {
    for (const pitch of Object.values(starts)) {
      const [scenario, plan] = planned(pitch, { times: { count: 4, until: '10 ns' } });
      const course = pitchCourse(scenario, plan)!;
      const { xiEdges } = plan.axes;
      for (const snapshot of [0, 1, 3]) {
        const f = course(snapshot);
        if (snapshot === 0 && pitch.kind === 'cosine') expect(f.every(Number.isNaN)).toBe(true);
        else {
          expect(f.reduce((sum, value, i) => sum + value * (xiEdges[i + 1] - xiEdges[i]), 0)).toBeCloseTo(1, 10);
          expect(Math.min(...f)).toBeGreaterThan(-1e-9);
        }
      }
    }
  });

  it('is that of a uniform line too, and of nothing else', () => {
    const known = (more: Record<string, unknown>) => pitchCourse(...planned(starts.beam, more)) !== undefined;
    const mirror = { field: { kind: 'parabolic', B: '1 T', ratio: 5, length: '2 m' } };
    const line = { motion: { kind: 'guidingCentre' } };
    expect(known({})).toBe(true);
    expect(known(mirror)).toBe(true); // of one place: the field does nothing
    expect(known({ ...line, boundary: 'periodic' })).toBe(true);
    expect(known({ ...line, boundary: 'reflecting' })).toBe(false);
    expect(known({ ...mirror, ...line, boundary: 'reflecting' })).toBe(false);
    expect(known({ boundary: { kind: 'cone', ratio: 2 } })).toBe(true);
    expect(known({ ...line, boundary: { kind: 'cone', ratio: 2, sides: 'left' } })).toBe(true);
    expect(known({ ...mirror, ...line, boundary: { kind: 'cone', ratio: 2 } })).toBe(false);
    expect(known({ ...mirror, ...line, boundary: 'throat' })).toBe(false);
    expect(known({ boundary: { kind: 'cone', ratio: 2 }, source: { rate: '1e18 /s' } })).toBe(false);
    const spread = { particles: { count: 100, speed: { kind: 'maxwellian', temperature: '1 keV' } } };
    expect(known(spread)).toBe(false);
  });
});

describe('the exact course of the pitch with a loss cone', () => {
  const cones = {
    'both ends': { kind: 'cone', ratio: 2 },
    'the left end': { kind: 'cone', ratio: 5, sides: 'left' },
  } as const;

  it.each(Object.entries(cones))(
    'at %s adds up to the exact survival, and holds nothing in the cone',
    (_, boundary) => {
      for (const pitch of [starts.cosine, starts.pancake, starts.beam]) {
        const [scenario, plan] = planned(pitch, { boundary });
        const { times, xiEdges } = plan.axes;
        const course = pitchCourse(scenario, plan)!;
        const survival = coneCourse(scenario, plan)!.survival;
        const edge = plan.reference.xiLossCone;
        for (const snapshot of times.keys()) {
          const f = course(snapshot);
          if (snapshot === 0 && pitch.kind === 'cosine') continue;
          const inside = f.reduce((sum, value, i) => sum + value * (xiEdges[i + 1] - xiEdges[i]), 0);
          expect(inside).toBeCloseTo(survival[snapshot], 11);
          expect(Math.min(...f)).toBeGreaterThan(-1e-10);
          if (snapshot > 0) expect(f.every((value, i) => xiEdges[i + 1] > -edge || value === 0)).toBe(true);
        }
      }
    },
  );

  it('comes from the start, and says nothing of times too early for the modes', () => {
    const [scenario, plan] = planned(
      { kind: 'pancake', power: 40 },
      { boundary: cones['both ends'], times: { at: ['50 ns', '150 ns', '400 ns'] } },
    );
    const course = pitchCourse(scenario, plan)!;
    const [early, first, second, later] = Array.from(plan.axes.times, (_, snapshot) => course(snapshot)).slice(-4);
    const start = pitchCourse(scenario, { ...plan, axes: { ...plan.axes, times: [0] } })!(0);
    const distance = (f: Float64Array) => Math.max(...f.map((value, i) => Math.abs(value - start[i])));
    expect(plan.axes.times[0]).toBe(0);
    expect(distance(early)).toBe(0);
    expect(first.every(Number.isNaN)).toBe(true);
    expect(distance(second)).toBeLessThan(0.08 * Math.max(...start));
    expect(distance(later)).toBeGreaterThan(2 * distance(second));
  });
});

describe('a run', () => {
  /**
   * Deviations of bins that expect 25 particles or more, in multinomial standard errors of what is expected at a rate; and of each snapshot,
   * how it stands between two rates: `sum a (n - N p)` over its own error, a the relative change of each bin's share p.
   */
  const measured = async (pitch: object, more: Record<string, unknown> = {}) => {
    const [scenario, plan] = planned(pitch, more);
    const result = await run(scenario, { workers: 1, workerUrl }).result;
    const { local, midplane } = distribution(scenario, plan, result.tallies);
    // What of both figures is drawn beside the exact line is the same.
    for (let i = 0; i < local.f.length; i++) expect(midplane.f[i]).toBeCloseTo(local.f[i], 10);
    const bins = local.shape[2];
    const n = scenario.particles.count;
    const sharesAt = (factor: number) => {
      const course = pitchCourse(scenario, {
        ...plan,
        reference: { ...plan.reference, nu: factor * plan.reference.nu },
      })!;
      return Array.from(plan.axes.times, (_, snapshot) => Array.from(course(snapshot), (f) => (f * 2) / bins));
    };
    const deviations = (factor: number) =>
      sharesAt(factor).map((shares, snapshot) =>
        shares.flatMap((share, i) => {
          const error = Math.sqrt(n * share * (1 - share));
          return share * n >= 25 ? [(local.counts[snapshot * bins + i] - n * share) / error] : [];
        }),
      );
    const [own, faster] = [sharesAt(1), sharesAt(1 + FAULT)];
    const towards = own.map((shares, snapshot) => {
      let [off, mean, square, shift] = [0, 0, 0, 0];
      shares.forEach((share, i) => {
        if (!(share * n >= 25)) return;
        const a = faster[snapshot][i] / share - 1;
        off += a * (local.counts[snapshot * bins + i] - n * share);
        shift += a * n * (faster[snapshot][i] - share);
        mean += a * share;
        square += a * a * share;
      });
      const error = Math.sqrt(n * (square - mean * mean));
      return { score: off / error, shift: shift / error };
    });
    const sharpest = towards.reduce((best, one) => (one.shift > best.shift ? one : best), { score: 0, shift: 0 });
    return { deviations, sharpest };
  };
  /** The snapshot that knows the rate best has the right one, and not, to first order, one a tenth higher. */
  const knows = ({ score, shift }: { score: number; shift: number }) => {
    expect(shift).toBeGreaterThan(0);
    sound(score, 'rate', undefined, shift);
    refuted(score - 5 * shift, 'a rate a tenth higher');
  };
  /** Pearson's chi-squared of each snapshot that fills ten bins or more, as a normal deviation. */
  const misfits = (z: readonly (readonly number[])[]) =>
    z
      .filter((bins) => bins.length >= 10)
      .map((bins) =>
        chiSquaredDeviation(
          bins.reduce((sum, one) => sum + one * one, 0),
          bins.length,
        ),
      );

  it.each(Object.entries(starts))(
    'from a start as %s lies on it, and off that of a rate of 10 % more',
    async (_, pitch) => {
      const { deviations, sharpest } = await measured(pitch);
      knows(sharpest);
      const z = deviations(1);
      expect(z.flat().length).toBeGreaterThan(100);
      sound(z.flat());
      sound(misfits(z));
      refuted(misfits(deviations(1.1)));
    },
  );

  it.each([
    ['both ends', starts.cosine, { kind: 'cone', ratio: 2 }],
    ['the left end', starts.beam, { kind: 'cone', ratio: 2, sides: 'left' }],
  ])('with a loss cone at %s lies on it, and off that of a rate a tenth higher', async (_, pitch, boundary) => {
    const particles = { count: 100000, speed: '1e6 m/s', pitch };
    const { deviations, sharpest } = await measured(pitch, { boundary, particles });
    knows(sharpest);
    const z = deviations(1);
    expect(z.flat().length).toBeGreaterThan(100);
    sound(z.flat());
    sound(misfits(z));
    refuted(misfits(deviations(1.1)));
  });

  it('along a uniform line lies on it', async () => {
    const { deviations, sharpest } = await measured(starts.beam, {
      motion: { kind: 'guidingCentre' },
      boundary: 'periodic',
    });
    knows(sharpest);
    const z = deviations(1);
    expect(z.flat().length).toBeGreaterThan(100);
    sound(z.flat());
  });
});
