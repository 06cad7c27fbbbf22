import { lossEigenvalue } from '../../physics/lossModes.js';
import type { Finding, ValidationCase } from '../case.js';
import type { Laboratory } from '../laboratory.js';
import type { Measured } from '../statistics.js';
import { agreement, factors, within } from '../verdict.js';
import { cone, eigenvalues } from './cone.js';

/** The slowest even mode, 2F1(-n/2, (n+1)/2; 1/2; xi^2) with n(n+1) = lambda, by its series. */
function slowestMode(lambda: number, xi: number): number {
  const n = (Math.sqrt(1 + 4 * lambda) - 1) / 2;
  let term = 1;
  let sum = 1;
  for (let k = 0; k < 20000 && Math.abs(term) > 1e-17; k++) {
    term *= (((k - n / 2) * (k + (n + 1) / 2)) / ((k + 0.5) * (k + 1))) * xi * xi;
    sum += term;
  }
  return sum;
}

/**
 * Decay rate of an ensemble that starts in the slowest mode: survival is exp(-lambda nu t) from the start on. At lambda nu t = 1.6 the
 * relative error of lambda is 1.24/sqrt(N): 2 % are 8.3 standard errors at N = 2^18.
 */
async function decay(laboratory: Laboratory, ratio: number, lambda: number, startRatio = ratio): Promise<Measured> {
  const rim = Math.sqrt(1 - 1 / startRatio);
  const xi = Array.from({ length: 401 }, (_, i) => rim * (i / 200 - 1));
  const density = xi.map((x) => Math.max(0, slowestMode(lambda, x)));
  const end = 1.6 / lambda;
  const count = laboratory.count(2 ** 18);
  // by the engine's choice the step would be 0.08/R; 2.5 times as long at R = 100
  const step = ratio === 100 ? 2e-3 : undefined;
  const run = await cone(laboratory, { ratio, count, pitch: { kind: 'table', xi, density }, end, step });
  const p = run.tallies.total('legendre')[9] / count;
  return { value: -Math.log(p) / end, error: Math.sqrt((1 - p) / p / count) / end, count };
}

async function rateOf(laboratory: Laboratory, ratio: number, lambda: number, runRatio = ratio): Promise<Finding> {
  const found = await decay(laboratory, runRatio, lambda);
  const at = { series: 'slowest mode', x: ratio };
  return agreement(`R = ${ratio}`, 'nu', found, lambda, { controls: factors(lambda, 0.98, 1.02), at });
}

export const lossRate: ValidationCase = {
  id: 'B1',
  family: 'losses',
  title: 'loss rate, cones in velocity space: lambda = n(n+1) nu',
  source: 'root of 2F1(-n/2, (n+1)/2; 1/2; ξLC^2); DLMF 14.2.1, 14.3',
  async measure(laboratory) {
    const findings: Finding[] = [];
    for (const [ratio, lambda] of eigenvalues) {
      const atRim = { value: slowestMode(lambda, Math.sqrt(1 - 1 / ratio)), error: 0, count: 1 };
      findings.push(
        within(`mode at the rim, R = ${ratio}`, '1', atRim, 0, 1e-5, {
          controls: [{ what: 'lambda times 1.02', estimate: slowestMode(1.02 * lambda, Math.sqrt(1 - 1 / ratio)) }],
        }),
        await rateOf(laboratory, ratio, lambda),
      );
    }
    const ratios = Array.from({ length: 61 }, (_, i) => 1.3 * (120 / 1.3) ** (i / 60));
    const curve = ratios.map((R) => [R, lossEigenvalue(R)] as const);
    return {
      findings,
      figure: {
        xLabel: 'mirror ratio R',
        yLabel: 'loss rate / nu',
        xLog: true,
        yLog: true,
        series: [{ label: 'slowest mode', curve }],
      },
    };
  },
  faults: [
    {
      // dlambda/dR = -1.36 at R = 2
      what: 'a cone of R = 2.04 in place of 2',
      measure: async (laboratory) => [await rateOf(laboratory, 2, 3.476733, 2.04)],
    },
  ],
};
