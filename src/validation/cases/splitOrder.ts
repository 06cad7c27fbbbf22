import type { ValidationCase } from '../case.js';
import { type Laboratory, parabola, SPEED, seconds } from '../laboratory.js';
import { type Measured, meanLossTime } from '../statistics.js';
import { agreement } from '../verdict.js';

const NU = 4e5;

/** Mean loss time at steps of `h` half-lengths. */
async function mean(laboratory: Laboratory, h: number): Promise<Measured> {
  const run = await laboratory.run({
    particles: { count: laboratory.count(2 ** 19, 2 ** 20), pitch: { kind: 'cosine', xi: 0 } },
    field: parabola(4),
    collisions: { operator: 'exact', rate: `${NU} /s` },
    boundary: 'throat',
    motion: { kind: 'guidingCentre', step: `${h / SPEED} s` },
    times: seconds(60 / NU),
  });
  return meanLossTime(run, NU);
}

/** The bias of two steps against a fine one, whose own is a small part of theirs, and their ratio. */
async function order(laboratory: Laboratory, steps: readonly [number, number, number]) {
  const found = [];
  for (const h of steps) found.push({ h, ...(await mean(laboratory, h)) });
  const [long, half, fine] = found;
  const bias = (m: Measured) => ({ value: m.value - fine.value, error: Math.hypot(m.error, fine.error) });
  const [coarse, quarter] = [bias(long), bias(half)];
  // what is left in the fine one, if the error goes as h^2
  const rest = (h: number) => 1 - (fine.h / h) ** 2;
  const ratio = coarse.value / rest(long.h) / (quarter.value / rest(half.h));
  const error = Math.abs(ratio) * Math.hypot(coarse.error / coarse.value, quarter.error / quarter.value);
  const measured = { value: ratio, error, count: long.count + half.count + fine.count };
  const finding = agreement('error at h = 0.8 over that at 0.4', '1', measured, 4, {
    // the throat adds a term in h^3, a third of that in h^2 at h = 1: measured with 2^22 particles, 3.63 here and 3.7 a halving on
    tolerance: 0.5,
    controls: [{ what: 'first order', reference: 2 }],
  });
  return { finding, found, slope: coarse.value / (long.h ** 2 - fine.h ** 2), fine };
}

export const splitOrder: ValidationCase = {
  id: 'split',
  family: 'ensembles',
  title: 'motion and scattering in turn: error falls as h^2',
  source: 'Strang 1968; parabola R = 4, nu = 0.4 v/m, h = v dt in half-lengths',
  async measure(laboratory) {
    const { finding, found, slope, fine } = await order(laboratory, [0.8, 0.4, 0.1]);
    const zero = fine.value - slope * fine.h ** 2;
    return {
      findings: [finding],
      figure: {
        xLabel: 'h², h = v dt/half-length',
        yLabel: 'nu times mean loss time',
        series: [
          {
            label: 'straight in h²',
            curve: [
              [0, zero],
              [0.7, zero + 0.7 * slope],
            ],
            measured: true,
            points: found.map(({ h, value, error }) => [h * h, value, error] as const),
          },
        ],
        residuals: false,
      },
    };
  },
  faults: [
    {
      what: 'a step of 0.56 called 0.4 (first order would look so)',
      measure: async (laboratory) => [(await order(laboratory, [0.8, 0.56, 0.1])).finding],
    },
  ],
};
