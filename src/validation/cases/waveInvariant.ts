import { trajectoriesOf } from '../../analysis/fullOrbits/trajectories.js';
import { SPEED_OF_LIGHT } from '../../physics/constants.js';
import { PROTON } from '../../physics/species.js';
import type { Finding, ValidationCase } from '../case.js';
import type { Laboratory } from '../laboratory.js';
import { exactly } from '../statistics.js';
import { within } from '../verdict.js';

/** [T] */
const B0 = 1e-7;
const GYROFREQUENCY = (PROTON.charge * B0) / PROTON.mass;
const GYRATIONS = 50;

interface Wave {
  readonly speed: number;
  /** [m/s] */
  readonly phaseSpeed: number;
  readonly stepsAGyration: number;
}

/** Spread of gamma - (omega/k) pPar/(m c^2) along orbits in one wave of a hundredth of B0, over v^2/2c^2; `second` [T]: of a slower wave besides. */
async function spread(laboratory: Laboratory, { speed, phaseSpeed, stepsAGyration }: Wave, second = 0) {
  const c = SPEED_OF_LIGHT;
  const gyration = (2 * Math.PI) / GYROFREQUENCY / Math.sqrt(1 - (speed / c) ** 2);
  const wave = (amplitude: number, velocity: number) => ({
    amplitude: `${amplitude} T`,
    polarisation: 'left',
    wavelength: `${(2 * Math.PI * speed) / GYROFREQUENCY} m`,
    phaseSpeed: `${velocity} m/s`,
  });
  const { plan, tallies } = await laboratory.orbits({
    motion: { kind: 'fullOrbit', step: `${gyration / stepsAGyration} s` },
    field: {
      kind: 'wave',
      B0: `${B0} T`,
      waves: [wave(B0 / 100, phaseSpeed), ...(second > 0 ? [wave(second, phaseSpeed / 2)] : [])],
    },
    particles: { count: 64, speed: `${speed} m/s`, pitch: { kind: 'cosine', xi: -0.5 } },
    times: { until: `${GYRATIONS * gyration} s`, count: 1 },
    outputs: { figures: false, trajectories: { particles: 8, every: `${gyration / 2} s` } },
  });
  const unit = PROTON.mass * c;
  const spreads = trajectoriesOf(plan.tracks, tallies, PROTON, 'fullOrbit').map((path) => {
    const values = Array.from(path.time, (_, i) => {
      const [x, y, z] = [path.px[i] / unit, path.py[i] / unit, path.pz[i] / unit];
      const u2 = x * x + y * y + z * z;
      // gamma - 1 without cancellation
      return u2 / (Math.sqrt(1 + u2) + 1) - (phaseSpeed / c) * z;
    });
    return Math.max(...values) - Math.min(...values);
  });
  return Math.max(...spreads) / ((speed / c) ** 2 / 2);
}

const slow = { speed: 1e6, phaseSpeed: 2e5, stepsAGyration: 40 };
const fast = { speed: 2.5e8, phaseSpeed: 5e7 };

async function keptBySlow(laboratory: Laboratory, second = 0): Promise<Finding> {
  const label = 'spread of gamma - (omega/k) pPar/(m c^2) over v^2/2c^2, v = 1e6 m/s, 40 steps a gyration';
  return within(label, '1', exactly(await spread(laboratory, slow, second)), 0, 1e-9);
}

const STEPS = [20, 40, 80, 160] as const;

export const waveInvariant: ValidationCase = {
  id: 'D2',
  family: 'orbits',
  title: 'one circularly polarised wave along B: its frame has an energy, which is kept',
  source:
    'the energy in the frame of the wave, gamma m c^2 - (omega/k) pPar; Higuera & Cary 2017 for the order of the push',
  async measure(laboratory) {
    const kept = await keptBySlow(laboratory);
    const found: number[] = [];
    for (const stepsAGyration of STEPS) found.push(await spread(laboratory, { ...fast, stepsAGyration }));
    const order = Math.log2(found[2] / found[3]);
    return {
      findings: [
        { ...kept, controls: [{ what: 'of a relativistic proton', estimate: found[1] }] },
        within('order of the spread in the step, v = 2.5e8 m/s', '1', exactly(order), 2, 0.1, {
          controls: [
            { what: 'first order', estimate: 1 },
            { what: 'third order', estimate: 3 },
          ],
        }),
      ],
      figure: {
        xLabel: 'steps a gyration',
        yLabel: 'spread of the invariant over v^2/2c^2',
        xLog: true,
        yLog: true,
        residuals: false,
        series: [
          { label: 'v = 2.5e8 m/s', curve: STEPS.map((n, i) => [n, found[i]] as const), measured: true },
          {
            label: 'second order',
            curve: [STEPS[0], STEPS[3]].map((n) => [n, found[3] * (STEPS[3] / n) ** 2] as const),
          },
        ],
      },
    };
  },
  faults: [
    {
      what: 'a second wave, of a millionth of B0',
      measure: async (laboratory) => [await keptBySlow(laboratory, 1e-6 * B0)],
    },
  ],
};
