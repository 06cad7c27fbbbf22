import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as physics from '../../src/physics/index.js';

const { ELECTRON, ELEMENTARY_CHARGE, PROTON, particleReport } = physics;
const eV = ELEMENTARY_CHARGE;

describe('the report on a particle', () => {
  const value = (report: physics.ParticleReport, symbol: string) =>
    report.rows.find((row) => row.symbol === symbol)?.value;

  it('says everything that what is given allows, and nothing else', () => {
    const bare = particleReport(PROTON, 10e3 * eV, 0.5);
    expect(bare.rows.map((row) => row.symbol)).toEqual([
      'K',
      'v',
      'gamma',
      'p',
      'xi',
      'Omega',
      'tau_g',
      'rho',
      'mu',
      'I A',
      'J',
    ]);
    const full = particleReport(PROTON, 10e3 * eV, 0.5, {
      xi: 0.5,
      gradientLength: 1,
      curvatureRadius: 2,
      frequency: 1e3,
      mirrorRatio: 5,
      length: 2,
      background: [{ species: ELECTRON, density: 1e19, temperature: 1e3 * eV }],
    });
    expect(new Set(full.rows.map((row) => row.symbol)).size).toBe(full.rows.length);
    for (const symbol of [
      'rhoPerp',
      'epsilon',
      'kappa',
      'omega/Omega',
      'R',
      'alphaLC',
      'xiLC',
      'Bm',
      'f_trapped',
      'f_tube',
      's_m',
      'tau_b',
      'nu',
      'D_mumu',
      'lambda',
      'tau_loss',
    ]) {
      expect(value(full, symbol), symbol).toBeGreaterThan(0);
    }
    expect(value(full, 'verdict')).toBe('adiabatic');
  });

  it('agrees with the formulary', () => {
    const report = particleReport(PROTON, 10e3 * eV, 0.5, { xi: 0.5, mirrorRatio: 5, length: 2, nu: 100 });
    const v = physics.speedFromEnergy(10e3 * eV, PROTON.mass);
    const line = { strength: (s: number) => 0.5 * (1 + 4 * s * s), sLeft: -1, sRight: 1 };
    const orbit = physics.orbitAt(PROTON, 10e3 * eV, 0.5, 0.5);
    expect((value(report, 'tau_b') as number) / physics.bouncePeriod(line, orbit, 0)).toBeCloseTo(1, 9);
    expect(value(report, 's_m')).toBeCloseTo(physics.mirrorPoint(line, orbit, 0, 1) as number, 12);
    expect(value(report, 'nu L/v')).toBeCloseTo(200 / v, 15);
    expect(value(report, 'lambda')).toBeCloseTo(145.7448679827, 7);
    const lost = particleReport(PROTON, 10e3 * eV, 0.5, { xi: -0.95, mirrorRatio: 5, length: 2 });
    expect(lost.rows.find((row) => row.symbol === 'xiLC')?.note).toBe('this particle is lost');
    expect(value(lost, 'tau_b')).toBeUndefined();
  });

  it('passes the faults on by name', () => {
    expect(() => particleReport(PROTON, 0, 1)).toThrow('kineticEnergy: 0 is not a kinetic energy in J');
    expect(() => particleReport(PROTON, 1e-15, 1, { mirrorRatio: 1 })).toThrow('mirrorRatio: 1 is not a mirror ratio');
  });
});

describe('src/physics', () => {
  it('is deterministic: no function of Math that engines round differently', () => {
    const folder = new URL('../../src/physics/', import.meta.url);
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    )) {
      const code = readFileSync(new URL(file, folder), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
      expect(code.replace(/Math\.(abs|floor|imul|sign|sqrt|min|max|PI|SQRT2)\b/g, ''), file).not.toMatch(/Math\.|\*\*/);
    }
  });

  it('offers everything through its index', () => {
    for (const name of [
      'magneticMoment',
      'lossRate',
      'dipoleBouncePeriod',
      'coulombScatteringRate',
      'rotationDensity',
      'elementary',
    ]) {
      expect(physics).toHaveProperty(name);
    }
    expect('dipoleBouncePeriod' in physics && 'integrate' in physics).toBe(false);
  });
});
