import { describe, expect, it } from 'vitest';
import { BlockRunner } from '../../src/kernel/index.js';
import { coulombScatteringRate, SPEED_OF_LIGHT } from '../../src/physics/index.js';
import { planRun } from '../../src/plan/plan.js';
import { parseScenario } from '../../src/scenario/index.js';
import { coulomb, coulombRate } from '../../src/validation/cases/coulomb.js';
import { line, seconds } from '../../src/validation/laboratory.js';
import { kernelModule } from '../kernel/load.js';
import { testFamily } from './family.js';
import { runHere, scenario } from './runHere.js';
import { agrees, refutes } from './verdict.js';

const EV = 1.602176634e-19;
const PROTON = 1.67262192595e-27;

testFamily('ensembles');

describe('E1: rates that depend on speed', () => {
  it("the kernel's table: nu(v) to 1e-5", () => {
    const plan = planRun(
      parseScenario(
        scenario({
          particles: { count: 1, speed: undefined, temperature: '1 keV' },
          field: line,
          collisions: { rate: coulomb(15) },
          boundary: 'none',
          motion: 'homogeneous',
          times: seconds(1e-5),
        }),
      ),
    );
    const { kernel } = new BlockRunner(kernelModule(), plan);
    for (let x = 0.1; x < 6; x *= 1.0137) {
      // x is a momentum over the reference's
      const b = (x * plan.reference.speed) / SPEED_OF_LIGHT;
      const v = (x * plan.reference.speed) / Math.sqrt(1 + b * b - (plan.reference.speed / SPEED_OF_LIGHT) ** 2);
      const found = kernel.rateAt(x * x) / plan.reference.timeUnit;
      expect(Math.abs(found / coulombRate(v) - 1), `x = ${x}`).toBeLessThan(1e-5);
      expect(
        Math.abs(
          found /
            coulombScatteringRate(
              v,
              { name: 'proton', mass: PROTON, charge: EV },
              [{ species: { name: 'proton', mass: PROTON, charge: EV }, density: 1e19, temperature: 1000 * EV }],
              15,
            ) -
            1,
        ),
      ).toBeLessThan(1e-5);
      // nu_D in place of nu, and the wrong speed
      expect(Math.abs(found / (2 * coulombRate(v)) - 1)).toBeGreaterThan(0.4);
      expect(Math.abs(found / coulombRate(1.02 * v) - 1)).toBeGreaterThan(1e-3);
    }
  });

  it('speeds that differ by decades move with their own steps: <x^2> of each speed', () => {
    // free flight in the bins of a table of two far speeds: 1e5 and 1e7 m/s
    for (const [speed, other] of [
      [1e5, 1e7],
      [1e7, 1e5],
    ]) {
      const N = 2 ** 15;
      const nuOf = (v: number) => 1e5 * (v / 1e6) ** -1;
      const input = scenario({
        particles: {
          count: N,
          speed: {
            kind: 'table',
            speed: { unit: 'm/s', values: [0.99e5, 1e5, 1.01e5, 0.99e7, 1e7, 1.01e7] },
            density: [0, 1, 0, 0, 0.01, 0],
          },
        },
        field: line,
        collisions: { rate: { law: 'powerLaw', value: '1e5 /s', at: '1e6 m/s', index: -1 } },
        boundary: 'none',
        motion: { kind: 'guidingCentre', tolerance: 0.01 },
        times: seconds(2 / nuOf(speed)),
      });
      const plan = planRun(parseScenario(input));
      const p: number[] = [];
      const s: number[] = [];
      runHere(input, (lanes) => {
        p.push(...lanes.p);
        s.push(...lanes.s);
      });
      const mine = (v: number) => Math.abs(v * plan.reference.speed - speed) < 0.05 * speed;
      let n = 0;
      let sum = 0;
      let sum4 = 0;
      p.forEach((v, i) => {
        if (!mine(v)) return;
        const x = (s[i] * plan.reference.lengthUnit * nuOf(v * plan.reference.speed)) / (v * plan.reference.speed);
        n++;
        sum += x * x;
        sum4 += x ** 4;
      });
      const mean = sum / n;
      const error = Math.sqrt((sum4 / n - mean * mean) / n);
      expect(n).toBeGreaterThan(0.4 * N);
      // t nu varies by the triangle's half per cent: its mean square is below the error
      const exactSquare = (t: number) => t / 3 - 1 / 6 + Math.exp(-2 * t) / 6;
      const found = { value: mean, error, count: n };
      agrees(`speed ${speed} beside ${other}`, found, exactSquare(2));
      refutes('speeds', found, exactSquare(2 * 1.1));
    }
  });
});
