import { exactScale, momentUnit } from './magneticMoment.js';
import { type Diffusion, diffusionOf } from './momentGrowth.js';
import type { Sample } from './sample.js';
import type { AnalysisScenario } from './types.js';

/**
 * D_mumu and d<mu>/dt (see `diffusionOf`). With `M = p^2/(m B)`, in a closed homogeneous run of one speed,
 * `D_mumu = 2 nu mu (M - 2 mu)` and `d<mu>/dt = 2 nu (M - 3 mu)`; both are linear in the start's <mu> and <mu^2>. In a mirror
 * their bounce averages, of many speeds the mean over the particles that start there, `<2 nu(v) mu (M(v) Bmin/B - 2 mu)>` with
 * `M = p^2/(m Bmin)`: mu is a moment in J/T whatever the speed.
 */
export function muDiffusion(sample: Sample, scenario: AnalysisScenario): Diffusion {
  const M = exactScale(sample, scenario);
  const { nu, oneSpeed, mirrorRatio } = sample.plan.reference;
  const one = oneSpeed && scenario.potential === null && scenario.parallelField === null;
  return diffusionOf(sample, scenario, {
    count: 'muCount',
    first: 'dmu',
    second: 'dmu2',
    startMean: 'mu',
    startAxis: 'mu',
    startSquare: 'mu2',
    theory: ({ mu }) => mu,
    decays: [6, 20],
    ...(M !== undefined && {
      exact: ({ mean, square }) => ({
        diffusion: 2 * nu * (M * mean - 2 * square),
        drift: 2 * nu * (M - 3 * mean),
      }),
    }),
    ...(one && { edge: momentUnit(sample, scenario) / (2 * mirrorRatio) }),
    startLabel: 'mu',
    startUnit: 'J/T',
    diffusionLabel: 'D_mumu',
    diffusionUnit: 'J^2/T^2/s',
    driftLabel: 'd<mu>/dt',
    driftUnit: 'J/T/s',
  });
}
