import { describe, expect, it } from 'vitest';
import type { GrowthInBins } from '../../src/analysis/growthBins.js';
import { growthTheory } from '../../src/analysis/growthTheory.js';
import { buildField } from '../../src/fields/index.js';
import { bounceAveragedMuDiffusion, muDrift, orbitAt } from '../../src/physics/index.js';
import { planRun } from '../../src/plan/plan.js';
import { parseScenario } from '../../src/scenario/index.js';
import { mirror } from './growthMirror.js';

describe('the bounce average of the operator', () => {
  it.each([0.3, 0.6, 0.85])('is that of the formulary, start at xi = %d', (xi) => {
    const parsed = parseScenario(mirror({ particles: { count: 1000, pitch: { kind: 'cosine', xi } } }));
    const plan = planRun(parsed);
    const theory = growthTheory(parsed, plan)!;
    const bin = theory.mu.diffusion.findIndex((d) => d > 0);
    const { mass } = parsed.species;
    const energy = (mass * 1e12) / 2;
    const field = buildField(parsed.field);
    const orbit = orbitAt(parsed.species, energy, xi, 0.5);
    const exact = bounceAveragedMuDiffusion(field, orbit, 0, mass * 1e6, plan.reference.nu);
    expect(theory.mu.diffusion[bin] / exact).toBeCloseTo(1, 3);
    // the parabola: B goes as 1 + a sin^2 along the orbit, 1/B has the mean 1/sqrt(1 + a), a = xi^2/(1 - xi^2)
    const beta = Math.sqrt(1 - xi * xi);
    const drift =
      muDrift(mass * 1e6, mass, 0.5, plan.reference.nu, xi) + 2 * plan.reference.nu * (beta - 1) * mass * 2e12;
    expect(theory.mu.drift[bin] / drift).toBeCloseTo(1, 3);
  });

  it('of many speeds is the mean over the particles', () => {
    const rate = { law: 'powerLaw', value: '1e4 /s', at: '1e6 m/s', index: 1 };
    const pitch = { kind: 'cosine', xi: 0.6 };
    const many = parseScenario(
      mirror({
        particles: { count: 1000, speed: { kind: 'shell', from: '0.5e6 m/s', to: '2e6 m/s' }, pitch },
        collisions: { rate },
      }),
    );
    const theory = growthTheory(many, planRun(many))!;
    const whole = ({ weight, diffusion }: GrowthInBins) => {
      const [sum, n] = weight.reduce(([a, b], w, u) => (w > 0 ? [a + w * diffusion[u], b + w] : [a, b]), [0, 0]);
      return sum / n;
    };
    const field = buildField(many.field);
    const { mass } = many.species;
    const orbit = orbitAt(many.species, (mass * 1e12) / 2, 0.6, 0.5);
    const one = bounceAveragedMuDiffusion(field, orbit, 0, mass * 1e6, 1e4);
    // D goes as nu v^4, and the shell as v^2 dv: <v^5> over <1>, in 1e6 m/s
    const mean = (power: number) => (2 ** (power + 3) - 0.5 ** (power + 3)) / (power + 3);
    expect(whole(theory.mu) / ((one * mean(5)) / mean(0))).toBeCloseTo(1, 2.5);
    const pitchOf = (speed: string) => {
      const parsed = parseScenario(mirror({ particles: { count: 1000, speed, pitch }, collisions: { rate } }));
      return whole(growthTheory(parsed, planRun(parsed))!.xi);
    };
    expect(whole(theory.xi) / ((pitchOf('1e6 m/s') * mean(1)) / mean(0))).toBeCloseTo(1, 2.5);
  });

  it('is given where no electric field acts and ends lose or reflect, and nowhere else', () => {
    const theory = (parts: Record<string, unknown>) => {
      const parsed = parseScenario(mirror(parts));
      return growthTheory(parsed, planRun(parsed));
    };
    expect(theory({})).not.toBeNull();
    expect(theory({ boundary: 'reflecting' })).not.toBeNull();
    expect(theory({ particles: { speed: { kind: 'maxwellian', temperature: '1 keV' } } })).not.toBeNull();
    expect(theory({ boundary: 'none' })).toBeNull();
    expect(theory({ potential: { kind: 'parabolic', drop: '100 V' } })).toBeNull();
    expect(theory({ boundary: { kind: 'cone', ratio: 5 } })).toBeNull();
    expect(theory({ motion: 'homogeneous', boundary: { kind: 'cone', ratio: 5 } })?.bouncing).toBe(false);
    expect(theory({ motion: 'homogeneous', boundary: 'none' })).toBeNull();
    expect(theory({ collisions: { operator: 'none' }, times: { count: 8, until: '1 us' } })).toBeNull();
  });
});
