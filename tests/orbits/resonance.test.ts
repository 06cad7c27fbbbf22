import { describe, expect, it } from 'vitest';
import { SPEED_OF_LIGHT } from '../../src/physics/constants.js';
import { resonance, resonantMomenta } from '../../src/physics/resonance.js';
import { ELECTRON } from '../../src/physics/species.js';
import { agrees, disagrees } from '../random.js';
import { OrbitBlock } from './kernel.js';
import { orbitsHere } from './runHere.js';

const c = SPEED_OF_LIGHT;
const B0 = 1e-7;
const speed = 0.776 * c;
const gamma = 1 / Math.sqrt(1 - 0.776 ** 2);
const Omega = (-ELECTRON.charge * B0) / ELECTRON.mass;
const [wavelength, frequency] = [62e3, 700];
const k = (2 * Math.PI) / wavelength;
const omega = 2 * Math.PI * frequency;
const whistler = (amplitude: number) => ({ k, omega, sigma: -1 as const, amplitude });

/** 64 electrons of one pitch at z = 0 with gyrophases evenly apart, in a whistler. */
class Electrons {
  readonly block: OrbitBlock;
  #time = 0;
  constructor(amplitude: number, xi: number, step = 0.05, phase = 0, spread = 1) {
    this.block = new OrbitBlock({
      motion: { kind: 'fullOrbit', step: `${(step * gamma) / Omega} s` },
      species: 'electron',
      field: {
        kind: 'wave',
        B0: `${B0} T`,
        waves: [
          {
            amplitude: `${amplitude} T`,
            polarisation: 'right',
            wavelength: `${wavelength} m`,
            frequency: `${frequency} Hz`,
          },
        ],
      },
      particles: { count: 4096, speed: `${speed} m/s`, pitch: 'isotropic' },
      times: { until: '1 s', count: 1 },
    });
    const u = (gamma * speed) / c;
    const across = u * Math.sqrt(1 - xi * xi);
    for (let i = 0; i < 64; i++) {
      const angle = phase + (spread * 2 * Math.PI * i) / 64;
      this.block.set(i, { x: [0, 0, 0], u: [across * Math.cos(angle), across * Math.sin(angle), u * xi] });
    }
  }
  /** Goes on for a time [s], in whole steps of so many rad of gyration. */
  go(time: number): void {
    this.block.step(this.#time, time, 64);
    this.#time += time;
  }
  u(i: number): readonly [number, number, number] {
    return this.block.lane(i).u;
  }
  /** uPerp^2, which is mu in the uniform field. */
  mus(): number[] {
    return Array.from({ length: 64 }, (_, i) => this.u(i)).map(([x, y]) => x * x + y * y);
  }
}

const { pitchCosine, trappingFrequency, parallelSpeed, halfWidth } = resonance(whistler(1e-10), B0, ELECTRON, speed);

describe('the prediction', () => {
  it('solves omega - k vPar = sigma q B0/(gamma m), of a speed and of a perpendicular momentum', () => {
    const Doppler = omega - k * parallelSpeed;
    expect(Doppler / (Omega / gamma)).toBeCloseTo(1, 12);
    const perpendicular = gamma * ELECTRON.mass * speed * Math.sqrt(1 - pitchCosine ** 2);
    const [momentum, ...others] = resonantMomenta(whistler(0), B0, ELECTRON, perpendicular);
    expect(others).toEqual([]);
    expect(momentum / (gamma * ELECTRON.mass * parallelSpeed)).toBeCloseTo(1, 9);
  });

  it('has both roots of a wave that is faster than light, or none', () => {
    const fast = (rate: number) => ({ k: 1e-4, omega: rate, sigma: -1 as const, amplitude: 0 });
    const roots = resonantMomenta(fast(3.3e4), B0, ELECTRON, 0);
    expect(roots).toHaveLength(2);
    for (const p of roots) {
      const u = p / (ELECTRON.mass * c);
      expect((3.3e4 * Math.sqrt(1 + u * u) - 1e-4 * c * u) / Omega).toBeCloseTo(1, 9);
    }
    expect(resonantMomenta(fast(5e4), B0, ELECTRON, 0)).toEqual([]);
  });
});

describe('on resonance', () => {
  it('mu grows in proportion to time, as the force of the wave along B says', () => {
    const electrons = new Electrons(1e-10, pitchCosine);
    const before = electrons.mus();
    const rms = () => Math.sqrt(electrons.mus().reduce((sum, mu, i) => sum + (mu - before[i]) ** 2, 0) / 64);
    const time = 0.15 / trappingFrequency;
    electrons.go(time);
    const once = rms();
    electrons.go(time);
    const twice = rms();
    // d(pPerp^2)/dt = 2 gamma m (omega/k - vPar) q vPerp Bw sin(psi), over all phases
    const across = speed * Math.sqrt(1 - pitchCosine ** 2);
    const slope =
      (Math.SQRT2 * gamma * Math.abs(omega / k - parallelSpeed) * -ELECTRON.charge * across * 1e-10) /
      (ELECTRON.mass * c * c);
    expect(once / (slope * time)).toBeGreaterThan(0.98);
    expect(once / (slope * time)).toBeLessThan(1.02);
    expect(twice / once).toBeGreaterThan(1.96);
    expect(twice / once).toBeLessThan(2.02);
  });

  it('is trapped then: about one of the two phases at which the wave does no work, at the trapping frequency', () => {
    const period = (2 * Math.PI) / trappingFrequency;
    const parts = 400;
    const centre = (gamma * parallelSpeed) / c;
    const courses = [0, 0.5].map((turns) => {
      const electrons = new Electrons(1e-10, pitchCosine, 0.05, 2 * Math.PI * (turns - 0.05), 0.1);
      return Array.from({ length: parts }, () => {
        electrons.go((5 * period) / parts);
        // a quarter of a radian from that phase
        return electrons.u(8)[2] - centre;
      });
    });
    const [stable, unstable] = courses.toSorted((a, b) => Math.max(...a.map(Math.abs)) - Math.max(...b.map(Math.abs)));
    // half width of the separatrix in pPar: 2 omega_tr gamma m/(k (1 - omega^2/(k c)^2))
    const separatrix = (halfWidth * gamma) / c / (1 - (omega / (k * c)) ** 2);
    expect(Math.max(...stable.map(Math.abs))).toBeLessThan(0.15 * separatrix);
    expect(Math.max(...unstable.map(Math.abs)) / separatrix).toBeGreaterThan(0.9);
    expect(Math.max(...unstable.map(Math.abs)) / separatrix).toBeLessThan(1.1);
    // from where uz goes through the middle of its swing
    const middle = (Math.max(...stable) + Math.min(...stable)) / 2;
    const crossings = stable.flatMap((uz, i) => {
      const [x, y] = [stable[i - 1] - middle, uz - middle];
      return x < 0 && y >= 0 ? [i - 1 + x / (x - y)] : [];
    });
    const swing = (crossings[crossings.length - 1] - crossings[0]) / (crossings.length - 1);
    expect(crossings.length).toBeGreaterThan(3);
    const measured = (parts / 5 / swing) * trappingFrequency;
    expect(Math.abs(measured / trappingFrequency - 1)).toBeLessThan(0.02);
  });
});

describe('off resonance', () => {
  const xi = pitchCosine + 0.3;
  const response = (amplitude: number) => {
    const electrons = new Electrons(amplitude, xi);
    const before = electrons.mus();
    const time = (2 * Math.PI) / (omega - k * speed * xi - Omega / gamma);
    let [swing, early, mean] = [0, 0, 0];
    for (let i = 0; i < 24; i++) {
      electrons.go(Math.abs(time) / 12);
      const changes = electrons.mus().map((mu, lane) => mu - before[lane]);
      swing = Math.max(swing, ...changes.map(Math.abs));
      if (i < 12) early = swing;
      if (i === 5) mean = changes.reduce((a, b) => a + b) / 64;
    }
    return { swing, early, mean };
  };
  it('is bounded, swings with the amplitude, and responds on average with its square', () => {
    const [one, two, four] = [1e-10, 2e-10, 4e-10].map(response);
    // the second beat brings no more than the first
    for (const { swing, early } of [one, two, four]) expect(swing / early).toBeLessThan(1.01);
    for (const [a, b] of [
      [one, two],
      [two, four],
    ]) {
      expect(Math.log2(b.swing / a.swing)).toBeGreaterThan(0.95);
      expect(Math.log2(b.swing / a.swing)).toBeLessThan(1.05);
      expect(Math.log2(b.mean / a.mean)).toBeGreaterThan(1.9);
      expect(Math.log2(b.mean / a.mean)).toBeLessThan(2.1);
    }
  });
});

describe('a run in a wave', () => {
  const elsewhere = resonance({ ...whistler(1e-10), sigma: 1 }, B0, ELECTRON, speed).pitchCosine;
  const run = (polarisation: 'right' | 'left') =>
    orbitsHere({
      motion: { kind: 'fullOrbit', tolerance: 1e-2 },
      species: 'electron',
      particles: { count: 4096, speed: `${speed} m/s`, pitch: 'isotropic' },
      field: {
        kind: 'wave',
        B0: `${B0} T`,
        waves: [{ amplitude: '1e-10 T', polarisation, wavelength: `${wavelength} m`, frequency: `${frequency} Hz` }],
      },
      times: { until: '5 ms', count: 1 },
      tallies: { startXi: { bins: 64 } },
    });

  it('finds mu changed most where the resonance is', () => {
    const [{ found, pitchCosine: predicted }] = run('right').estimates.resonances;
    expect(predicted.value).toBeCloseTo(pitchCosine, 12);
    expect(found.reference).toBe(predicted.value);
    agrees(found, pitchCosine);
    disagrees(found, elsewhere);
  });

  it('knows it less well where trapped particles have swung: those in resonance are back', () => {
    // alpha particles against B0, after half a swing
    const { estimates } = orbitsHere({
      motion: { kind: 'fullOrbit', tolerance: 1e-2 },
      species: 'alpha',
      particles: { count: 4096, speed: '1e6 m/s', pitch: 'isotropic' },
      field: {
        kind: 'wave',
        B0: '100 nT',
        waves: [{ amplitude: '100 pT', polarisation: 'left', wavelength: '-1.173e6 m', phaseSpeed: '1e5 m/s' }],
      },
      times: { until: '26 s', count: 1 },
      tallies: { startXi: { bins: 128 } },
    });
    const [{ found, pitchCosine: predicted, halfWidthCosine }] = estimates.resonances;
    agrees(found, predicted.value);
    disagrees(found, 1.5 * predicted.value);
    expect(Math.abs(found.value - predicted.value)).toBeGreaterThan(0.3 * halfWidthCosine.value);
    expect(found.standardError).toBeLessThan(halfWidthCosine.value);
  });

  it('elsewhere for the other sense of turning, and nowhere without a resonance', () => {
    const [{ found, pitchCosine: predicted }] = run('left').estimates.resonances;
    agrees(found, predicted.value);
    disagrees(found, pitchCosine);
    const slow = orbitsHere({
      motion: 'fullOrbit',
      species: 'electron',
      particles: { count: 256, speed: '1e7 m/s' },
      field: {
        kind: 'wave',
        B0: '100 nT',
        waves: [{ amplitude: '100 pT', polarisation: 'right', wavelength: '62 km', frequency: '700 Hz' }],
      },
      times: { until: '1 ms', count: 1 },
    });
    const [one] = slow.estimates.resonances;
    expect(one.found.value).toBeNaN();
    expect(one.found.note).toMatch(/no particle/);
    expect(Math.abs(one.pitchCosine.value)).toBeGreaterThan(1);
  });
});
