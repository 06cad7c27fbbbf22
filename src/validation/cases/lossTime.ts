import type { Finding, ValidationCase } from '../case.js';
import type { Laboratory } from '../laboratory.js';
import { exactly, meanLossTime } from '../statistics.js';
import { agreement, factors, within } from '../verdict.js';
import { type Cone, cone, eigenvalues } from './cone.js';
import { NU } from './still.js';

const start = (xi: number) => ({ kind: 'cosine', xi });
const exact = (ratio: number, xi: number) => Math.log(ratio * (1 - xi * xi)) / 2;
/** Long enough that all are lost: 30 times the slowest mode's decay time. */
const whole = (ratio: number) => 30 / (eigenvalues.find(([R]) => R === ratio)?.[1] ?? 2.5);

/** Mean loss time from one cosine. A loss time scatters by 0.75 of its mean: 2 % are 9 standard errors at N = 2^17. */
async function bothCones(laboratory: Laboratory, ratio: number, xi: number, run: Partial<Cone> = {}): Promise<Finding> {
  // close to the rim by 1.3 times its mean
  const count = laboratory.count(xi === 0.5 ? 2 ** 19 : xi > 0 ? 2 ** 18 : 9 * 2 ** 14);
  // by the engine's choice 8e-4 at R = 100
  const step = ratio === 100 ? (laboratory.size === 'full' ? 8e-4 : 1.6e-3) : undefined;
  const ensemble = await cone(laboratory, { ratio, count, pitch: start(xi), end: whole(ratio), step, ...run });
  const reference = exact(ratio, xi);
  const extra = { controls: factors(reference, 0.98, 1.02), at: { series: 'both cones', x: ratio * (1 - xi * xi) } };
  return agreement(`both cones, R = ${ratio}, xi = ${xi}`, '1/nu', meanLossTime(ensemble, NU), reference, extra);
}

/** At the longest step that the engine chooses: a bare check each step is 20 % off there. */
async function longestStep(laboratory: Laboratory): Promise<Finding> {
  const ensemble = await cone(laboratory, {
    ratio: 2,
    count: laboratory.count(2 ** 19),
    pitch: start(0),
    end: 10,
    step: 8e-3,
  });
  const reference = exact(2, 0);
  const controls = [
    ...factors(reference, 1.01),
    // the rim seen displaced by 0.5826 sqrt(2 nu dt)
    {
      what: 'a check each step, unbridged',
      reference: -Math.log(Math.sin(Math.PI / 4 - 0.5826 * Math.sqrt(2 * 8e-3))),
    },
  ];
  return agreement('both cones, R = 2, nu dt = 8e-3', '1/nu', meanLossTime(ensemble, NU), reference, { controls });
}

async function oneCone(laboratory: Laboratory, sides: 'left' | 'right'): Promise<Finding[]> {
  const xi = sides === 'right' ? 0.2 : -0.2;
  const count = laboratory.count(5 * 2 ** 16);
  const ensemble = await cone(laboratory, { ratio: 2, count, pitch: start(xi), end: 40, sides });
  const rim = Math.sqrt(0.5);
  const argument = (1 - 0.2) / (1 - rim);
  const controls = [
    ...factors(Math.log(argument), 0.98, 1.02),
    { what: 'sign of xi', reference: Math.log((1 + 0.2) / (1 - rim)) },
  ];
  const [, left, right] = ensemble.tallies.total('fates');
  return [
    agreement(`${sides} cone, R = 2, xi = ${xi}`, '1/nu', meanLossTime(ensemble, NU), Math.log(argument), {
      controls,
      at: { series: 'one cone', x: argument },
    }),
    within(`lost on the other side of a ${sides} cone`, '1', exactly(sides === 'right' ? left : right), 0, 0, {
      controls: [{ what: 'the sides exchanged', estimate: sides === 'right' ? right : left }],
    }),
  ];
}

export const lossTime: ValidationCase = {
  id: 'B2',
  family: 'losses',
  title: 'mean loss time, velocity space: ln[R (1 - xi^2)]/(2 nu)',
  source: 'backward equation L T = -1, derived for this project',
  async measure(laboratory) {
    const findings: Finding[] = [];
    for (const [ratio, xi] of [
      [1.5, 0],
      [2, 0],
      [2, 0.5],
      [5, 0.3],
      [10, 0],
      [100, 0],
    ])
      findings.push(await bothCones(laboratory, ratio, xi));
    findings.push(await longestStep(laboratory));
    for (const sides of ['right', 'left'] as const) findings.push(...(await oneCone(laboratory, sides)));
    const x = Array.from({ length: 61 }, (_, i) => 1.2 * 100 ** (i / 60));
    return {
      findings,
      figure: {
        xLabel: 'R (1 − xi^2); one cone: (1 − xi)/(1 − ξLC)',
        yLabel: 'nu times mean loss time',
        xLog: true,
        series: [
          { label: 'both cones', curve: x.map((a) => [a, Math.log(a) / 2] as const) },
          { label: 'one cone', curve: x.filter((a) => a < 8).map((a) => [a, Math.log(a)] as const) },
        ],
      },
    };
  },
  faults: [
    { what: 'nu times 0.98 in the scenario', run: { rate: 0.98 } },
    { what: 'a cone of R = 2.06 in place of 2', run: { ratio: 2.06 } },
  ].map(({ what, run }) => ({ what, measure: async (laboratory) => [await bothCones(laboratory, 2, 0, run)] })),
};
