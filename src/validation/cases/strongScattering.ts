import type { Finding, ValidationCase } from '../case.js';
import { type Laboratory, parabola, SPEED, seconds } from '../laboratory.js';
import { type Measured, meanLossTime } from '../statistics.js';
import { agreement, factors, within } from '../verdict.js';

const LENGTH = 2;
const R = 20;
/** 2 R V/v with V = integral of Bmin/B from throat to throat, in us at 1 m/us. */
const exact = (2 * R * LENGTH * Math.atan(Math.sqrt(R - 1))) / Math.sqrt(R - 1);

async function confinement(
  laboratory: Laboratory,
  strength: number,
  count: number,
  length = LENGTH,
  ratio = R,
): Promise<Measured> {
  const run = await laboratory.run({
    particles: { count, place: 'fluxTube' },
    field: parabola(ratio, length),
    collisions: { strength },
    boundary: 'throat',
    motion: { kind: 'guidingCentre', tolerance: 0.01 },
    times: seconds((600 * LENGTH) / SPEED),
  });
  return meanLossTime(run, 1e6);
}

/** The formula is an asymptote and good to some 10 % where 1/R << nu length/v << R: that is its tolerance. */
function nearFormula(found: Measured, strength: number): Finding {
  const extra = { controls: factors(exact, 0.5, 2, 0.8, 1.2), at: { series: 'uniform in the flux tube', x: strength } };
  return within(`R = ${R}, nu length/v = ${strength}`, 'us', found, exact, 0.1 * exact, extra);
}

/** The measurement itself is sharp enough for a fault of 2 %: here that of the length, to which the time is proportional. */
async function byLength(laboratory: Laboratory, found: Measured, factor = 1.02): Promise<Finding> {
  const longer = await confinement(laboratory, 1, found.count, factor * LENGTH);
  const ratio = longer.value / found.value;
  const error = ratio * Math.hypot(longer.error / longer.value, found.error / found.value);
  return agreement(
    'length times 1.02: ratio of the times',
    '1',
    { value: ratio, error, count: 2 * found.count },
    1.02,
    {
      controls: [{ what: 'the same length', reference: 1 }],
    },
  );
}

export const strongScattering: ValidationCase = {
  id: 'B4',
  family: 'losses',
  title: 'mean loss time, strong scattering: 2 R V/v to 10 %',
  source: 'Kennel & Petschek 1966, for 1/R << nu length/v << R; 10 % is a systematic tolerance',
  async measure(laboratory) {
    const findings: Finding[] = [];
    for (const strength of [0.4, 0.7])
      findings.push(nearFormula(await confinement(laboratory, strength, laboratory.count(2 ** 15, 2 ** 18)), strength));
    const sharp = await confinement(laboratory, 1, laboratory.count(3 * 2 ** 17));
    findings.push(nearFormula(sharp, 1), await byLength(laboratory, sharp));
    const strengths = [0.35, 1.15];
    return {
      findings,
      figure: {
        xLabel: 'nu length/v',
        yLabel: 'mean loss time (µs)',
        xLog: true,
        series: [{ label: 'uniform in the flux tube', curve: strengths.map((s) => [s, exact] as const) }],
        band: { low: 0.9 * exact, high: 1.1 * exact, label: '±10 %' },
      },
    };
  },
  faults: [
    {
      what: 'a mirror of R = 30 in place of 20',
      measure: async (laboratory) => [nearFormula(await confinement(laboratory, 1, 2 ** 15, LENGTH, 30), 1)],
    },
    {
      what: 'a length 2 % off in the scenario',
      measure: async (laboratory) => [
        await byLength(laboratory, await confinement(laboratory, 1, laboratory.count(3 * 2 ** 17)), 1.04),
      ],
    },
  ],
};
