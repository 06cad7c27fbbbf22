import type { Finding, ValidationCase } from '../case.js';
import { type Laboratory, line, seconds } from '../laboratory.js';
import { type Measured, ratioOverGroups } from '../statistics.js';
import { agreement, factors } from '../verdict.js';
import { NU } from './still.js';

/** <xi^2> after many steps of `tau`, started isotropic. Its variance is 4/45: 2 % of 1/3 are 11 standard errors at N = 2^18. */
async function equilibrium(laboratory: Laboratory, operator: string, tau: number): Promise<Measured> {
  // the binomial step forgets its start by a factor 1 - 6 tau + 4 tau^2 a step: -0.76 at tau = 0.4
  const steps = Math.max(60, Math.ceil(2 / tau));
  const run = await laboratory.run({
    particles: { count: laboratory.count(2 ** 18) },
    field: line,
    collisions: { operator, rate: `${NU} /s` },
    boundary: 'none',
    motion: { kind: 'homogeneous', step: `${tau / NU} s` },
    times: seconds((steps * tau) / NU),
  });
  const all = (read: (name: string) => Float64Array) => read('legendre')[9];
  const found = ratioOverGroups(run, (read) => (all(read) + 2 * read('legendre')[11]) / 3, all);
  if (operator !== 'exact') return found;
  return { value: found.value, error: Math.sqrt(4 / 45 / run.particles), count: run.particles };
}

async function exactAt(laboratory: Laboratory, tau: number, operator = 'exact'): Promise<Finding> {
  const found = await equilibrium(laboratory, operator, tau);
  const at = { series: 'exact', x: tau };
  return agreement(`exact operator, nu dt = ${tau}`, '1', found, 1 / 3, { controls: factors(1 / 3, 0.98, 1.02), at });
}

export const equilibriumCosine: ValidationCase = {
  id: 'A3',
  family: 'scattering',
  title: 'equilibrium <xi^2>: 1/3 by the exact step, not by others',
  source: 'the stationary law of each step: binomial 1/(3 - 2 nu dt), Euler-Maruyama 2 to 10 % too low',
  async measure(laboratory) {
    const findings: Finding[] = [];
    for (const tau of [0.0125, 0.1, 1.5]) findings.push(await exactAt(laboratory, tau));
    for (const tau of [0.05, 0.1, 0.4]) {
      const found = await equilibrium(laboratory, 'binomial', tau);
      const controls = [{ what: '1/3', reference: 1 / 3 }];
      const at = { series: 'binomial', x: tau };
      findings.push(agreement(`binomial, nu dt = ${tau}`, '1', found, 1 / (3 - 2 * tau), { controls, at }));
    }
    for (const [tau, percent] of [
      [0.0125, 2.3],
      [0.025, 4.1],
      [0.05, 6.6],
      [0.1, 9.8],
    ]) {
      const found = await equilibrium(laboratory, 'eulerMaruyama', tau);
      const controls = [{ what: '1/3', reference: 1 / 3 }];
      const at = { series: 'Euler-Maruyama', x: tau };
      // quoted to 0.1 %
      const extra = { controls, at, tolerance: 0.0005 / 3 };
      findings.push(agreement(`Euler-Maruyama, nu dt = ${tau}`, '1', found, (1 - percent / 100) / 3, extra));
    }
    const steps = Array.from({ length: 101 }, (_, i) => 0.01 * 200 ** (i / 100));
    return {
      findings,
      figure: {
        xLabel: 'nu dt',
        yLabel: 'equilibrium <xi^2>',
        xLog: true,
        series: [
          { label: 'exact', curve: steps.map((tau) => [tau, 1 / 3] as const) },
          {
            label: 'binomial',
            curve: steps.filter((tau) => tau <= 0.5).map((tau) => [tau, 1 / (3 - 2 * tau)] as const),
          },
          { label: 'Euler-Maruyama' },
        ],
      },
    };
  },
  faults: [
    {
      what: 'the binomial step in place of the exact one',
      measure: async (laboratory) => [await exactAt(laboratory, 0.1, 'binomial')],
    },
  ],
};
