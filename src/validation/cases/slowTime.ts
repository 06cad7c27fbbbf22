import { sinh } from '../../physics/elementary.js';
import { PROTON } from '../../physics/species.js';
import type { Finding, ValidationCase } from '../case.js';
import type { Laboratory } from '../laboratory.js';
import { exactly } from '../statistics.js';
import { within } from '../verdict.js';

/** Gyrofrequency of a slow proton in 1 T, over 1/s. */
const UNIT = PROTON.charge / PROTON.mass;

/** mu after over mu before of an orbit about the axis, while the gyrofrequency goes from O1 to O2 in the width s: whatever its phase. */
export function muAfterRamp(s: number, O1: number, O2: number): number {
  const ratio = sinh((Math.PI * s * (O2 - O1)) / 2) / sinh((Math.PI * s * (O2 + O1)) / 2);
  return 1 / (1 - ratio * ratio);
}

/** Steps in units of the first gyration over 2 pi: the error goes as their square. */
const turnOf = (s: number) => (s < 0.1 ? 0.0005 : 0.002);

async function ramp(laboratory: Laboratory, s: number, to = 2): Promise<Finding> {
  const half = 5 + 40 * s;
  const { tallies } = await laboratory.orbits({
    motion: { kind: 'fullOrbit', step: `${turnOf(s) / UNIT} s` },
    field: {
      kind: 'ramp',
      from: '1 T',
      to: `${to} T`,
      course: { kind: 'tanh', centre: `${half / UNIT} s`, width: `${s / UNIT} s` },
    },
    particles: { count: 64, speed: '1e5 m/s', pitch: { kind: 'cosine', xi: 0 }, place: ['0 m', '0 m', '0 m'] },
    times: { until: `${(2 * half) / UNIT} s`, count: 1 },
  });
  const total = (name: string, time: number) => {
    const all = tallies.total(name);
    return all.subarray((time * all.length) / 2, ((time + 1) * all.length) / 2).reduce((sum, x) => sum + x, 0);
  };
  const ratio = 1 + total('dmu', 1) / total('mu', 0);
  const reference = muAfterRamp(s, 1, 2);
  return within(`mu after/before, width ${s} over the first gyrofrequency`, '1', exactly(ratio), reference, 1e-6, {
    controls: [{ what: 'a ramp to 2.01 times the field', reference: muAfterRamp(s, 1, 2.01) }],
    at: { series: 'closed form', x: s },
  });
}

const WIDTHS = [0.01, 0.1, 0.3, 0.6, 1];

export const slowTime: ValidationCase = {
  id: 'D1',
  family: 'orbits',
  title: 'a uniform field doubles in time: mu after over mu before',
  source:
    'harmonic oscillator whose frequency^2 goes over as tanh: its transmission and reflection in closed form; derived for this project',
  async measure(laboratory) {
    const findings = [];
    for (const s of WIDTHS) findings.push(await ramp(laboratory, s));
    return {
      findings,
      figure: {
        xLabel: 'width of the ramp, over the first gyrofrequency',
        yLabel: 'mu after over mu before',
        xLog: true,
        series: [
          {
            label: 'closed form',
            curve: Array.from({ length: 81 }, (_, i) => 0.01 * 10 ** (i / 40)).map(
              (s) => [s, muAfterRamp(s, 1, 2)] as const,
            ),
          },
        ],
      },
    };
  },
  faults: [
    {
      what: 'a field that goes to 2.001 T in place of 2 T',
      measure: async (laboratory) => [await ramp(laboratory, 0.3, 2.001)],
    },
  ],
};
