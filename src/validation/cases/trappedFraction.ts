import { trappedFractionAtMidplane, trappedFractionOfParabolicTube } from '../../physics/trappedFraction.js';
import type { Finding, ValidationCase } from '../case.js';
import { type Laboratory, line, parabola, seconds } from '../laboratory.js';
import { share } from '../statistics.js';
import { agreement, factors } from '../verdict.js';

const midplane = (R: number) => Math.sqrt(1 - 1 / R);
const fluxTube = (R: number) => (Math.PI * (Math.sqrt(R) - 1)) / (2 * Math.sqrt(R) * Math.atan(Math.sqrt(R - 1)));

/** The fraction that the invariants hold. Binomial error at most 0.5/sqrt(N) = 0.001 at 2^18: R 2 % off moves 0.7071 by 0.0069. */
async function trapped(laboratory: Laboratory, field: Record<string, unknown>, place: string, boundary: unknown) {
  const run = await laboratory.run({
    particles: { count: laboratory.count(2 ** 18), place },
    field,
    collisions: 'none',
    boundary,
    times: seconds(1e-9),
  });
  const [all, inside] = run.tallies.total('trapped');
  return { hits: inside, all };
}

async function atMidplane(laboratory: Laboratory, R: number, runRatio = R): Promise<Finding> {
  const { hits, all } = await trapped(laboratory, parabola(runRatio), 'midplane', 'throat');
  const exact = midplane(R);
  const extra = { controls: factors(exact, 0.98), at: { series: 'isotropic at the midplane', x: R } };
  return agreement(`midplane, R = ${R}`, '1', share(hits, all, exact), exact, extra);
}

async function inFluxTube(laboratory: Laboratory, R: number): Promise<Finding> {
  const { hits, all } = await trapped(laboratory, parabola(R), 'fluxTube', 'throat');
  const exact = fluxTube(R);
  const controls = [...factors(exact, 0.98), { what: 'the midplane value', reference: midplane(R) }];
  const at = { series: 'uniform in the flux tube', x: R };
  return agreement(`flux tube, R = ${R}`, '1', share(hits, all, exact), exact, { controls, at });
}

async function inACone(laboratory: Laboratory): Promise<Finding> {
  const { hits, all } = await trapped(laboratory, line, 'midplane', { kind: 'cone', ratio: 4 });
  const exact = midplane(4);
  const extra = { controls: factors(exact, 0.98), at: { series: 'isotropic at the midplane', x: 4 } };
  return agreement('cone of its own ratio, R = 4', '1', share(hits, all, exact), exact, extra);
}

export const trappedFraction: ValidationCase = {
  id: 'B3',
  family: 'losses',
  title: 'trapped fraction: sqrt(1 - 1/R); uniform in a flux tube',
  source: 'pi (sqrt R - 1)/(2 sqrt R atan sqrt(R - 1)) in a parabolic tube; derived for this project',
  async measure(laboratory) {
    const findings: Finding[] = [];
    for (const R of [1.5, 2, 5, 50]) findings.push(await atMidplane(laboratory, R));
    for (const R of [1.5, 2, 5, 50]) findings.push(await inFluxTube(laboratory, R));
    findings.push(await inACone(laboratory));
    const ratios = Array.from({ length: 81 }, (_, i) => 1.2 * 60 ** (i / 80));
    return {
      findings,
      figure: {
        xLabel: 'mirror ratio R',
        yLabel: 'trapped fraction',
        xLog: true,
        series: [
          {
            label: 'isotropic at the midplane',
            curve: ratios.map((R) => [R, trappedFractionAtMidplane(R)] as const),
          },
          {
            label: 'uniform in the flux tube',
            curve: ratios.map((R) => [R, trappedFractionOfParabolicTube(R)] as const),
          },
        ],
      },
    };
  },
  faults: [
    {
      what: 'a mirror of R = 2.06 in place of 2',
      measure: async (laboratory) => [await atMidplane(laboratory, 2, 2.06)],
    },
  ],
};
