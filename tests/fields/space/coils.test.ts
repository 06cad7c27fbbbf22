import { describe, expect, it } from 'vitest';
import { buildCoils, coilField } from '../../../src/fields/space/coils.js';
import { buildTwoCoil } from '../../../src/fields/twoCoil.js';
import * as vectors from '../../../src/physics/vectors.js';

/** The field of a loop by Biot and Savart's law, `mu0 I/(4 pi) = 1`: the trapezoid rule converges faster than any power. */
function biotSavart(a: number, [x, y, z]: vectors.Vector, points: number): vectors.Vector {
  let sum: vectors.Vector = [0, 0, 0];
  for (let i = 0; i < points; i++) {
    const angle = (2 * Math.PI * (i + 0.5)) / points;
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    const gap: vectors.Vector = [x - a * c, y - a * s, z];
    const line: vectors.Vector = [(-a * s * 2 * Math.PI) / points, (a * c * 2 * Math.PI) / points, 0];
    sum = vectors.plus(sum, vectors.cross(line, gap), 1 / vectors.size(gap) ** 3);
  }
  return sum;
}

/** mu0 I a^2/2 where mu0 I/(4 pi) = 1. */
const F = (a: number) => 2 * Math.PI * a * a;

describe('a coil', () => {
  it('has the field of Biot and Savart on and off its axis, near its wire and outside', () => {
    for (const place of [
      [0, 0, 0.3],
      [1e-9, 0, 0.3],
      [0.3, -0.2, 0.1],
      [1.2, 0, 0],
      [0.9, 0.9, -0.4],
      [2, 3, 1],
      [0.7, 0.71, 0.02],
    ] as const) {
      const found = coilField(F(1), 1, place[0], place[1], place[2]);
      const expected = biotSavart(1, place, 4000);
      const off = vectors.size(vectors.plus(found, expected, -1)) / vectors.size(expected);
      expect(off, `at ${place}`).toBeLessThan(2e-13);
    }
  });

  it('is a dipole far away, to the square of the distance, and a straight wire near it', () => {
    const far = coilField(F(1), 1, 3e6, 0, 4e6);
    const moment = Math.PI;
    // 3 (m.r) r/r^5 - m/r^3
    const r = 5e6;
    const dipole: vectors.Vector = [
      (3 * moment * 3e6 * 4e6) / r ** 5,
      0,
      (3 * moment * 16e12) / r ** 5 - moment / r ** 3,
    ];
    expect(vectors.size(vectors.plus(far, dipole, -1)) / vectors.size(dipole)).toBeLessThan(1e-12);
    const gap = 1e-7;
    // 2 (mu0 I/4 pi)/d, and corrections of gap log(gap)
    expect((vectors.size(coilField(F(1), 1, 1 - gap, 0, 0)) * gap) / 2).toBeCloseTo(1, 5);
    expect((vectors.size(coilField(F(1), 1, 1, 0, gap)) * gap) / 2).toBeCloseTo(1, 5);
  });
});

describe('two coils', () => {
  it('have the field of the line profile on their axis', () => {
    const spec = { B: 0.7, radius: 0.5, separation: 2 };
    const [space, line] = [buildCoils(spec), buildTwoCoil(spec)];
    for (const z of [-3, -1, -0.5, 0, 0.2, 1, 1.7])
      expect(space.at(0, 0, z, 0).B[2] / line.strength(z)).toBeCloseTo(1, 13);
    expect(buildCoils({ current: 1e6, radius: 0.5, separation: 2 }).strength).toBeCloseTo(
      buildTwoCoil({ current: 1e6, radius: 0.5, separation: 2 }).Bmin,
      13,
    );
  });

  it('are refused with both or neither of B and current', () => {
    expect(() => buildCoils({ radius: 1, separation: 1 })).toThrow('B: is missing (give B midway');
    expect(() => buildCoils({ B: 1, current: 1, radius: 1, separation: 1 })).toThrow('B: is given beside current');
  });
});
