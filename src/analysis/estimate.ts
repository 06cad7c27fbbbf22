import { coneEdge } from './coneEdge.js';
import { confinementTime } from './confinement.js';
import { energyCurve, legendreCurves, temperatureCurves } from './curves.js';
import { equilibrium } from './equilibrium.js';
import { unavailable, withLimits, withoutBareNumbers } from './estimates.js';
import { scatteringLimits } from './exact.js';
import { filling } from './filling.js';
import { isotropisationRate, legendreRate, pressureRate } from './isotropisation.js';
import { lossRate } from './lossRate.js';
import { lossTimes } from './lossTimes.js';
import { meanMu, meanMuCurve, muSpread, muVariance } from './magneticMoment.js';
import { muDiffusion } from './muDiffusion.js';
import { pitchDiffusion } from './pitchDiffusion.js';
import { rareLosses } from './rareLosses.js';
import { coneLossRate } from './references.js';
import { Sample } from './sample.js';
import { slowModeWindow } from './slowMode.js';
import { steadyState } from './steady.js';
import { fates, trappedFraction } from './trapped.js';
import type { AnalysisPlan, AnalysisScenario, Estimates, TallyReader } from './types.js';

/**
 * Everything that a run's tallies say, each number with its standard error, or NaN and what is lacking.
 *
 * Works on any part of a run (no particle yet, some groups empty, groups of different sizes): a part of the blocks is a
 * smaller run. Errors are binomial for counted fractions (unless starts are stratified) and jackknives over the plan's groups for everything else,
 * with t of groups - 1 degrees of freedom.
 * @param scenario the validated scenario: which exact theory holds, and what things are called
 * @param plan axes, groups and reference values
 * @param tallies the merged tallies
 */
export function estimate(scenario: AnalysisScenario, plan: AnalysisPlan, tallies: TallyReader): Estimates {
  const sample = new Sample(plan, tallies);
  const window = slowModeWindow(sample);
  const mu = meanMu(sample, scenario);
  const ofMu = muDiffusion(sample, scenario);
  const ofPitch = pitchDiffusion(sample, scenario);
  const [parallelTemperature, perpendicularTemperature] = temperatureCurves(sample, scenario);
  const legendre = legendreCurves(sample, scenario);
  const limits = scatteringLimits(scenario, plan);
  const time = withLimits(confinementTime(sample, scenario, window), limits.confinementTime);
  return withoutBareNumbers({
    isotropisationRate: isotropisationRate(sample, scenario, window),
    pressureRate: pressureRate(sample, scenario, window),
    lossRate: withLimits(lossRate(sample, scenario, window, coneLossRate(scenario, plan)), limits.lossRate),
    confinementTime: time,
    trappedFraction: trappedFraction(sample, scenario),
    filling: filling(sample, scenario, window),
    meanMu: mu.final,
    meanMuInitial: mu.initial,
    dMuMu: ofMu.diffusion,
    muDrift: ofMu.drift,
    dXiXi: ofPitch.diffusion,
    xiDrift: ofPitch.drift,
    equilibrium: equilibrium(sample, scenario, window),
    fates: fates(sample, scenario),
    survival: legendre[0],
    legendre,
    legendreRates: legendre.map((_, l) =>
      l === 0 ? unavailable('decay rate of <P0>', '1/s', 'P0 is 1') : legendreRate(l, sample, scenario, window),
    ),
    muSpread: muSpread(sample, scenario),
    meanMuCurve: meanMuCurve(sample, scenario),
    muVariance: muVariance(sample),
    dMuMuCurve: ofMu.diffusionCurve,
    muDriftCurve: ofMu.driftCurve,
    dXiXiCurve: ofPitch.diffusionCurve,
    xiDriftCurve: ofPitch.driftCurve,
    parallelTemperature,
    perpendicularTemperature,
    ...lossTimes(sample, scenario),
    coneEdge: coneEdge(sample, scenario, window),
    energy: energyCurve(sample, scenario),
    ...steadyState(sample, scenario, window, time),
    ...rareLosses(sample, scenario),
  });
}
