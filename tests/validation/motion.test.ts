import { describe, expect, it } from 'vitest';
import { SPEED_OF_LIGHT } from '../../src/physics/constants.js';
import { planRun } from '../../src/plan/plan.js';
import { parseScenario } from '../../src/scenario/index.js';
import { testFamily } from './family.js';
import { follow, SPEED, scenario } from './runHere.js';

const EV = 1.602176634e-19;
const PROTON = 1.67262192595e-27;
const parabola = (ratio: number, length = 2) => ({ kind: 'parabolic', B: '1 T', ratio, length: `${length} m` });
const times = (n: number, dt: number) => ({
  at: { unit: 's', values: Array.from({ length: n }, (_, i) => (i + 1) * dt) },
});

/** One orbit without collisions: `steps` steps an interval, n intervals. */
function orbit(n: number, steps: number, dt: number, parts: Record<string, unknown>) {
  return scenario({
    collisions: 'none',
    boundary: 'throat',
    ...parts,
    particles: { count: 1, ...(parts.particles as Record<string, unknown>) },
    motion: { kind: 'guidingCentre', step: `${dt} s` },
    times: times(n, steps * dt),
  });
}

testFamily('motion');

describe('bounce in a mirror', () => {
  it('mu keeps its bits between collisions, in every field', () => {
    for (const field of [parabola(5), { kind: 'multiMirror', B: '1 T', ratio: 5, cells: 3, length: '2 m' }]) {
      let first = Number.NaN;
      follow(orbit(10, 100, 1e-8, { particles: { pitch: { kind: 'cosine', xi: 0.3 } }, field }), ({ m }, _, time) => {
        if (time === 1) first = m[0];
        else expect(m[0]).toBe(first);
      });
      expect(first).toBe((1 - 0.3 * 0.3) / 1);
    }
  });

  it('energy error falls as the square of the step and does not grow', () => {
    const worst = (steps: number, n: number) => {
      let most = 0;
      const dt = 1e-7 / steps;
      follow(
        orbit(n, steps, dt, { particles: { pitch: { kind: 'cosine', xi: 0.6 } }, field: parabola(5) }),
        ({ xi, m, B }) => {
          most = Math.max(most, Math.abs(xi[0] * xi[0] + m[0] * B[0] - 1));
        },
      );
      return most;
    };
    const coarse = worst(2, 2000);
    expect(coarse / worst(4, 2000)).toBeGreaterThan(3.8);
    expect(coarse / worst(4, 2000)).toBeLessThan(4.2);
    expect(worst(2, 200) / coarse).toBeGreaterThan(0.95);
  });
});

describe('potential', () => {
  const drop = 2000;
  const energy = 0.5 * PROTON * SPEED * SPEED; // 5.22 keV
  const length = 2;
  const phi = (s: number, volts = drop) => volts * (s / (length / 2)) ** 2;
  const B = (s: number) => 1 + 4 * (s / (length / 2)) ** 2;

  it('shifts the mirror point as energy conservation says', () => {
    for (const volts of [drop, -drop]) {
      const xi0 = 0.5;
      // E = mu B + q phi at the turning point: xi0^2 E = (4 (1 - xi0^2) E + q V) x^2
      const turn = Math.sqrt((xi0 * xi0 * energy) / (4 * (1 - xi0 * xi0) * energy + volts * EV));
      const reach = (dt: number) => {
        let most = 0;
        const input = orbit(4000, 5, dt, {
          particles: { pitch: { kind: 'cosine', xi: xi0 } },
          field: parabola(5),
          potential: { kind: 'parabolic', drop: `${volts} V` },
        });
        const unit = planRun(parseScenario(input)).reference.lengthUnit;
        follow(input, ({ s, m, p, B: b }) => {
          most = Math.max(most, Math.abs(s[0]) * unit);
          expect(Math.abs(p[0] * p[0] * m[0] - 0.75)).toBeLessThan(1e-11);
          // K + q phi in units of the kinetic energy at the start, the field table's and the step's error
          const place = s[0] * unit;
          expect(Math.abs(p[0] * p[0] + (phi(place, volts) * EV) / energy - 1)).toBeLessThan(1e-4);
          expect(Math.abs(b[0] / B(place) - 1)).toBeLessThan(1e-6);
        });
        return most;
      };
      const found = reach(1e-9);
      expect(Math.abs(found / turn - 1)).toBeLessThan(1e-4);
      // without the potential, and with its sign flipped
      expect(Math.abs(found / Math.sqrt((xi0 * xi0) / (4 * (1 - xi0 * xi0))) - 1)).toBeGreaterThan(0.03);
      const flipped = Math.sqrt((xi0 * xi0 * energy) / (4 * (1 - xi0 * xi0) * energy - volts * EV));
      expect(Math.abs(found / flipped - 1)).toBeGreaterThan(0.05);
    }
  });

  it('K + q phi is conserved for relativistic particles, to second order', () => {
    const rest = 9.1093837139e-31 * SPEED_OF_LIGHT ** 2;
    const start = 5e5 * EV;
    const worst = (dt: number) => {
      let most = 0;
      const input = {
        ...orbit(2000, Math.round(1e-10 / dt), dt, {
          particles: { speed: '500 keV', pitch: { kind: 'cosine', xi: 0.5 } },
          field: parabola(5),
          potential: { kind: 'parabolic', drop: '-300 kV' },
        }),
        species: 'electron',
      } as ReturnType<typeof scenario>;
      const { lengthUnit, speed } = planRun(parseScenario(input)).reference;
      const gamma = 1 + start / rest;
      const pRef = gamma * 9.1093837139e-31 * speed;
      follow(input, ({ s, p }) => {
        const momentum = p[0] * pRef;
        const kinetic = Math.sqrt(rest * rest + (momentum * SPEED_OF_LIGHT) ** 2) - rest;
        const place = s[0] * lengthUnit;
        most = Math.max(most, Math.abs(kinetic - EV * phi(place, -3e5) - start) / start);
      });
      return most;
    };
    const coarse = worst(1e-10);
    const fine = worst(5e-11);
    expect(coarse).toBeLessThan(2e-3);
    expect(coarse / fine).toBeGreaterThan(3.5);
    expect(coarse / fine).toBeLessThan(4.5);
  });
});

describe('parallel field', () => {
  const length = 2;
  it('its work is the change of energy: uniform, uniform line', () => {
    // momentum grows by q E t exactly; gamma, and so the place, by less than 1e-6 of it
    const E = 1000;
    const dt = 1e-9;
    const input = orbit(100, 10, dt, {
      particles: { pitch: { kind: 'cosine', xi: 0.6 } },
      field: { kind: 'uniform', B: '1 T', length: `${length} m` },
      boundary: 'none',
      parallelField: `${E} V/m`,
    });
    follow(input, ({ s, p, xi }, _, time) => {
      const t = 10 * dt * time;
      const a = (EV * E) / PROTON / (1 / Math.sqrt(1 - (SPEED / SPEED_OF_LIGHT) ** 2));
      expect(Math.abs((s[0] * length) / 2 - (0.6 * SPEED * t + 0.5 * a * t * t))).toBeLessThan(1e-6);
      expect(Math.abs(p[0] * xi[0] - (0.6 + (a * t) / SPEED))).toBeLessThan(1e-9);
    });
  });

  it('in a mirror: K - q E s is conserved, and a slow ramp ends where a constant field is', () => {
    const E = 500;
    const energy = 0.5 * PROTON * SPEED * SPEED;
    const input = orbit(2000, 5, 1e-9, {
      particles: { pitch: { kind: 'cosine', xi: 0.4 } },
      field: parabola(5),
      parallelField: `${E} V/m`,
    });
    const unit = planRun(parseScenario(input)).reference.lengthUnit;
    let worst = 0;
    let swing = 0;
    follow(input, ({ s, p }) => {
      worst = Math.max(worst, Math.abs(p[0] * p[0] - (EV * E * s[0] * unit) / energy - 1));
      swing = Math.max(swing, Math.abs(p[0] * p[0] - 1));
    });
    expect(worst).toBeLessThan(1e-5);
    expect(swing).toBeGreaterThan(0.02);
  });

  it('a slow ramp keeps the bounce action: the well of a harmonic bounce is only shifted', () => {
    // vPar^2 + omega^2 (s - s1)^2 keeps its value when s1 moves slowly; omega = vPerp0/scale, s1 = q E/(m omega^2)
    const E = 5000;
    const xi0 = 0.4;
    const omega = (Math.sqrt(1 - xi0 * xi0) * SPEED) / 0.5;
    const shift = (EV * E) / PROTON / omega ** 2;
    const bounce = (2 * Math.PI) / omega;
    const action = (duration: number) => {
      const input = orbit(400, Math.ceil((1.5 * duration) / 400 / 4e-9), 4e-9, {
        particles: { pitch: { kind: 'cosine', xi: xi0 } },
        field: parabola(5),
        parallelField: { profile: `${E} V/m`, time: { kind: 'ramp', duration: `${duration} s` } },
      });
      const unit = planRun(parseScenario(input)).reference.lengthUnit;
      let last = 0;
      follow(input, ({ s, p, xi }) => {
        last = (p[0] * xi[0]) ** 2 + (omega / SPEED) ** 2 * (s[0] * unit - shift) ** 2;
      });
      return last / (xi0 * xi0);
    };
    expect(Math.abs(action(20.5 * bounce) - 1)).toBeLessThan(0.03);
    // sudden: the amplitude changes at once
    expect(Math.abs(action(0.001 * bounce) - 1)).toBeGreaterThan(0.03);
  });
});

describe('closed ends', () => {
  for (const boundary of ['reflecting', 'periodic']) {
    it(`${boundary}: energy does not drift over thousands of passages`, () => {
      for (const field of [parabola(1.5), { kind: 'twoCoil', B: '1 T', radius: '1 m', separation: '4 m' }]) {
        const spread = (dt: number) => {
          let most = 0;
          const input = orbit(200, 200, dt, {
            // passes the throats
            particles: { pitch: { kind: 'cosine', xi: 0.9 } },
            field,
            boundary,
          });
          follow(input, ({ xi, m, B, s }) => {
            expect(Math.abs(s[0])).toBeLessThan(8);
            most = Math.max(most, Math.abs(xi[0] * xi[0] + m[0] * B[0] - 1));
          });
          return most;
        };
        const dt = (field as { length?: string }).length === undefined ? 8e-8 : 4e-8;
        const coarse = spread(dt);
        // 40,000 steps, some 800 ends: bounded, and second order; what a fold of the place alone costs was 0.7
        expect(coarse).toBeLessThan(2e-3);
        expect(coarse / spread(dt / 2)).toBeGreaterThan(3);
      }
    });
  }

  for (const boundary of ['reflecting', 'periodic']) {
    it(`${boundary}: with a potential, K + q phi does not drift`, () => {
      const energy = 0.5 * PROTON * SPEED * SPEED;
      let most = 0;
      const input = orbit(200, 200, 2e-8, {
        particles: { pitch: { kind: 'cosine', xi: 0.9 } },
        field: parabola(1.5),
        potential: { kind: 'parabolic', drop: '500 V' },
        boundary,
      });
      const unit = planRun(parseScenario(input)).reference.lengthUnit;
      follow(input, ({ s, p }) => {
        most = Math.max(most, Math.abs(p[0] * p[0] + (500 * EV * (s[0] * unit) ** 2) / energy - 1));
      });
      expect(most).toBeLessThan(2e-3);
    });
  }
});
