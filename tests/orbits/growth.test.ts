import { describe, expect, it } from 'vitest';
import { diffusionOfMoment, growthOf } from '../../src/analysis/fullOrbits/growth.js';
import { muDiffusion } from '../../src/physics/diffusion.js';
import { PROTON } from '../../src/physics/species.js';
import { agrees, disagrees } from '../random.js';
import { orbitsHere } from './runHere.js';

const nu = 1e4;
const v = 1e6;
const B = 0.01;

/** Isotropic protons that collide in a uniform field, for nu t. */
const collide = (until: number, count = 4096) =>
  orbitsHere({
    motion: { kind: 'fullOrbit', tolerance: 0.03 },
    field: { kind: 'uniform', B: ['0 T', '0 T', `${B} T`] },
    particles: { count, speed: `${v} m/s`, pitch: 'isotropic' },
    collisions: { operator: 'exact', rate: `${nu} /s` },
    times: { until: `${until / nu} s`, count: 12 },
  }).estimates.dMuMu;

describe('D_mumu of full orbits', () => {
  // <xi^2 (1 - xi^2)> = 2/15, of which at xi^2 = 1/2 there is 1/4
  const exact = (muDiffusion(PROTON.mass * v, PROTON.mass, B, nu, Math.SQRT1_2) / 0.25) * (2 / 15);

  it('is (m v^2/B)^2 nu <xi^2 (1 - xi^2)> of an isotropic plasma', () => {
    const found = collide(0.02, 32_768);
    const { standardError } = found;
    expect(standardError / exact).toBeLessThan(0.08);
    agrees(found, exact);
    disagrees(found, exact / 2);
  });

  it('has the bend in its error where mu nears its equilibrium, and is none beyond', () => {
    const bent = collide(0.1, 32_768);
    agrees(bent, exact);
    disagrees(bent, 3 * exact);
    expect(bent.value).toBeLessThan(exact);
    const { value, note } = collide(2);
    expect(value).toBeNaN();
    expect(note).toMatch(/none of diffusion|no steady growth/);
  });

  it('is none where mu only swings, or where it is kicked once', () => {
    const times = Float64Array.from({ length: 41 }, (_, j) => j);
    const of = (square: (t: number) => number) => {
      const value = growthOf(times, times.map(square));
      const none = new Float64Array(4);
      return diffusionOfMoment(
        times,
        { value, unbiased: value, standardError: none, degreesOfFreedom: 31, deviations: [none] },
        0,
      );
    };
    expect(of((t) => 2 - Math.cos(t)).note).toMatch(/no steady growth .* swings/);
    expect(of((t) => (t > 12 ? 1 : 0)).note).toMatch(/./);
    expect(of((t) => (t > 12 ? 1 : 0)).value).toBeNaN();
    expect(of((t) => 6 * t).value).toBeCloseTo(3, 12);
    expect(of((t) => 6 * t).note).toBeUndefined();
  });

  it('asks for four snapshots', () => {
    const times = Float64Array.of(0, 1, 2);
    const none = new Float64Array(4);
    const found = { value: none, unbiased: none, standardError: none, degreesOfFreedom: 31, deviations: [none] };
    expect(diffusionOfMoment(times, found, 0).note).toBe('needs 4 snapshots after the start, and has 2');
  });
});
