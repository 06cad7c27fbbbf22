import { trajectoriesOf } from '../../analysis/fullOrbits/trajectories.js';
import { SPEED_OF_LIGHT } from '../../physics/constants.js';
import { PROTON } from '../../physics/species.js';
import type { ValidationCase } from '../case.js';
import type { Laboratory } from '../laboratory.js';
import { exactly } from '../statistics.js';
import { within } from '../verdict.js';

const GAMMA = 20;
const SPEED = SPEED_OF_LIGHT * Math.sqrt(1 - 1 / GAMMA ** 2);
/** Gyrofrequency of a slow proton in 1 T. */
const UNIT = PROTON.charge / PROTON.mass;
const STEPS = 1e4;
const TURN = 20;
const TOLERANCE = 1e-9;

/** |x| along the way of a proton at gamma = 20 that the electric force holds on its line. */
async function aside(laboratory: Laboratory, pusher: 'higueraCary' | 'boris') {
  const step = TURN / UNIT;
  const { plan, tallies } = await laboratory.orbits({
    motion: { kind: 'fullOrbit', pusher, step: `${step} s` },
    field: { kind: 'uniform', B: ['0 T', '0 T', '1 T'], E: [`${-SPEED} V/m`, '0 V/m', '0 V/m'] },
    particles: {
      count: 64,
      speed: `${SPEED} m/s`,
      pitch: { kind: 'cosine', xi: 0 },
      // along +y
      gyrophase: 0.25,
      place: ['0 m', '0 m', '0 m'],
      reference: 'particle',
    },
    times: { until: `${STEPS * step} s`, count: 1 },
    outputs: { figures: false, trajectories: { particles: 1, every: `${(STEPS / 100) * step} s` } },
  });
  const [{ x, y, time }] = trajectoriesOf(plan.tracks, tallies, PROTON, 'fullOrbit');
  let most = 0;
  return {
    furthest: Array.from(x, (place) => {
      most = Math.max(most, Math.abs(place));
      return most;
    }),
    y,
    steps: Array.from(time, (t) => t / step),
  };
}

export const crossedFields: ValidationCase = {
  id: 'C4',
  family: 'orbits',
  title: 'a proton that the electric force holds on its line stays on it, at steps of a radian',
  source: 'Ripperda et al. 2018: crossed fields, E = -v x B; a push that keeps the E x B drift is exact',
  async measure(laboratory) {
    const own = await aside(laboratory, 'higueraCary');
    const boris = await aside(laboratory, 'boris');
    const last = (values: ArrayLike<number>) => values[values.length - 1];
    const label = `largest |x| over ${STEPS} steps of (q B/m) dt = ${TURN}, gamma = ${GAMMA}`;
    const way = (SPEED * STEPS * TURN) / UNIT;
    return {
      findings: [
        within(label, 'm', exactly(last(own.furthest)), 0, TOLERANCE, {
          controls: [{ what: 'the push of Boris', estimate: last(boris.furthest) }],
        }),
        within('its way along y, over v t', '1', exactly(last(own.y) / way), 1, 1e-9, {
          controls: [{ what: 'the push of Boris', estimate: last(boris.y) / way }],
        }),
      ],
      figure: {
        xLabel: 'steps',
        yLabel: 'largest |x| so far (m)',
        yLog: true,
        residuals: false,
        series: [
          { label: 'Higuera-Cary', curve: points(own), measured: true },
          { label: 'Boris', curve: points(boris), measured: true },
          {
            label: 'tolerance',
            curve: [
              [0, TOLERANCE],
              [STEPS, TOLERANCE],
            ],
          },
        ],
        note: 'Below 1e-16 m is drawn as 1e-16 m.',
      },
    };
  },
  faults: [
    {
      what: 'the push of Boris',
      measure: async (laboratory) => {
        const { furthest } = await aside(laboratory, 'boris');
        return [within('largest |x|', 'm', exactly(furthest[furthest.length - 1]), 0, TOLERANCE)];
      },
    },
  ],
};

const points = ({ furthest, steps }: { furthest: readonly number[]; steps: readonly number[] }) =>
  furthest.map((x, i) => [steps[i], Math.max(x, 1e-16)] as const).slice(1);
