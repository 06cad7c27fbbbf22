import { describe, expect, it } from 'vitest';
import { lossEigenvalue } from '../../src/physics/lossModes.js';
import { refuted, sound } from '../random.js';
import { Chain } from './chain.js';

// The synthetic runs are what the estimates are judged by, so they are judged first, by exact theory.
describe('the synthetic chain', () => {
  const times = Array.from({ length: 11 }, (_, j) => j * 1e-4);

  it('has the eigenvalue of the loss cone in the limit of fine bins', () => {
    const rates = [40, 80].map(
      (bins) =>
        new Chain({ bins, nu: 1000, times: [0, 1e-4], cone: { edge: 0.8, leak: Infinity }, start: () => 1 }).slowest()
          .rate,
    );
    const exact = 1000 * lossEigenvalue(1 / (1 - 0.64));
    // absorption at the centre of the first lost bin: first order in the bins
    expect(Math.abs((2 * rates[1] - rates[0]) / exact - 1)).toBeLessThan(4e-3);
  });

  it('has survival and mean loss time that agree', () => {
    const chain = new Chain({
      bins: 20,
      nu: 1000,
      times: Array.from({ length: 401 }, (_, j) => j * 1e-5),
      cone: { edge: 0.8, leak: Infinity },
      start: (xi) => (Math.abs(xi) < 0.3 ? 1 : 0),
    });
    let integral = 0;
    for (let j = 0; j <= 400; j++) integral += chain.inside(j) * 1e-5 * (j === 0 || j === 400 ? 0.5 : 1);
    const tail = chain.inside(400) / chain.slowest().rate;
    expect(integral + tail).toBeCloseTo(chain.meanLossTime(), 7);
  });

  it('decays in P2 as exp(-6 nu t) exactly in its mean', () => {
    const chain = new Chain({ bins: 10, nu: 1000, times, cone: null, start: (xi) => (xi > 0.79 ? 1 : 0) });
    const total = chain.run(1, new Array(32).fill(20_000)).total('legendre');
    const mean = total[2 * 9 + 2] / total[2 * 9];
    const p2 = (0.8 - 0.8 ** 3) / 2 / 0.2; // average of P2 over [0.8, 1], whose primitive is (x^3 - x)/2
    // P2 spreads by less than 1/2
    const error = 0.5 / Math.sqrt(total[2 * 9]);
    const off = (rate: number) => (mean - p2 * Math.exp(-6 * rate * 0.2)) / error;
    sound(off(1), 'P2', undefined, off(1.02) - off(1));
    refuted(off(1.02), 'nu 2 % off');
  });
});
