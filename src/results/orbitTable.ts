/** What the table of orbits in space shows. */
import { orbitFates } from '../analysis/fullOrbits/estimate.js';
import type { Estimate } from '../analysis/types.js';
import { ELEMENTARY_CHARGE } from '../physics/constants.js';
import type { OrbitData } from './data.js';
import { grouped, measured } from './format.js';
import { resonanceFacts, resonanceRows } from './resonances.js';
import { fateRows, plural, short, type TableContent } from './tableContent.js';
import { bounceRows, jumpRows } from './trajectoryRows.js';

const order = [
  'meanMuStart',
  'meanMuEnd',
  'muChange',
  'rmsMuChange',
  'rawRmsMuChange',
  'rmsKick',
  'dMuMu',
  'meanEnergyStart',
  'energyChange',
  'epsilonStart',
  'epsilonEnd',
] as const;

const motionNames = {
  fullOrbit: 'full orbits',
  driftOrbit: 'drift orbits',
  hybridOrbit: 'hybrid orbits',
} as const;

/** Energies are told in electronvolts, whatever the file holds. */
export const inVolts = (estimate: Estimate): Estimate =>
  estimate.unit !== 'J'
    ? estimate
    : {
        ...estimate,
        value: estimate.value / ELEMENTARY_CHARGE,
        standardError: estimate.standardError / ELEMENTARY_CHARGE,
        unit: 'eV',
      };

export function orbitContent(
  { scenario, particles, plan, estimates, trajectories }: OrbitData,
  unicode: boolean,
): TableContent {
  const { B, gyrofrequency, larmorRadius, epsilon, kappa, frequencyRatio } = plan.reference;
  const known = (value: number, unit: string) => measured(value, 0, unit, unicode, 4);
  const scales = [
    `B = ${known(B, 'T')}`,
    `gyrofrequency ${known(gyrofrequency, 'rad/s')}`,
    `Larmor radius ${known(larmorRadius, 'm')}`,
    ...(epsilon > 0 ? [`epsilon ${short(epsilon)}`] : []),
    ...(frequencyRatio > 0 ? [`omega/Omega ${short(frequencyRatio)}`] : []),
    ...(Number.isFinite(kappa) ? [`kappa ${short(kappa)}`] : []),
  ];
  return {
    about: [
      `${grouped(particles.total)} ${plural(scenario.species.name, particles.total)}`,
      `${scenario.field.kind} field`,
      motionNames[scenario.motion.kind as keyof typeof motionNames],
      `seed ${scenario.seed}`,
    ],
    facts: [`where they start: ${scales.join(', ')}`, ...resonanceFacts(estimates.resonances, unicode)],
    blocks: [
      order.map((name) => inVolts(estimates[name])),
      ...[resonanceRows(estimates.resonances), jumpRows(trajectories), bounceRows(trajectories)].filter(
        ({ length }) => length > 0,
      ),
      fateRows(estimates.fates, orbitFates),
    ],
  };
}
