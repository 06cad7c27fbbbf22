/** The exact distribution of the pitch where one rate scatters it, nothing else changes it and nothing is lost. */
import { remembered } from '../plan/remembered.js';
import { startOf, startPoints } from './oracle/start.js';
import { legendreDecayRate } from './references.js';
import type { AnalysisPlan, AnalysisScenario } from './types.js';

/** Earliest nu t that is given: of earlier ones the sum has thousands of terms. */
const EARLIEST = 1e-5;
/** Terms of the sum beyond exp(-36) = 2e-16 are nothing. */
const NOTHING = 36;

/** Moments of starts: partial results and runs with other seeds ask for the same ones. */
const starts = new Map<string, Float64Array>();
const KEPT = 20;

/**
 * f of the local pitch, its mean over every bin of the plan, per unit xi and particle started:
 * `f(xi, t) = sum_l (2l + 1)/2 <P_l>_0 P_l(xi) exp(-l (l + 1) nu t)`, integrated over bins by
 * `(2l + 1) P_l = d(P_(l+1) - P_(l-1))/dxi` (DLMF 14.10.5-6), from the start that the scenario states, not the one drawn.
 *
 * @returns f by the number of the snapshot; NaN before nu t = 1e-5 and at the start itself where it is one cosine, which is no
 *   density. Undefined where this is not the law: losses, forces, several speeds or rates, walls that turn the pitch round.
 */
export function pitchCourse(
  scenario: AnalysisScenario,
  plan: AnalysisPlan,
): ((snapshot: number) => Float64Array) | undefined {
  const { nu, oneSpeed, xiLossCone } = plan.reference;
  if (!oneSpeed || scenario.source || legendreDecayRate(1, scenario, plan) === undefined) return undefined;
  const { times, xiEdges } = plan.axes;
  const { pitch } = scenario.particles;
  const start = startOf(pitch, xiLossCone);
  const bins = xiEdges.length - 1;
  const unknown = () => new Float64Array(bins).fill(Number.NaN);
  return (snapshot) => {
    const tau = times[snapshot] * nu;
    if (tau === 0) return 'xi' in start ? unknown() : startOver(xiEdges, startPoints(start, xiEdges));
    if (tau < EARLIEST) return unknown();
    const degrees = Math.ceil(Math.sqrt(NOTHING / tau)) + 1;
    const moments = remembered(starts, KEPT, JSON.stringify([pitch, xiLossCone, degrees]), () => {
      // Gauss's points of each piece see several waves of the highest degree.
      const pieces = Math.ceil(degrees / 6);
      const cuts = Array.from({ length: pieces + 1 }, (_, i) => -1 + (2 * i) / pieces);
      return momentsOf(startPoints(start, cuts), degrees);
    });
    const below = Float64Array.from(xiEdges, (xi) => shareBelow(Math.max(-1, Math.min(1, xi)), moments, tau));
    return Float64Array.from({ length: bins }, (_, i) => (below[i + 1] - below[i]) / (xiEdges[i + 1] - xiEdges[i]));
  };
}

type Points = ReturnType<typeof startPoints>;

/** Mean over bins of a start whose points fall into no two of them. */
function startOver(edges: ArrayLike<number>, points: Points): Float64Array {
  return Float64Array.from({ length: edges.length - 1 }, (_, i) => {
    const inside = points.filter(({ xi }) => xi >= edges[i] && xi < edges[i + 1]);
    return inside.reduce((sum, { weight }) => sum + weight, 0) / (edges[i + 1] - edges[i]);
  });
}

/** <P_l> of the start, l = 0 .. degrees. */
function momentsOf(points: Points, degrees: number): Float64Array {
  const moments = new Float64Array(degrees + 1);
  for (const { xi, weight } of points) {
    let [before, value] = [0, 1];
    for (let l = 0; l <= degrees; l++) {
      moments[l] += weight * value;
      [before, value] = [value, ((2 * l + 1) * xi * value - l * before) / (l + 1)];
    }
  }
  return moments;
}

/** Share of the particles with a pitch below xi. */
function shareBelow(xi: number, moments: Float64Array, tau: number): number {
  let sum = (1 + xi) / 2;
  let [before, value] = [1, xi];
  for (let l = 1; l < moments.length; l++) {
    const next = ((2 * l + 1) * xi * value - l * before) / (l + 1);
    sum += (moments[l] / 2) * (next - before) * Math.exp(-l * (l + 1) * tau);
    [before, value] = [value, next];
  }
  return sum;
}
