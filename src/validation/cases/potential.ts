import type { Finding, ValidationCase } from '../case.js';
import { type Laboratory, parabola, SPEED, seconds } from '../laboratory.js';
import { exactly, share } from '../statistics.js';
import { agreement, within } from '../verdict.js';

const R = 5;
const CHARGE = 1.602176634e-19;
const ENERGY = 0.5 * 1.67262192595e-27 * SPEED * SPEED; // 5.22 keV

/** From the midplane, without collisions: lost if and only if xi^2 > 1 - (1 - q V/E)/R, V from midplane to throat. */
const edge = (volts: number) => Math.sqrt(Math.max(0, 1 - (1 - (volts * CHARGE) / ENERGY) / R));

async function held(laboratory: Laboratory, volts: number, runVolts = volts): Promise<Finding[]> {
  const N = laboratory.count(2 ** 14, 2 ** 17);
  const run = await laboratory.run({
    particles: { count: N },
    field: parabola(R),
    ...(runVolts === 0 ? {} : { potential: { kind: 'parabolic', drop: `${runVolts} V` } }),
    collisions: 'none',
    boundary: 'throat',
    motion: { kind: 'guidingCentre', step: '10 ns' },
    times: seconds(8e-6),
  });
  const [, left, right, inside, fault] = run.tallies.total('fates');
  const [, trapped] = run.tallies.total('trapped');
  const exact = edge(volts);
  const controls = volts === 0 ? [] : [{ what: 'no potential', reference: edge(0) }];
  const at = { series: 'parabolic potential', x: volts };
  const symmetric = { value: (left - right) / N, error: Math.sqrt((1 - exact) / N), count: N };
  return [
    agreement(`trapped by the invariants, ${volts} V`, '1', share(trapped, N, exact), exact, { controls, at }),
    // the orbit and the invariants agree, but for the few whose turning point is within the step's error of the throat
    within(`held by the orbit less trapped, ${volts} V`, '1', exactly((inside - trapped) / N), 0, 12 / 2 ** 14),
    within(`faults, ${volts} V`, '1', exactly(fault / N), 0, 0),
    agreement(`left less right, ${volts} V`, '1', symmetric, 0),
  ];
}

export const potentialWell: ValidationCase = {
  id: 'potential',
  family: 'motion',
  title: 'the loss cone is vPar^2 = (R - 1) vPerp^2 + 2 q phi/m',
  source: 'Northrop 1963; wells of mu B + q phi',
  async measure(laboratory) {
    const findings: Finding[] = [];
    for (const volts of [-2000, 0, 2000]) findings.push(...(await held(laboratory, volts)));
    const drops = Array.from({ length: 61 }, (_, i) => -3000 + 100 * i);
    return {
      findings,
      figure: {
        xLabel: 'potential, midplane to throat (V)',
        yLabel: 'trapped fraction, R = 5',
        series: [{ label: 'parabolic potential', curve: drops.map((volts) => [volts, edge(volts)] as const) }],
      },
    };
  },
  faults: [
    { what: 'the sign of the potential', measure: (laboratory) => held(laboratory, 2000, -2000) },
    { what: 'the potential left out', measure: (laboratory) => held(laboratory, 2000, 0) },
  ],
};
