/** Runs of particles of many speeds in mirrors, and their D and drifts against theory. */
import { estimate } from '../../src/analysis/estimate.js';
import { zScore } from '../../src/analysis/estimates.js';
import type { Estimates } from '../../src/analysis/types.js';
import type { Plan } from '../../src/plan/plan.js';
import type { ScenarioInput } from '../../src/scenario/index.js';
import { FAULT, scores } from '../random.js';
import { runHere, scenario } from '../validation/runHere.js';

const thermal = { kind: 'maxwellian', temperature: '5.2 keV' };
const falling = (value: string) => ({ rate: { law: 'powerLaw', value, at: '1e6 m/s', index: -3 } });

/** Parabolas of ratio 5 with protons of a thermal speed of 1e6 m/s, and the electrons of a radiation belt. */
const mirror = (parts: Record<string, unknown>) => ({
  field: { kind: 'parabolic', B: '0.5 T', ratio: 5, length: '2 m' },
  collisions: { strength: 0.1 },
  times: { count: 8, collisionTimes: 0.32 },
  ...parts,
});

export const manySpeeds = {
  'Maxwellian, throats': mirror({ particles: { speed: thermal, place: 'fluxTube' }, boundary: 'throat' }),
  'Maxwellian, reflecting ends': mirror({
    particles: { speed: thermal, pitch: { kind: 'pancake', power: 2 } },
    boundary: 'reflecting',
  }),
  'nu ~ v^-3, throats': mirror({
    particles: { speed: thermal, place: 'fluxTube' },
    collisions: falling('5e4 /s'),
    boundary: 'throat',
  }),
  'nu ~ v^-3, reflecting ends': mirror({
    particles: { speed: thermal, pitch: { kind: 'pancake', power: 2 } },
    collisions: falling('5e4 /s'),
    boundary: 'reflecting',
  }),
  'shell, throats': mirror({
    particles: {
      speed: { kind: 'shell', from: '5e5 m/s', to: '2e6 m/s' },
      pitch: { kind: 'pancake', power: 2 },
    },
    boundary: 'throat',
  }),
  'relativistic electrons in a dipole': {
    species: 'electron',
    particles: {
      speed: { kind: 'powerLaw', index: 2, from: '300 keV', to: '3 MeV' },
      pitch: { kind: 'pancake', power: 1, only: 'trapped' },
    },
    field: { kind: 'dipole', shellL: 4, lossAltitude: '100 km' },
    collisions: { rate: '0.02 /s' },
    boundary: 'throat',
    times: { count: 5, until: '6.25 s' },
  },
} as const;

/** A case as a scenario. */
export function scenarioOf(name: keyof typeof manySpeeds, count: number): ScenarioInput {
  const parts: Record<string, unknown> = manySpeeds[name];
  return scenario({
    species: 'proton',
    tallies: { speed: { bins: 1 }, xi: { bins: 2 }, s: { bins: 1 }, mu: { bins: 12 }, lossTime: { bins: 1 } },
    ...parts,
    particles: { ...(parts.particles as object), count },
  });
}

/**
 * What is found of a case: by its own plan; by one that has `1/rate` of the scattering, so that it is `rate` times what theory
 * says; and by one where all have the mean momentum and the mean rate.
 */
export function estimatesOf(name: keyof typeof manySpeeds, count: number, rate = 1.15) {
  const run = runHere(scenarioOf(name, count));
  const of = (plan: Plan) => estimate(run.scenario, plan, run.tallies);
  const { startMomenta, startShares, startRates } = run.plan.reference;
  const mean = (of: (n: number) => number) => startShares.reduce((sum, share, n) => sum + share * of(n), 0);
  const p = mean((n) => (startMomenta[n] + startMomenta[n + 1]) / 2);
  // theory is known by the axes
  const plan = (starting: object): Plan => ({
    ...run.plan,
    axes: { ...run.plan.axes },
    reference: { ...run.plan.reference, ...starting },
  });
  return {
    own: of(run.plan),
    rated: of(plan({ startRates: startRates.map((nu) => nu / rate) })),
    alike: of(
      plan({
        startMomenta: Float64Array.of(p, p),
        startShares: Float64Array.of(1),
        startRates: Float64Array.of(mean((n) => startRates[n])),
      }),
    ),
  };
}

export const scalars = ({ dMuMu, muDrift, dXiXi, xiDrift }: Estimates) => ({ dMuMu, muDrift, dXiXi, xiDrift });
export const curves = ({ dMuMuCurve, muDriftCurve, dXiXiCurve, xiDriftCurve }: Estimates) => ({
  dMuMuCurve,
  muDriftCurve,
  dXiXiCurve,
  xiDriftCurve,
});

/** All deviations of the scalars and the curves. */
export const deviationsOf = (estimates: Estimates): number[] => [
  ...Object.values(scalars(estimates)).map((one) => zScore(one)),
  ...Object.values(curves(estimates)).flatMap((curve) => scores(curve)),
];

/** By how many of their errors a fault of 2 % would move the scalars. */
export const shiftsOf = (estimates: Estimates): number[] =>
  Object.values(scalars(estimates)).map((one) => (FAULT * Math.abs(one.reference!)) / one.standardError);
