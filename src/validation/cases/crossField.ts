import { PROTON } from '../../physics/species.js';
import type { Finding, ValidationCase } from '../case.js';
import { type Laboratory, SPEED, seconds } from '../laboratory.js';
import { ratioOverGroups } from '../statistics.js';
import { agreement } from '../verdict.js';

/** [T] */
const B = 0.01;
const GYROFREQUENCY = (PROTON.charge * B) / PROTON.mass;

/** Across B and along it, in v^2/Omega, against nu/Omega. */
const across = (ratio: number) => ((1 / 3) * 2 * ratio) / (1 + 4 * ratio * ratio);
const along = (ratio: number) => 1 / (6 * ratio);

async function spreading(laboratory: Laboratory, ratio: number, wrong = 1): Promise<Finding[]> {
  const nu = ratio * GYROFREQUENCY;
  const [from, to] = [6 / nu, 12 / nu];
  const run = await laboratory.orbits({
    motion: { kind: 'fullOrbit', tolerance: 1e-3 },
    field: { kind: 'uniform', B: ['0 T', '0 T', `${B} T`] },
    particles: { count: laboratory.count(2 ** 14, 2 ** 18), pitch: 'isotropic' },
    collisions: { operator: 'exact', rate: `${nu * wrong} /s` },
    times: seconds(from, to),
  });
  // the first snapshot is beyond the transient, exp(-2 nu t): from there the variance grows as 2 D t
  const unit = (SPEED * SPEED) / GYROFREQUENCY;
  const growth = (axes: readonly number[]) =>
    ratioOverGroups(
      run,
      (read) => {
        const squares = read('shift2');
        const sum = axes.reduce((all, axis) => all + squares[6 + axis] - squares[3 + axis], 0);
        return sum / axes.length / (2 * (to - from)) / unit;
      },
      (read) => read('inside')[2],
    );
  const label = `nu/Omega = ${ratio}`;
  return [
    agreement(`D across B, ${label}`, 'v^2/Omega', growth([0, 1]), across(ratio), {
      controls: [{ what: 'nu_m = nu in place of 2 nu', reference: across(ratio / 2) }],
      at: { series: 'across B', x: ratio },
    }),
    agreement(`D along B, ${label}`, 'v^2/Omega', growth([2]), along(ratio), {
      controls: [{ what: 'v^2/(3 nu)', reference: 2 * along(ratio) }],
      at: { series: 'along B', x: ratio },
    }),
  ];
}

const RATIOS = [0.05, 0.2, 1, 3];
const curve = (of: (ratio: number) => number) =>
  Array.from({ length: 61 }, (_, i) => 0.03 * 10 ** ((i / 60) * 2.3)).map((ratio) => [ratio, of(ratio)] as const);

export const crossField: ValidationCase = {
  id: 'across',
  family: 'orbits',
  title: 'colliding full orbits spread across B and along it',
  source:
    'D = (v^2/3) nu_m/(Omega^2 + nu_m^2) and v^2/(3 nu_m), nu_m = 2 nu: correlation of a velocity that turns and is scattered',
  async measure(laboratory) {
    const findings = [];
    for (const ratio of RATIOS) findings.push(...(await spreading(laboratory, ratio)));
    return {
      findings,
      figure: {
        xLabel: 'nu/Omega',
        yLabel: 'D in v^2/Omega',
        xLog: true,
        yLog: true,
        series: [
          { label: 'across B', curve: curve(across) },
          { label: 'along B', curve: curve(along) },
        ],
      },
    };
  },
  faults: [{ what: 'half the rate in the scenario', measure: (laboratory) => spreading(laboratory, 0.2, 0.5) }],
};
