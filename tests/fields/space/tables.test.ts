import { describe, expect, it } from 'vitest';
import { splineCoefficients, weights } from '../../../src/fields/space/basis.js';
import { buildBottle } from '../../../src/fields/space/bottle.js';
import { buildCoils } from '../../../src/fields/space/coils.js';
import { buildDipole } from '../../../src/fields/space/dipole.js';
import { buildEqdsk, solovev } from '../../../src/fields/space/eqdsk.js';
import { buildGrid, gridOf } from '../../../src/fields/space/grid.js';
import { buildTokamak } from '../../../src/fields/space/tokamak.js';
import * as vectors from '../../../src/physics/vectors.js';
import { planOrbits } from '../../../src/plan/orbits/plan.js';
import { type OrbitInput, parseOrbits } from '../../../src/scenario/orbits/schema.js';
import { orbitsHere } from '../../orbits/runHere.js';

const coils = buildCoils({ B: 1, radius: 2, separation: 3 });

/** Places inside of a cube, none of them on a grid. */
const inside = (halfWidth: number) =>
  Array.from(
    { length: 200 },
    (_, i): vectors.Vector => [
      halfWidth * Math.sin(1.7 * i + 1),
      halfWidth * Math.sin(2.9 * i + 2),
      halfWidth * Math.sin(4.1 * i + 3),
    ],
  );

/** |div B| by differences over 1e-4 m. */
function divergence(
  field: { at(x: number, y: number, z: number, t: number): { B: vectors.Vector } },
  place: vectors.Vector,
): number {
  const h = 1e-4;
  return Math.abs(
    [0, 1, 2].reduce((sum, k) => {
      const step = vectors.times([k === 0 ? 1 : 0, k === 1 ? 1 : 0, k === 2 ? 1 : 0], h);
      const [a, b] = [vectors.plus(place, step), vectors.plus(place, step, -1)].map((at) =>
        field.at(...(at as [number, number, number]), 0),
      );
      return sum + (a.B[k] - b.B[k]) / (2 * h);
    }, 0),
  );
}

describe('a spline', () => {
  it('goes through its values and is exact for cubics', () => {
    const cubic = (x: number) => 2 - x + 3 * x * x - 0.5 * x ** 3;
    for (const n of [4, 5, 6, 9]) {
      const c = splineCoefficients(Array.from({ length: n }, (_, i) => cubic(i)));
      for (let x = 0.25; x < n - 1; x += 0.5) {
        const w = weights(x % 1);
        const value = w.reduce((sum, weight, k) => sum + weight * c[Math.floor(x) + k], 0);
        expect(value).toBeCloseTo(cubic(x), 10);
      }
    }
  });
});

describe('a grid', () => {
  it('gives the field between its places, the error a sixteenth at half the distance, and div B within what it says', () => {
    const errors = [9, 17, 33].map((count) => {
      const field = buildGrid(gridOf(coils.at, 1, count));
      let worst = 0;
      for (const place of inside(0.95)) {
        const [found, exact] = [field.at(...place, 0).B, coils.at(...place, 0).B];
        worst = Math.max(worst, vectors.size(vectors.plus(found, exact, -1)) / vectors.size(exact));
        expect(divergence(field, place)).toBeLessThan(field.divergence ?? 0);
      }
      return worst;
    });
    expect(errors[2]).toBeLessThan(1e-5);
    for (const i of [0, 1]) {
      expect(errors[i] / errors[i + 1]).toBeGreaterThan(8);
      expect(errors[i] / errors[i + 1]).toBeLessThan(40);
    }
  });

  const good = gridOf(buildBottle({ B: 1, scale: 2 }).at, 1, 5);

  it('takes its rows in any order and with few digits', () => {
    const order = good.x.map((_, i) => (i * 7) % 125);
    const digits = (values: readonly number[]) => order.map((i) => Number(values[i].toPrecision(5)));
    const { x, y, z, Bx, By, Bz } = good;
    const mixed = { x: digits(x), y: digits(y), z: digits(z), Bx: digits(Bx), By: digits(By), Bz: digits(Bz) };
    expect(buildGrid(mixed).at(0.3, 0.2, 0.1, 0).B[2]).toBeCloseTo(buildGrid(good).at(0.3, 0.2, 0.1, 0).B[2], 4);
  });

  it('is refused where the divergence is beyond its error: a component turned over, or a percent off', () => {
    expect(() => buildGrid({ ...good, By: good.By.map((b) => -b) })).toThrow(
      /^Bx: has a divergence of \S+ T\/m at \(.*\) m \(must be 0 to the grid's error there, \S+ T\/m\)$/,
    );
    const fine = gridOf(coils.at, 1, 17);
    expect(() => buildGrid({ ...fine, Bz: fine.Bz.map((b, i) => b * (1 + 0.01 * fine.z[i])) })).toThrow(
      'has a divergence',
    );
    expect(() => buildGrid(fine)).not.toThrow();
  });

  it('is refused beside one wrong value, and taken where only its gradient jumps, at the edge of a plasma', () => {
    for (const at of [coils.at, buildDipole({ B0: 1, radius: 0.5 }).at]) {
      const table = gridOf((x, y, z, t) => at(x + 2.4, y, z, t), 0.4, 17);
      const middle = table.x.findIndex((_, i) => Math.hypot(table.x[i], table.y[i], table.z[i]) < 1e-9);
      expect(() => buildGrid(table)).not.toThrow();
      expect(() => buildGrid({ ...table, Bz: table.Bz.map((b, i) => (i === middle ? 1.1 * b : b)) })).toThrow(
        'has a divergence',
      );
    }
    const { at } = buildTokamak({ B0: 1, majorRadius: 1.5, minorRadius: 0.5, q0: 1, qa: 3 });
    expect(() => buildGrid(gridOf((x, y, z, t) => at(x + 1.5, y, z, t), 0.6, 17))).not.toThrow();
  });

  it('is refused by row where it is no grid', () => {
    const change = (key: 'x' | 'y' | 'z', row: number, value: number) => ({
      ...good,
      [key]: good[key].map((old, i) => (i === row ? value : old)),
    });
    expect(() => buildGrid(change('x', 1, 0))).toThrow('x: row 3: (0, -1, -1) m comes twice, first in row 2');
    expect(() => buildGrid(change('y', 7, 0.1))).toThrow(/^y: row 8: 0\.1 m is off an even grid/);
    const short = Object.fromEntries(Object.entries(good).map(([key, values]) => [key, values.slice(0, 124)]));
    expect(() => buildGrid(short as typeof good)).toThrow(
      'x: has 124 rows, a grid of 5 x 5 x 5 places has 125; (1, 1, 1) m is missing',
    );
    expect(() => buildGrid(gridOf(coils.at, 1, 4))).toThrow('x: has 4 different places (must have at least 5)');
  });

  const csv = [
    'x [cm], y [cm], z [cm], Bx [mT], By [mT], Bz [mT]',
    ...good.x.map((_, i) =>
      [good.x[i] * 100, good.y[i] * 100, good.z[i] * 100, good.Bx[i] * 1e3, good.By[i] * 1e3, good.Bz[i] * 1e3].join(
        ',',
      ),
    ),
  ];
  const scenario = (place: [string, string, string]): OrbitInput => ({
    motion: 'fullOrbit',
    field: { kind: 'grid', file: 'b.csv' },
    particles: { count: 64, speed: '1e6 m/s', place },
    times: { until: '3 us', count: 1 },
  });
  const parse = (lines: readonly string[], place: [string, string, string] = ['0 m', '0 m', '0 m']) =>
    parseOrbits(scenario(place), { files: () => lines.join('\n') });

  it('comes from a CSV file, in the units that its header names; faults of it by line', () => {
    expect(planOrbits(parse(csv)).reference.B).toBeCloseTo(1, 12);
    const broken = [...csv];
    broken[41] = broken[41].replace(/[^,]+$/, 'nan');
    expect(() => parse(broken)).toThrow(
      'field.file: "b.csv": line 42: "nan" is not a finite number (must be Bz as a number)',
    );
    expect(() => parse(csv.map((line) => line.replace(/,[^,]*$/, '')))).toThrow(
      'has 5 columns (must have 6: x, y, z, Bx',
    );
  });

  it('names a start outside of it, and loses what leaves it', () => {
    expect(() => planOrbits(parse(csv, ['0 m', '1.1 m', '0 m']))).toThrow(
      "particles.place: particle 0 at (0, 1.1, 0) m lies outside of the field's table: y = 1.1 m (must be from -1 m to 1 m)",
    );
    const { x, y, z, Bx, By, Bz } = good;
    const inline = (values: readonly number[], unit: string) => ({ unit, values });
    const { tallies } = orbitsHere({
      ...scenario(['0 m', '0 m', '0.9 m']),
      field: {
        kind: 'grid',
        x: inline(x, 'm'),
        y: inline(y, 'm'),
        z: inline(z, 'm'),
        Bx: inline(Bx, 'T'),
        By: inline(By, 'T'),
        Bz: inline(Bz, 'T'),
      },
    });
    const fates = tallies.total('fates');
    // upwards at z = 0.9 m with 1e6 m/s: 3 us are more than enough
    expect(fates[2]).toBeGreaterThan(20);
    expect(fates[4]).toBe(0);
  });
});

describe('an equilibrium', () => {
  it('has the field of its flux, the error an eighth or less at half the distance', () => {
    const errors = [17, 33, 65].map((n) => {
      const { text, psi } = solovev(n);
      const field = buildEqdsk({ text });
      let worst = 0;
      for (const [a, b] of inside(0.8)) {
        const [R, z] = [3 + a, b];
        const h = 1e-4;
        const BR = -(psi(R, z + h) - psi(R, z - h)) / (2 * h * R);
        const BZ = (psi(R + h, z) - psi(R - h, z)) / (2 * h * R);
        const { B } = field.at(0.6 * R, 0.8 * R, z, 0);
        worst = Math.max(worst, Math.abs(0.6 * B[0] + 0.8 * B[1] - BR), Math.abs(B[2] - BZ));
        const s = psi(R, z) / psi(4, 0);
        const F = 6 - 0.1 * Math.max(0, 1 - s) ** 3;
        expect(Math.abs(0.6 * B[1] - 0.8 * B[0] - F / R)).toBeLessThan(1e-3);
      }
      return worst;
    });
    expect(errors[2]).toBeLessThan(1e-5);
    expect(errors[0] / errors[1]).toBeGreaterThan(6);
    expect(errors[1] / errors[2]).toBeGreaterThan(6);
  });

  const { text } = solovev(9);
  const lines = text.split('\n');
  const broken = (line: number, change: (old: string) => string) =>
    lines.map((old, i) => (i === line - 1 ? change(old) : old)).join('\n');
  const build = (changed: string) => () => buildEqdsk({ text: changed });

  it('is refused by line where its file is malformed', () => {
    expect(build(broken(1, () => 'EFITD'))).toThrow(
      'file: line 1: "EFITD" (must end with the numbers of points along R and z)',
    );
    expect(build(broken(1, (old) => old.replace('9 9', '9 2')))).toThrow(
      'file: line 1: 2 points (must be from 5 to 1025)',
    );
    expect(build(broken(20, (old) => `             NaN${old.slice(16)}`))).toThrow('file: line 20: "NaN');
    expect(build(broken(8, (old) => `****************${old.slice(16)}`))).toThrow('file: line 8: "****');
    expect(build(lines.slice(0, 21).join('\n'))).toThrow('file: line 21: the file ends before psi');
    // numbers that are missing would shift all after them
    expect(build(broken(24, (old) => old.slice(0, 40)))).toThrow(
      /^file: line \d+: psi ends in the middle of the line, before /,
    );
    expect(build(broken(7, (old) => old.slice(0, 48)))).toThrow(/^file: line \d+: F ends in the middle of the line/);
    expect(build(lines.filter((_, i) => i !== 24).join('\n'))).toThrow(/^file: line \d+: .*(q|psi)/);
    expect(build('')).toThrow('file: line 1: "" (must end');
    expect(() => buildEqdsk({})).toThrow('file: is missing (must be a G-EQDSK file');
    expect(() => buildEqdsk({ text, file: undefined })).not.toThrow();
  });

  it('is refused where it is no equilibrium', () => {
    const swap = (line: number, column: number, value: string) =>
      broken(line, (old) => `${old.slice(0, 16 * column)}${value.padStart(16)}${old.slice(16 * (column + 1))}`);
    expect(build(swap(2, 0, '-1.0E+00'))).toThrow('file: line 2: a box of -1 m by 3 m');
    expect(build(swap(3, 0, '9.0E+00'))).toThrow('the magnetic axis at R = 9 m, z = 0 m lies outside');
    expect(build(swap(3, 3, '0.0E+00'))).toThrow('psi is 0 Wb/rad at the axis and at the edge (must differ)');
  });

  it('is read where numbers touch and exponents are written with D', () => {
    const tight = text
      .replace(/ (-\d)/g, '$1')
      .replaceAll('E', 'D')
      .replace(/^.*/, lines[0]);
    expect(buildEqdsk({ text: tight }).at(3.3, 0, 0.2, 0)).toEqual(buildEqdsk({ text }).at(3.3, 0, 0.2, 0));
  });

  it('comes from a file, and its particles end at its box', () => {
    const input: OrbitInput = {
      motion: 'fullOrbit',
      field: { kind: 'eqdsk', file: 'g.geqdsk' },
      particles: { count: 64, energy: '10 keV' },
      times: { until: '1 us', count: 1 },
    };
    const plan = planOrbits(parseOrbits(input, { files: () => text }));
    expect(plan.reference.B).toBeGreaterThan(1);
    expect(() => parseOrbits(input, { files: () => 'nothing' })).toThrow('field.file: line 1: "nothing" (must end');
    expect(() => parseOrbits(input)).toThrow('field.file: "g.geqdsk" cannot be read');
    const far = {
      ...input,
      particles: { count: 64, energy: '10 keV', place: ['4.6 m', '0 m', '0 m'] as [string, string, string] },
    };
    expect(() => planOrbits(parseOrbits(far, { files: () => text }))).toThrow(
      'R = 4.6 m (must be from 1.5 m to 4.5 m)',
    );
  });
});
