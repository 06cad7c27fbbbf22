import { scatteringOracle } from '../../analysis/oracle/index.js';
import type { Finding, ValidationCase } from '../case.js';
import { type Laboratory, line } from '../laboratory.js';
import { type Measured, ratioOverGroups } from '../statistics.js';
import { agreement, factors } from '../verdict.js';
import { NU } from './still.js';

/** Mirror ratio, nu t, and the particles that bring the error to a quarter of a per cent: 2 % are then 8 standard errors. */
const cases = [
  [2, 0.0125, 2 ** 22],
  [10, 0.032, 2 ** 23],
  [100, 0.0466, 2 ** 23],
] as const;
const FEW = 2 ** 15;

const oracleOf = (ratio: number) => scatteringOracle({ mirrorRatio: ratio, start: { xi: 0 } });

/** Probability of a loss by splitting: a branch of level k weighs `2^-k`. */
async function lost(laboratory: Laboratory, ratio: number, tau: number, full: number): Promise<Measured> {
  const run = await laboratory.run({
    particles: { count: laboratory.count(FEW, full), pitch: { kind: 'cosine', xi: 0 } },
    field: line,
    collisions: { rate: `${NU} /s` },
    boundary: { kind: 'cone', ratio },
    motion: 'homogeneous',
    rare: 'auto',
    times: { count: 32, until: `${tau / NU} s` },
  });
  const levels = run.plan.reference.rareLevels;
  return ratioOverGroups(
    run,
    (read) => {
      const fates = read('rareFates');
      let sum = 0;
      for (let k = 0; k <= levels; k++) sum += (fates[5 * k + 1] + fates[5 * k + 2]) / 2 ** k;
      return sum;
    },
    (read) => read('trapped')[0],
  );
}

async function findingOf(laboratory: Laboratory, [ratio, tau, full]: (typeof cases)[number], runRatio: number = ratio) {
  const found = await lost(laboratory, runRatio, tau, full);
  const exact = oracleOf(ratio).lostBefore(tau);
  return agreement(`R = ${ratio}, nu t = ${tau}`, '1', found, exact, {
    // a weight that is one level off, either way
    controls: factors(exact, 0.5, 2),
    at: { series: `R = ${ratio}`, x: tau },
  });
}

export const rareLosses: ValidationCase = {
  id: 'B6',
  family: 'losses',
  title: 'losses of one in a million by splitting, cones in velocity space, xi0 = 0',
  source: 'spectral solution of df/dt = nu d/dxi (1-xi^2) df/dxi (scatteringOracle)',
  async measure(laboratory) {
    const findings: Finding[] = [];
    for (const one of cases) findings.push(await findingOf(laboratory, one));
    return {
      findings,
      figure: {
        xLabel: 'nu t',
        yLabel: 'probability of a loss before t',
        yLog: true,
        series: cases.map(([ratio, tau]) => {
          const oracle = oracleOf(ratio);
          const times = Array.from({ length: 31 }, (_, i) => tau * (0.7 + (0.5 * i) / 30));
          return { label: `R = ${ratio}`, curve: times.map((t) => [t, oracle.lostBefore(t)] as const) };
        }),
      },
    };
  },
  faults: [
    {
      what: 'a cone of R = 2.04 in place of 2',
      measure: async (laboratory) => [await findingOf(laboratory, cases[0], 2.04)],
    },
  ],
};
