import type { Finding, ValidationCase } from '../case.js';
import { type Laboratory, parabola } from '../laboratory.js';
import { type Measured, type Read, ratioOverGroups } from '../statistics.js';
import { agreement, beyond, factors } from '../verdict.js';

const BINS = 64;
/** From this part of the run on the mode is slowest. */
const FIRST = 0.4;

/** Counts near the midplane in bins of |xi|, `from` .. `to` - 1 counted from |xi| = 1, summed over the times of the slowest mode. */
function counted(read: Read, snapshots: number, from: number, to: number): number {
  const counts = read('middlePitch');
  let sum = 0;
  for (let t = FIRST * snapshots; t <= snapshots; t++)
    for (let bin = 0; bin < BINS; bin++) {
      const inner = Math.min(bin, BINS - 1 - bin);
      if (inner >= from && inner < to) sum += counts[t * BINS + bin];
    }
  return sum / (to - from);
}

/** nu length/v, particles (sharp, full), collision times to the end, tolerance of a step, snapshots. */
const runs = [
  [0.001, 2 ** 15, 2 ** 17, 1, 0.01, 20],
  [0.03, 2 ** 17, 2 ** 19, 2, 0.004, 20],
  [0.1, 2 ** 17, 2 ** 19, 2, 0.004, 20],
  [0.3, 2 ** 17, 2 ** 19, 4, 0.004, 20],
  [20, 3 * 2 ** 17, 2 ** 20, 120, 0.01, 400],
] as const;

/** Mean f in 0.90625 < |xi| (the loss cone of R = 5 begins at 0.894) over mean f in 0.8125 < |xi| < 0.875, just inside the trapped edge. */
async function filling(
  laboratory: Laboratory,
  [strength, sharp, full, collisionTimes, tolerance, snapshots]: (typeof runs)[number],
  field = parabola(5),
): Promise<Measured> {
  const run = await laboratory.run({
    particles: { count: laboratory.count(sharp, full), place: 'fluxTube' },
    field,
    collisions: { strength },
    boundary: 'throat',
    motion: { kind: 'guidingCentre', tolerance },
    times: { count: snapshots, collisionTimes },
    tallies: {
      speed: { bins: 1 },
      xi: { bins: BINS },
      s: { bins: 21 },
      mu: { bins: 1 },
      lossTime: { bins: 1 },
    },
  });
  const edge = (read: Read) => counted(read, snapshots, 4, 6);
  const found = ratioOverGroups(run, (read) => counted(read, snapshots, 0, 3), edge);
  // where the cone is empty, the spread of the groups says nothing: then one particle in it is the error
  const one = 1 / 3 / edge((name) => run.tallies.total(name));
  return { ...found, error: Math.max(found.error, one) };
}

export const lossConeFilling: ValidationCase = {
  id: 'B5',
  family: 'losses',
  title: 'filling of the loss cone: from 0 to 1 with nu length/v',
  source: 'Kennel & Petschek 1966; tested: below 0.1, every rise by 5 standard errors, 1 at the end',
  async measure(laboratory) {
    const found: Measured[] = [];
    for (const run of runs) found.push(await filling(laboratory, run));
    const findings: Finding[] = [
      beyond(`nu length/v = ${runs[0][0]}: below 0.1`, '1', found[0], 'below', 0.1, {
        controls: [{ what: 'that of nu length/v = 0.1', estimate: found[2].value }],
        at: { series: 'filling', x: runs[0][0] },
      }),
    ];
    for (let i = 1; i < runs.length; i++) {
      const [before, now] = [found[i - 1], found[i]];
      const rise = {
        value: now.value - before.value,
        error: Math.hypot(now.error, before.error),
        count: before.count + now.count,
        degreesOfFreedom: 31,
      };
      const controls = [{ what: 'the two exchanged', estimate: -rise.value }];
      findings.push(beyond(`rise from ${runs[i - 1][0]} to ${runs[i][0]}`, '1', rise, 'above', 0, { controls }));
    }
    const strong = runs.length - 1;
    findings.push(
      agreement(`nu length/v = ${runs[strong][0]}: full`, '1', found[strong], 1, {
        controls: [...factors(1, 0.98, 1.02), { what: 'that of nu length/v = 0.1', estimate: found[2].value }],
        at: { series: 'filling', x: runs[strong][0] },
      }),
    );
    const between = runs.slice(1, strong).map(([x], i) => [x, found[i + 1].value, found[i + 1].error] as const);
    return {
      findings,
      figure: {
        xLabel: 'nu length/v',
        yLabel: 'filling, R = 5',
        xLog: true,
        series: [
          { label: 'filling', points: between },
          {
            label: 'full',
            curve: [
              [5e-4, 1],
              [40, 1],
            ],
          },
        ],
        residuals: false,
        note: 'Mean f over 0.906 < |xi| divided by mean f over 0.8125 < |xi| < 0.875, counted at the midplane in the slowest mode.',
      },
    };
  },
  faults: [
    {
      what: 'weak scattering called strong',
      measure: async (laboratory) => [agreement('nu length/v = 20: full', '1', await filling(laboratory, runs[2]), 1)],
    },
  ],
};
