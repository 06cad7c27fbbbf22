import { describe, expect, it } from 'vitest';
import { buildRamp } from '../../../src/fields/space/ramp.js';
import { buildSheets } from '../../../src/fields/space/sheets.js';
import { buildStep } from '../../../src/fields/space/step.js';
import { buildTokamak } from '../../../src/fields/space/tokamak.js';
import { buildTurbulence, randomWaves } from '../../../src/fields/space/turbulence.js';
import { buildWave } from '../../../src/fields/space/wave.js';
import { SPEED_OF_LIGHT } from '../../../src/physics/constants.js';
import * as vectors from '../../../src/physics/vectors.js';
import { parseOrbits } from '../../../src/scenario/orbits/schema.js';
import { orbitsHere } from '../../orbits/runHere.js';
import { near, refuted, z } from '../../random.js';

describe('a step', () => {
  it('jumps at z = 0 and nowhere else', () => {
    const field = buildStep({ below: [1, 0, 0.1], above: [0, 2, 0.1] });
    expect(field.at(9, 9, -1e-300, 0).B).toEqual([1, 0, 0.1]);
    expect(field.at(9, 9, 0, 0).B).toEqual([0, 2, 0.1]);
  });

  it('is refused where B across it would jump, and where it is zero', () => {
    expect(() => buildStep({ below: [1, 0, 0.1], above: [1, 0, 0.2] })).toThrow('above: has 0.2 T along z, where');
    expect(() => buildStep({ below: [0, 0, 0], above: [1, 0, 0] })).toThrow('below: is zero');
  });
});

describe('a chain of sheets', () => {
  it('turns over at every sheet and is B0 between them, for even and odd counts', () => {
    for (const count of [2, 3, 4, 5]) {
      const field = buildSheets({ B0: 1, thickness: 0.01, separations: [1], count, normalField: 0, guideField: 0 });
      const first = -(count - 1) / 2;
      for (let i = 0; i <= count; i++)
        expect(field.at(0, 0, first - 0.5 + i, 0).B[0], `${i} of ${count}`).toBeCloseTo(i % 2 === 0 ? -1 : 1, 14);
    }
  });

  it('is refused where sheets overlap', () => {
    expect(() => buildSheets({ B0: 1, thickness: 1, separations: [5, 3], normalField: 0, guideField: 0 })).toThrow(
      'separations.1: 3 m lets sheets',
    );
  });
});

describe('a tokamak', () => {
  const spec = { B0: 2, majorRadius: 3, minorRadius: 1, q0: 1.2, qa: 3.1 };
  const field = buildTokamak(spec);

  it('has the safety factor that it was given on every circle', () => {
    for (const r of [0.01, 0.5, 0.999]) {
      let q = 0;
      const points = 64;
      for (let i = 0; i < points; i++) {
        const theta = (2 * Math.PI * i) / points;
        const R = 3 + r * Math.cos(theta);
        const [BR, Bphi, BZ] = field.at(R, 0, r * Math.sin(theta), 0).B;
        const poloidal = BZ * Math.cos(theta) - BR * Math.sin(theta);
        expect(BR * Math.cos(theta) + BZ * Math.sin(theta)).toBeCloseTo(0, 14);
        q += (r * Bphi) / (R * poloidal) / points;
      }
      expect(q).toBeCloseTo(1.2 + 1.9 * r * r, 12);
    }
  });

  it('is the same all around', () => {
    const [a, b] = [field.at(3.4, 0, 0.3, 0).B, field.at(0, 3.4, 0.3, 0).B];
    expect(vectors.size(vectors.plus([-a[1], a[0], a[2]], b, -1))).toBeLessThan(1e-15);
  });

  it('loses what leaves the minor radius, and keeps what does not', () => {
    const run = (x: string) =>
      orbitsHere({
        motion: 'fullOrbit',
        field: { kind: 'tokamak', B0: '2 T', majorRadius: '3 m', minorRadius: '1 m' },
        particles: { count: 64, energy: '100 keV', place: [x, '0 m', '0 m'] },
        times: { until: '3 us', count: 1 },
      }).tallies.total('fates');
    const fates = run('3.3 m');
    expect([...fates]).toEqual([0, 0, 0, 64, 0, 0, 0]);
    const edge = run('3.98 m');
    expect(edge[6]).toBeGreaterThan(0);
    expect(edge[3] + edge[6]).toBe(64);
  });

  it('is refused where its circles reach the axis; a minor radius is where a torus is', () => {
    expect(() => buildTokamak({ ...spec, minorRadius: 3 })).toThrow('minorRadius: 3 m reaches the axis of symmetry');
    expect(() =>
      parseOrbits({
        motion: 'fullOrbit',
        field: 'uniform' as never,
        boundary: { minorRadius: '1 m' },
        times: { until: '1 us' },
      }),
    ).toThrow(
      'boundary.minorRadius: 1 m is from a magnetic axis, which a field of kind uniform has not (leave it out)',
    );
  });
});

describe('turbulence', () => {
  const spec = {
    B: [0, 0, 1],
    amplitude: 0.5,
    waves: 50,
    longest: 100,
    shortest: 1,
    slope: 5 / 3,
    directions: 'isotropic',
    phaseSpeed: 0,
    seed: 3,
  } as const;

  it('is a function of its seed alone, and another with another', () => {
    expect(randomWaves(spec)).toEqual(randomWaves({ ...spec }));
    expect(randomWaves({ ...spec, seed: 4 })[0].phase).not.toBe(randomWaves(spec)[0].phase);
    // the upper half of the seed counts
    expect(randomWaves({ ...spec, seed: 3 + 2 ** 32 })[0].phase).not.toBe(randomWaves(spec)[0].phase);
  });

  it('has the energy and the spectrum that were asked for, in waves across their k', () => {
    const waves = randomWaves(spec);
    const energy = waves.map(({ a }) => vectors.dot(a, a) / 2);
    expect(energy.reduce((a, b) => a + b)).toBeCloseTo(0.25, 13);
    for (const { k, a, e } of waves) {
      expect(Math.abs(vectors.dot(k, a))).toBeLessThan(1e-15 * vectors.size(k) * vectors.size(a) + 1e-300);
      expect(vectors.size(e)).toBe(0);
    }
    const [k, j] = [vectors.size(waves[0].k), vectors.size(waves[40].k)];
    // energies of equal steps of log k: k^(1 - slope)
    expect(energy[40] / energy[0]).toBeCloseTo((j / k) ** (-2 / 3), 12);
    expect((2 * Math.PI) / k).toBeCloseTo(100 ** 0.99, 10);
  });

  it('has mean square a^2/2 a wave over many seeds, alike in every direction', () => {
    // 900 fields at one place: B^2 of a component is a^2/6 a wave, and its sample has a standard error
    const squares = [0, 1, 2].map((k) =>
      Array.from({ length: 900 }, (_, seed) => buildTurbulence({ ...spec, seed }).at(1, 2, 3, 0).B[k] - spec.B[k]).map(
        (b) => b * b,
      ),
    );
    for (const sample of squares) {
      const value = sample.reduce((a, b) => a + b) / sample.length;
      const variance = sample.reduce((a, b) => a + (b - value) ** 2, 0) / (sample.length - 1);
      const found = { value, error: Math.sqrt(variance / sample.length) };
      near([{ ...found, reference: 0.25 / 3 }], 'mean square');
      // as if the energy of a wave were half as large again
      refuted(z(found, 0.375 / 3));
    }
  });

  it('is refused where wavelengths stand the wrong way round, or B is missing for slab waves', () => {
    expect(() => buildTurbulence({ ...spec, shortest: 200 })).toThrow('shortest: 200 m is longer than the longest');
    expect(() => buildTurbulence({ ...spec, B: [0, 0, 0], directions: 'slab' })).toThrow('B: is zero, where waves');
  });
});

describe('circularly polarised waves', () => {
  const wave = { amplitude: 0.1, wavelength: 7, phase: 0.3 } as const;

  it('turn with the ions (left) or the electrons (right) about B0 where they stand', () => {
    for (const [polarisation, sigma] of [
      ['left', 1],
      ['right', -1],
    ] as const) {
      const field = buildWave({ B0: 1, waves: [{ ...wave, polarisation, frequency: 10 }] });
      const [bx, by] = field.at(0, 0, 2, 0).B;
      const [cx, cy] = field.at(0, 0, 2, 1e-4).B;
      // an ion turns clockwise about +z: Bx + iBy ∝ exp(-i omega t)
      const turned = Math.atan2(bx * cy - by * cx, bx * cx + by * cy);
      expect(turned).toBeCloseTo(-sigma * 2 * Math.PI * 10 * 1e-4, 12);
    }
  });

  it('have no electric field in their own frame, whichever way they travel', () => {
    for (const wavelength of [7, -7]) {
      const field = buildWave({ B0: 1, waves: [{ ...wave, wavelength, polarisation: 'right', phaseSpeed: 1e6 }] });
      const { B, E } = field.at(1, 2, 3, 4e-6);
      const own = vectors.plus(E, vectors.cross([0, 0, Math.sign(wavelength) * 1e6], B));
      expect(vectors.size(own) / vectors.size(E)).toBeLessThan(1e-14);
    }
  });

  it('may be faster than light, and are refused without wavelength or with two speeds', () => {
    expect(
      buildWave({ B0: 1, waves: [{ ...wave, polarisation: 'left', phaseSpeed: 2 * SPEED_OF_LIGHT }] }).electric,
    ).toBe(true);
    const bad = { ...wave, polarisation: 'left', wavelength: 0, phaseSpeed: 1, frequency: 1 } as const;
    expect(() => buildWave({ B0: 1, waves: [{ ...wave, polarisation: 'left' }, bad] })).toThrow(
      /^waves\.0\.frequency: is missing .*\nwaves\.1\.wavelength: 0 m is no .*\nwaves\.1\.frequency: is given beside/,
    );
  });
});

describe('a ramp', () => {
  it('goes from one field to the other', () => {
    const smooth = buildRamp({ from: 1, to: 2, course: { kind: 'tanh', centre: 3, width: 0.1 } });
    const linear = buildRamp({ from: 2, to: 1, course: { kind: 'linear', start: 1, duration: 4 } });
    const along = (field: typeof smooth, t: number) => field.at(5, 6, 7, t).B[2];
    expect(along(smooth, -9)).toBeCloseTo(1, 14);
    expect(along(smooth, 3) ** 2).toBeCloseTo(2.5, 14);
    expect(along(smooth, 9)).toBeCloseTo(2, 14);
    expect([0, 1, 2, 5, 6].map((t) => along(linear, t))).toEqual([2, 2, 1.75, 1, 1]);
  });
});
