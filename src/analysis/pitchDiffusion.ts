import { type Diffusion, diffusionOf } from './momentGrowth.js';
import { hasOneRate, isClosed, onlyScattering } from './references.js';
import type { Sample } from './sample.js';
import type { AnalysisScenario } from './types.js';

/**
 * D_xixi and the drift of the pitch (see `diffusionOf`).
 *
 * Where scattering alone changes the pitch, of the local cosine: exactly `nu (1 - xi^2)` and `d<xi>/dt = -2 nu xi`, at any
 * speed. Elsewhere motion turns it, and what is followed is `xi0^2` at the midplane, whose moments are smooth where the
 * orbits are short: `D_xixi` is that of xi0^2 over `4 <xi0^2>`, bounce-averaged `nu <xi^2 (1 - xi^2) (Bmin/B)^2>/xi0^2`, and
 * the drift is that of xi0^2, `2 nu <3 (1 - xi0^2) - 2 Bmin/B>` (that of xi0 itself diverges at 0). Of many speeds
 * they are means over the particles: with `<nu(v)>` in place of nu where all speeds start alike.
 */
export function pitchDiffusion(sample: Sample, scenario: AnalysisScenario): Diffusion {
  const { nu, foldedPitch: folded, xiLossCone } = sample.plan.reference;
  const exact = isClosed(scenario) && onlyScattering(scenario) && hasOneRate(sample.plan) && !folded;
  return diffusionOf(sample, scenario, {
    count: 'xiCount',
    first: 'dxi',
    second: 'dxi2',
    startMean: folded ? 'startXi2' : 'startXi',
    startSquare: folded ? 'startXi4' : 'startXi2',
    startAxis: 'startXi',
    theory: ({ xi }) => xi,
    decays: folded ? [6, 20] : [2, 6],
    ...(folded && { scale: (mean: number) => 1 / (4 * mean) }),
    ...(exact && {
      exact: ({ mean, square }: { mean: number; square: number }) => ({
        diffusion: nu * (1 - square),
        drift: -2 * nu * mean,
      }),
    }),
    ...(folded && xiLossCone < 1 && { edge: xiLossCone ** 2 }),
    startLabel: folded ? '|midplane xi|' : 'xi',
    startUnit: '1',
    diffusionLabel: folded ? 'D_xixi of the midplane pitch' : 'D_xixi',
    diffusionUnit: '1/s',
    driftLabel: folded ? 'd<xi0^2>/dt of the midplane pitch' : 'd<xi>/dt',
    driftUnit: '1/s',
  });
}
