import { describe, expect, it } from 'vitest';
import { addMoments, type BackwardGrid, backwardMoments } from '../../src/analysis/backward.js';
import { coneMoments } from '../../src/analysis/coneMoments.js';
import { PitchGrid, scatter } from '../../src/analysis/kicks.js';
import { Motion } from '../../src/analysis/motion.js';
import { type MotionLine, Nodes } from '../../src/analysis/nodes.js';
import { scatteringOracle } from '../../src/analysis/oracle/index.js';
import { Rays } from '../../src/analysis/rays.js';

/** A line of length 1 with B/Bmin = f(s), finely tabulated. */
function lineOf(b: (s: number) => number, slope: (s: number) => number, ends: MotionLine['ends']): MotionLine {
  const nodes = Array.from({ length: 4001 }, (_, k) => k / 4000);
  return { length: 1, b: Float64Array.from(nodes, b), slope: Float64Array.from(nodes, slope), ends };
}

/** The right half of a parabola of ratio 5, throat to throat 2. */
const halfParabola = (end: 'open' | 'reflecting') =>
  lineOf(
    (s) => 1 + 4 * s * s,
    (s) => 8 * s,
    ['reflecting', end],
  );

/** What moments are followed on: 31 nodes and 48 pitches, if not said. */
function gridOf(line: MotionLine, places: readonly number[], { count = 31, points = 48 } = {}): BackwardGrid {
  const nodes = new Nodes(line, count);
  const pitches = new PitchGrid(points);
  return { line, nodes, pitches, places, motion: (step) => new Motion(line, nodes, pitches, step) };
}

/** V_0, V_1 and V_2 after a path, for starts at the first place and the pitches of the grid. */
function momentsAfter(grid: BackwardGrid, kappa: number, step: number, path: number): Float64Array[] {
  const found = [0, 1, 2].map(() => new Float64Array(grid.pitches.xi.length));
  addMoments(backwardMoments(grid, kappa, [path], step), path, 1, found);
  return found;
}

describe('scattering on the points of Gauss', () => {
  const grid = new PitchGrid(32);
  const legendre = (l: number, x: number): number => {
    let [last, now] = [1, x];
    if (l === 0) return 1;
    for (let k = 2; k <= l; k++) [last, now] = [now, ((2 * k - 1) * x * now - (k - 1) * last) / k];
    return now;
  };

  it.each([0, 1, 2, 5, 12])('lets P_%d decay as exp(-l(l+1) nu t)', (l) => {
    const f = grid.xi.map((x) => legendre(l, x));
    const into = new Float64Array(32);
    scatter(grid.kick(0.07), 0, Float64Array.of(1), f, into, 32, 0);
    for (let i = 0; i < 32; i++) expect(into[i]).toBeCloseTo(f[i] * Math.exp(-l * (l + 1) * 0.07), 12);
  });

  it('knows by how much it changes the powers of 1 - xi^2', () => {
    const kick = grid.kick(0.07);
    for (const k of [1, 2]) {
      const f = grid.xi.map((x) => (1 - x * x) ** k);
      const into = new Float64Array(32);
      scatter(kick, 0, Float64Array.of(1), f, into, 32, 0);
      for (let i = 0; i < 32; i++) expect(into[i] - f[i]).toBeCloseTo(kick.gain[k][i], 12);
    }
  });

  it('interpolates what is smooth on the sphere, at the poles too', () => {
    const f = grid.xi.map((x) => Math.exp(x) * (1 - x * x));
    const weights = new Float64Array(6);
    for (const x of [-1, -0.9995, -0.9, 0, 0.37, 0.9995, 1]) {
      const first = grid.stencil(x, weights);
      const value = weights.reduce((sum, w, k) => sum + w * f[first + k], 0);
      expect(Math.abs(value - Math.exp(x) * (1 - x * x))).toBeLessThan(2e-5);
    }
  });
});

describe('nodes of a line', () => {
  it.each([[['reflecting', 'open'] as const], [['open', 'open'] as const], [['reflecting', 'reflecting'] as const]])(
    'lie from end to end and are found again: %s',
    (ends) => {
      const nodes = new Nodes(
        lineOf(
          () => 1,
          () => 0,
          ends,
        ),
        21,
      );
      expect(nodes.place(0)).toBeCloseTo(0, 12);
      expect(nodes.place(20)).toBeCloseTo(1, 12);
      const weights = new Float64Array(6);
      for (const k of [3, 10, 17]) {
        const first = nodes.stencil(nodes.place(k), weights);
        weights.forEach((w, a) => {
          expect(w).toBeCloseTo(first + a === k ? 1 : 0, 6);
        });
      }
    },
  );
});

describe('the backward equation', () => {
  it('is exact scattering where the field is uniform: P_2 decays as exp(-6 nu t), P_4 as exp(-20 nu t)', () => {
    const uniform = lineOf(
      () => 1,
      () => 0,
      ['periodic', 'periodic'],
    );
    for (const tau of [0.03, 0.2]) {
      const grid = gridOf(uniform, [0.4]);
      const found = momentsAfter(grid, 0.1, 0.02, tau / 0.1);
      const [e2, e4] = [Math.exp(-6 * tau), Math.exp(-20 * tau)];
      grid.pitches.xi.forEach((x, i) => {
        const p2 = (3 * x * x - 1) / 2;
        const p4 = (35 * x ** 4 - 30 * x * x + 3) / 8;
        expect(found[0][i]).toBe(0);
        expect(found[1][i]).toBeCloseTo((2 / 3) * p2 * (1 - e2), 5);
        expect(found[2][i]).toBeCloseTo((16 / 21) * p2 * (1 - e2) - (8 / 35) * p4 * (1 - e4), 5);
      });
    }
  });

  it.each(['reflecting', 'periodic'] as const)(
    'keeps an isotropic ensemble isotropic in a closed mirror: %s',
    (end) => {
      const line = lineOf(
        (s) => 3 - 2 * Math.cos(2 * Math.PI * s),
        (s) => 4 * Math.PI * Math.sin(2 * Math.PI * s),
        [end, end],
      );
      const grid = new PitchGrid(48);
      const places = Array.from({ length: 64 }, (_, k) => (k + 0.5) / 64);
      const ray = backwardMoments(gridOf(line, places, { count: 81 }), 0.4, [1], 0.04);
      const last = ray.fields[ray.fields.length - 1];
      // the equilibrium is uniform in xi and has the density of the flux tube, ds/B
      const width = grid.xi.map((_, i) => grid.kick(1e9).even[i < 24 ? i : 47 - i] / 2);
      let [change, size] = [0, 0];
      places.forEach((s, k) => {
        grid.xi.forEach((_, i) => {
          const weight = width[i] / (3 - 2 * Math.cos(2 * Math.PI * s));
          change += weight * last[1][k * 48 + i];
          size += weight * Math.abs(last[1][k * 48 + i]);
        });
      });
      expect(Math.abs(change / size)).toBeLessThan(1e-3);
    },
  );

  it('is the same on a grid with finer steps, nodes and pitches, in reflecting ends and in throats', () => {
    for (const end of ['reflecting', 'open'] as const) {
      const [rough, fine] = [
        gridOf(halfParabola(end), [0.2]),
        gridOf(halfParabola(end), [0.2], { count: 61, points: 64 }),
      ];
      const found = [momentsAfter(rough, 0.05, 1 / 6, 2.5), momentsAfter(fine, 0.05, 1 / 24, 2.5)];
      const weights = new Float64Array(6);
      // away from the rim of the loss cone, where V_0 is a step
      for (const x of [-0.6, -0.3, 0, 0.2, 0.5]) {
        const at = ({ pitches }: BackwardGrid, values: Float64Array) => {
          const first = pitches.stencil(x, weights);
          return weights.reduce((sum, w, a) => sum + w * values[first + a], 0);
        };
        for (const k of [0, 1, 2]) {
          expect(Math.abs(at(rough, found[0][k]) - at(fine, found[1][k])), `V_${k} at ${x}`).toBeLessThan(1e-4);
        }
      }
    }
  });

  it('keeps moments where it is told, and between', () => {
    const grid = gridOf(halfParabola('reflecting'), [0.2]);
    const told = backwardMoments(grid, 0.05, [0.3, 0.7, 1.9], 0.1);
    for (const path of [0.3, 0.7, 1.9]) expect(told.paths).toContain(path);
    const [there, between] = [0, 1].map(() => [0, 1, 2].map(() => new Float64Array(48)));
    addMoments(told, 0.7, 1, there);
    addMoments(backwardMoments(grid, 0.05, [1.9], 0.1), 0.7, 1, between);
    there[2].forEach((x, i) => {
      expect(Math.abs(x - between[2][i])).toBeLessThan(1e-4);
    });
  });

  it('stays within bounds over many small steps with losses', () => {
    const found = momentsAfter(gridOf(halfParabola('open'), [0]), 0.005, 0.03, 16);
    // a share inside: interpolation may overshoot a step by a few per cent
    for (const v of found[0]) {
      expect(v).toBeGreaterThan(-1.1);
      expect(v).toBeLessThan(0.1);
    }
  });
});

describe('rays for many speeds', () => {
  const line = { line: halfParabola('open'), nodes: 31, length: 2, quickest: Math.PI };
  const places = [0, 0.4];

  it('are what each speed for itself comes to, to 3e-3 of the growth', () => {
    const courses = Array.from({ length: 12 }, (_, n) => ({ kappa: 0.02 * 1.6 ** n, path: 4 / 1.3 ** n }));
    const together = Rays.along(line, places, courses, [0.25, 1])!;
    for (const course of [courses[1], courses[5], courses[9]]) {
      const alone = Rays.along(line, places, [course], [0.25, 1])!;
      for (const part of [0.25, 1]) {
        const [a, b] = [together.moments(course, part).rows, alone.moments(course, part).rows];
        for (const k of [1, 2]) {
          const size = b[k].reduce((most, x) => Math.max(most, Math.abs(x)), 0);
          b[k].forEach((x, i) => {
            // pitches of the trapped: those about to leave do so in one step
            if (Math.abs(together.pitches.xi[i % 48]) > 0.7) return;
            expect(Math.abs(a[k][i] - x) / size).toBeLessThan(3e-3);
          });
        }
      }
    }
  });

  it('grow in proportion to the scattering where that is little, but for those that leave without it', () => {
    const course = { kappa: 1e-6, path: 10 };
    const { rows, unscattered } = Rays.along(line, [0], [course], [1])!.moments(course, 1);
    expect(unscattered).toBeGreaterThan(0.98);
    // the trapped, by the bounce average in a parabola: d<m>/dt = nu (4 <Bmin/B> - 6 m), <Bmin/B> = sqrt(m) along the orbit
    for (const i of [14, 16, 20]) {
      const m = 1 - new PitchGrid(48).xi[i] ** 2;
      const first = rows[1][i] - m * rows[0][i];
      expect(Math.abs(first / (1e-5 * (4 * Math.sqrt(m) - 6 * m)) - 1)).toBeLessThan(0.02);
    }
  });

  it('are scattering alone where a line is many mean free paths long', () => {
    const course = { kappa: 1000, path: 2e-4 };
    const rays = Rays.along(line, places, [course], [1])!;
    const gain = rays.pitches.gain(0.2);
    rays.moments(course, 1).rows[1].forEach((x, i) => {
      expect(x).toBeCloseTo(gain[1][i % 48] / (i < 48 ? 1 : 1 + 4 * 0.16), 5);
    });
  });

  it('say how much slower than it is a particle was followed', () => {
    const rays = Rays.along(line, [0], [{ kappa: 1e-4, path: 1000 }], [0.25, 1])!;
    expect(rays.slowed({ kappa: 1e-4, path: 1000 })).toBeCloseTo(1000 / 128, 9);
    expect(rays.slowed({ kappa: 1, path: 1 })).toBe(1);
  });
});

describe('the backward equation of pitch alone', () => {
  // 96 cells, as the theory takes them: rims of high ratio lie within one cell of the pole
  it.each([2, 5, 40, 1000])('loses as the eigenmodes do, ratio %d', (mirrorRatio) => {
    const rim = Math.sqrt(1 - 1 / mirrorRatio);
    const after = coneMoments(-rim, rim, 96);
    for (const tau of [0.24, 3]) {
      const [inside] = after(tau);
      for (const cell of [20, 40, 60]) {
        const xi = -rim + ((cell + 0.5) * 2 * rim) / 96;
        const lost = scatteringOracle({ mirrorRatio, start: { xi } }).lostBefore(tau);
        expect(Math.abs(inside[cell] + lost)).toBeLessThan(4e-4);
      }
    }
  });

  it('has the mean of mu of the survivors, ratio 1000, against a grid three times as fine', () => {
    const rim = Math.sqrt(0.999);
    const [, v1, v2] = coneMoments(-rim, rim, 288)(0.24);
    const [, w1, w2] = coneMoments(-rim, rim, 96)(0.24);
    // cell 37 of 96 has its centre in the cell 112 of 288
    expect(Math.abs(w1[37] / v1[112] - 1)).toBeLessThan(1e-3);
    expect(Math.abs(w2[37] / v2[112] - 1)).toBeLessThan(1e-3);
  });
});
