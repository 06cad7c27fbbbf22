import type { Finding, Series, ValidationCase } from '../case.js';
import { type Laboratory, parabola, SPEED } from '../laboratory.js';
import { exactly } from '../statistics.js';
import { within } from '../verdict.js';
import { orbit } from './orbit.js';

/** B0 (1 + z^2/scale^2) between throats 2 m apart at R = 5: scale = 0.5 m. */
const SCALE = 0.5;
const STEPS = 40;
const SNAPSHOTS = 500;

/** Deviation from an oscillation by `turn` a step, over its amplitude, and the largest of it over the whole phase. */
function deviation(s: Float64Array, turn: number, amplitude: number) {
  const off = Array.from(s, (place, i) => (place - amplitude * Math.sin(STEPS * i * turn)) / amplitude);
  return { off, relative: Math.max(...off.map(Math.abs)) / (STEPS * SNAPSHOTS * turn) };
}

/** The largest size up to each point. */
function largestSoFar(values: readonly number[]): number[] {
  let most = 0;
  return values.map((value) => {
    most = Math.max(most, Math.abs(value));
    return most;
  });
}

/** Phase after 20,000 steps against leapfrog's own frequency, (2/dt) asin(omega dt/2), omega = vPerp0/scale. */
async function phase(
  laboratory: Laboratory,
  xi0: number,
  h: number,
  ratio = 5,
): Promise<{ finding: Finding; series: Series }> {
  const omega = Math.sqrt(1 - xi0 * xi0);
  const turn = 2 * Math.asin((omega * h) / 2);
  const amplitude = (SCALE * h * xi0) / Math.sin(turn);
  const dt = (h * SCALE) / SPEED;
  const particles = { pitch: { kind: 'cosine', xi: xi0 } };
  const { s } = await orbit(laboratory, { particles, field: parabola(ratio), dt, steps: STEPS, snapshots: SNAPSHOTS });
  const { off, relative } = deviation(s, turn, amplitude);
  const controls = [
    { what: "the exact orbit's frequency", estimate: deviation(s, omega * h, amplitude).relative },
    { what: 'omega times 1.0001', estimate: deviation(s, 1.0001 * turn, amplitude).relative },
  ];
  const label = `xi0 = ${xi0}, dt = ${h} scale/v`;
  return {
    finding: within(`phase after 20,000 steps, ${label}`, '1', exactly(relative), 0, 1e-9, { controls }),
    series: {
      label,
      curve: largestSoFar(off)
        .map((value, i) => [(STEPS * i * turn) / (2 * Math.PI), value / (STEPS * SNAPSHOTS * turn)] as const)
        .slice(1),
      measured: true,
    },
  };
}

export const bounce: ValidationCase = {
  id: 'C1',
  family: 'motion',
  title: "bounce in B0 (1 + z^2/scale^2): leapfrog's own frequency",
  source: 'harmonic motion under leapfrog: (2/dt) asin(omega dt/2), omega = vPerp0/scale',
  async measure(laboratory) {
    const found = [];
    for (const [xi0, h] of [
      [0.1, 0.01],
      [0.5, 0.2],
      [0.85, 0.5],
    ])
      found.push(await phase(laboratory, xi0, h));
    return {
      findings: found.map(({ finding }) => finding),
      figure: {
        xLabel: 'bounces',
        yLabel: 'largest deviation so far, over the phase of 20,000 steps',
        xLog: true,
        yLog: true,
        series: [
          ...found.map(({ series }) => series),
          {
            label: 'tolerance',
            curve: [
              [0.06, 1e-9],
              [900, 1e-9],
            ],
          },
        ],
        residuals: false,
        note: 'Distance from the exact solution of the leapfrog scheme, over the amplitude.',
      },
    };
  },
  faults: [
    {
      what: 'a mirror of R = 5.001 in place of 5',
      measure: async (laboratory) => [(await phase(laboratory, 0.5, 0.2, 5.001)).finding],
    },
  ],
};
