import { SPEED_OF_LIGHT } from '../../physics/constants.js';
import { PROTON } from '../../physics/species.js';
import type { Finding, ValidationCase } from '../case.js';
import type { Laboratory } from '../laboratory.js';
import { exactly } from '../statistics.js';
import { within } from '../verdict.js';

/** Radius of the orbit, and that at which the dipole's strength is told [m]. */
const R = 2.56e7;
const RADIUS = 6.4e6;
const GYRATIONS = 200;

/** Angular drift of an equatorial proton over `-3 gamma m v^2/(2 q B r^2)`; `share` is its Larmor radius over r. */
async function drift(laboratory: Laboratory, share: number, gamma: number, strength = 1): Promise<number> {
  const v = SPEED_OF_LIGHT * Math.sqrt(1 - 1 / gamma ** 2);
  const B = (gamma * PROTON.mass * v) / (PROTON.charge * share * R);
  const until = (GYRATIONS * 2 * Math.PI * share * R) / v;
  const { tallies } = await laboratory.orbits({
    motion: { kind: 'fullOrbit', tolerance: 1e-5 },
    field: { kind: 'dipole', B0: `${strength * B * (R / RADIUS) ** 3} T`, radius: `${RADIUS} m` },
    particles: {
      count: 64,
      speed: `${v} m/s`,
      pitch: { kind: 'cosine', xi: 0 },
      place: [`${R} m`, '0 m', '0 m'],
    },
    times: { until: `${until} s`, count: 1 },
  });
  const inside = tallies.total('inside')[1];
  const [x, y] = Array.from(tallies.total('shift').subarray(3, 5), (sum) => sum / inside);
  const expected = (-3 * gamma * PROTON.mass * v * v) / (2 * PROTON.charge * B * R * R);
  return Math.atan2(y, R + x) / until / expected;
}

const SHARES = [1e-2, 5e-3] as const;

async function limit(
  laboratory: Laboratory,
  gamma: number,
  strength = 1,
): Promise<{ finding: Finding; found: number[] }> {
  const found = [];
  for (const share of SHARES) found.push(await drift(laboratory, share, gamma, strength));
  const [a, b] = found;
  const label = `drift over -3 gamma m v^2/(2 q B r^2), gamma = ${gamma}, as rho/r goes to 0`;
  return {
    found,
    finding: within(label, '1', exactly((4 * b - a) / 3), 1, 1e-3, {
      controls: [
        { what: 'the wrong way', estimate: -(4 * b - a) / 3 },
        { what: 'without gamma', reference: 1 / gamma },
      ].slice(0, gamma > 1.01 ? 2 : 1),
    }),
  };
}

export const dipoleDrift: ValidationCase = {
  id: 'C3',
  family: 'orbits',
  title: 'drift of full orbits at the equator of a dipole',
  source: 'Northrop 1963: grad-B drift; the rest goes as (rho/r)^2',
  async measure(laboratory) {
    const found = [];
    for (const gamma of [1.0001, 3]) found.push({ gamma, ...(await limit(laboratory, gamma)) });
    return {
      findings: found.map(({ finding }) => finding),
      figure: {
        xLabel: 'Larmor radius over r',
        yLabel: 'drift over that of the guiding centre',
        residuals: false,
        series: [
          ...found.map((one) => ({
            label: `gamma = ${one.gamma}`,
            curve: SHARES.map((share, i) => [share, one.found[i]] as const),
            measured: true,
          })),
          {
            label: 'guiding centre',
            curve: [
              [0, 1],
              [0.012, 1],
            ],
          },
        ],
      },
    };
  },
  faults: [
    {
      what: 'a field that is 0.5 % too strong',
      measure: async (laboratory) => [(await limit(laboratory, 1.0001, 1.005)).finding],
    },
  ],
};
