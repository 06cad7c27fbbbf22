/** What motion along the field does to moments: closed mirrors, and growth that no theory is at hand for. */
import { describe, expect, it } from 'vitest';
import { isotropisationRate } from '../../src/analysis/isotropisation.js';
import { muDiffusion } from '../../src/analysis/muDiffusion.js';
import { pitchDiffusion } from '../../src/analysis/pitchDiffusion.js';
import { decayRate } from '../../src/analysis/relaxation.js';
import { Sample } from '../../src/analysis/sample.js';
import { slowModeWindow } from '../../src/analysis/slowMode.js';
import { kernelModule } from '../kernel/load.js';
import { near, refuted, refutedP, soundP } from '../random.js';
import { runSeed } from './realRuns.js';

const mirror = { kind: 'parabolic', B: '0.5 T', ratio: 5, length: '2 m' };
const axes = { speed: { bins: 4 }, xi: { bins: 64 }, s: { bins: 2 }, mu: { bins: 8 }, lossTime: { bins: 8 } };
const run = (input: object) => {
  const { scenario, plan, tallies } = runSeed(kernelModule(), { species: 'proton', tallies: axes, ...input }, 3);
  return { scenario, sample: new Sample(plan, tallies) };
};

describe('isotropisation in a closed mirror', () => {
  const { scenario, sample } = run({
    particles: { count: 8192, speed: '10 keV', pitch: { kind: 'pancake', power: 6 } },
    field: mirror,
    collisions: { strength: 0.3 },
    boundary: 'reflecting',
    times: { count: 40, collisionTimes: 1 },
  });
  const rate = isotropisationRate(sample, scenario, slowModeWindow(sample));

  it('is that of the midplane pitch, less what it has in equilibrium: one exponential', () => {
    expect(rate.label).toMatch(/approach of the midplane <P2> to equilibrium/);
    expect(rate.value / sample.plan.reference.nu).toBeGreaterThan(2.5);
    expect(rate.value / sample.plan.reference.nu).toBeLessThan(6);
    expect(rate.standardError / rate.value).toBeLessThan(0.1);
    expect(rate.note).toBeUndefined();
    // a fault is a share of the local pitch in it, which swings with the bounces and would not be one exponential by itself
    const width = sample.width('legendre');
    const { xiEdges } = sample.plan.axes;
    const weights = Float64Array.from(sample.plan.reference.bounceWeight!);
    const squares = weights.map((_, i) => {
      const [x, y] = [xiEdges[i], xiEdges[i + 1]];
      return (x * x + x * y + y * y - 1) / 2;
    });
    const whole = weights.reduce((x, y) => x + y);
    const end = squares.reduce((sum, P2, i) => sum + P2 * weights[i], 0) / whole;
    const swinging = (share: number) =>
      decayRate(sample, {
        label: 'swinging',
        what: '<P2>',
        names: ['midplanePitch', 'legendre'],
        sums: ([pitch, legendre]) =>
          Array.from(sample.times, (_, j) => {
            const bins = pitch.subarray(j * squares.length, (j + 1) * squares.length);
            const midplane = bins.reduce((sum, n, i) => sum + n * (squares[i] - end), 0);
            return { sum: (1 - share) * midplane + share * legendre[j * width + 2], n: legendre[j * width] };
          }),
      });
    soundP(rate.fit!.pValue, 1e-5, 'one exponential', (share) => swinging(share).fit?.pValue ?? Number.NaN);
    const local = swinging(1);
    refutedP(local.fit!.pValue, 1e-6);
    expect(local.note).toMatch(/not one exponential/);
  });
});

describe('D and drift without theory, where an electric field acts', () => {
  const forced = {
    particles: { count: 1024, temperature: '10 keV', pitch: 'isotropic' },
    field: mirror,
    potential: { kind: 'parabolic', drop: '1 kV' },
  };

  it('are not taken from the few that losses have left', () => {
    const { scenario, sample } = run({
      ...forced,
      collisions: { strength: 0.002 },
      boundary: 'throat',
      times: { count: 6, collisionTimes: 0.24 },
    });
    for (const { diffusion, drift } of [muDiffusion(sample, scenario), pitchDiffusion(sample, scenario)]) {
      for (const { value, note } of [diffusion, drift]) {
        expect(value).toBeNaN();
        expect(note).toMatch(/not determined: only \S+ % of the start.*no fair sample \(needs earlier times\)/);
      }
    }
  });

  it('are not fitted to the swing of the bounces', () => {
    const { scenario, sample } = run({
      ...forced,
      collisions: { strength: 0.1 },
      boundary: 'reflecting',
      times: { count: 5, collisionTimes: 0.25 },
    });
    const { diffusion, diffusionCurve } = muDiffusion(sample, scenario);
    expect(diffusion.value).toBeNaN();
    expect(diffusion.note).toMatch(/swings with the bounces.*or no electric field/);
    expect(diffusionCurve.value.every(Number.isNaN)).toBe(true);
  });
});

describe('D of many speeds under a cone in velocity space', () => {
  it('is that of one speed where all have one rate', () => {
    const { scenario, sample } = run({
      particles: { count: 12_288, temperature: '10 keV', pitch: { kind: 'pancake', power: 12 } },
      field: { kind: 'uniform', B: '0.5 T', length: '2 m' },
      collisions: { rate: '1e3 /s' },
      boundary: { kind: 'cone', ratio: 5 },
      motion: 'homogeneous',
      times: { count: 40, collisionTimes: 0.05 },
    });
    const { diffusion } = muDiffusion(sample, scenario);
    expect(diffusion.value / diffusion.standardError).toBeGreaterThan(5);
    const { value, standardError } = pitchDiffusion(sample, scenario).diffusion;
    // nu (1 - <xi^2>) of (1 - xi^2)^6, whatever the speed: <xi^2> = 1/15
    near([{ value, error: standardError, reference: 1e3 * (14 / 15) }], 'D', 31);
    refuted((value - 1e3 * (2 / 3)) / standardError);
  });
});
