import { GrowthBins, type GrowthInBins } from './growthBins.js';
import { type Ensemble, earlyTimes, inCone, inMirror, MORE, type Speed, speedsOf } from './growthEnsemble.js';
import { onlyScattering } from './references.js';
import type { AnalysisPlan, AnalysisScenario } from './types.js';

/** What a grid makes of the step at the rim of a loss cone where nothing smooths it, in <dm> and <dm^2>: against one of 160 pitches. */
const DOUBT_OF_FIRST = 1e-3;
const DOUBT_OF_SECOND = 3e-4;
/** Scattering before the first snapshot, in nu t, by which P_2 has fallen to a twentieth. */
const SETTLED = 0.5;

/**
 * What theory says of the growth of the moments of mu and of the pitch: the operator, in a mirror its bounce average, and the
 * moments that scattering at these rates gives at the early snapshots.
 */
export interface GrowthTheory {
  /** In bins of the starting mu [J/T]. */
  readonly mu: GrowthInBins;
  /** In bins of the starting pitch. D is that of the pitch, growth and drift are those of xi, in a mirror of xi0^2. */
  readonly xi: GrowthInBins;
  /** Whether they are bounce averages. */
  readonly bouncing: boolean;
  readonly more: number;
  /** Error of the growth, as a part of it: of the grid, and of bounces that had to be followed slowed down. */
  readonly error: number;
}

/** By the plan's axes, which the plans of a run and of its first particles share. */
const known = new WeakMap<object, GrowthTheory | null>();

/**
 * The theory of a plan's starting ensemble where no electric field acts: in a mirror with throats or closed ends, and for a
 * cone in velocity space. Null elsewhere.
 *
 * Of one speed, with `M = p^2/(m Bmin)` and `beta = Bmin/B`, `D = 2 nu mu (M beta - 2 mu)` and `d<mu>/dt = 2 nu (M beta -
 * 3 mu)`; their bounce averages need that of beta, from the undisturbed orbits. With `m = 1 - x^2` the size x of the midplane
 * pitch has `D = nu m (beta - m)/x^2`, where nothing bounces `nu (1 - x^2)`, and `d<x^2>/dt = -2 nu (2 beta - 3 m)`. The
 * growth is that of the backward equation, averaged over the places and pitches of the start: bounces in step, saturation and
 * losses are in it.
 *
 * Of many speeds each is what it is for a particle, averaged over the particles that start in a bin:
 * `D(mu) = sum_v share(v | mu) <2 nu(v) mu (M(v) beta - 2 mu)>`, in J^2/T^2/s as for one speed, and
 * `D(x) = sum_v share(v) nu(v) <m (beta - m)>/x^2`, in 1/s. What a fit can find is a factor that all nu(v) have in common.
 */
export function growthTheory(scenario: AnalysisScenario, plan: AnalysisPlan): GrowthTheory | null {
  let theory = known.get(plan.axes);
  if (theory === undefined) {
    const { nu, speed } = plan.reference;
    const able = nu > 0 && speed > 0 && !scenario.potential && !scenario.parallelField;
    const speeds = able ? speedsOf(scenario, plan) : [];
    const ensemble =
      able && (onlyScattering(scenario) ? inCone(scenario, plan, speeds) : inMirror(scenario, plan, speeds));
    theory = ensemble ? theoryOf(ensemble, speeds, scenario, plan) : null;
    known.set(plan.axes, theory);
  }
  return theory;
}

function theoryOf(
  ensemble: Ensemble,
  speeds: readonly Speed[],
  { species }: AnalysisScenario,
  plan: AnalysisPlan,
): GrowthTheory {
  const { bouncing, error } = ensemble;
  const times = earlyTimes(plan);
  const looks = [1, MORE].flatMap((rate) => times.map((time) => ({ rate, time })));
  const mu = new GrowthBins(plan.axes.muEdges, looks.length);
  const xi = new GrowthBins(plan.axes.startXiEdges, looks.length);
  const unit = species.mass * plan.reference.Bmin;
  const of = ensemble.starts.map((start, i) => {
    const { first, mean } = ensemble.beta(i);
    const m = (1 - start.xi * start.xi) * first;
    const x = bouncing ? Math.sqrt(1 - m) : start.xi;
    return { m, mean, x, bin: xi.bin(x), share: start.weight };
  });
  for (const speed of speeds) {
    const { nu } = speed;
    const settled = nu * (times[0] ?? 0) > SETTLED;
    const seen = looks.map(({ rate, time }) => {
      const [V0, V1, V2, Vx] = ensemble.moments(speed, time, rate);
      return { V0, V1, V2, Vx };
    });
    for (let i = 0; i < of.length; i++) {
      const { m, mean, x, bin, share } = of[i];
      const weight = speed.share * share;
      const parts = momentsBetween(mu, m, speed, unit);
      xi.add(bin, weight);
      for (const part of parts) mu.add(part.bin, part.share * weight);
      for (let look = 0; look < seen.length; look++) {
        const { V0, V1, V2, Vx } = seen[look];
        const v0 = V0[i];
        const first = V1[i] - m * v0;
        const second = V2[i] - 2 * m * V1[i] + m * m * v0;
        for (const { bin, share, M } of parts)
          mu.addMoments(bin, look, share * weight, v0, (M / 2) * first, (M / 2) * (M / 2) * second);
        if (bouncing) xi.addMoments(bin, look, weight, v0, -first, second);
        else xi.addMoments(bin, look, weight, v0, Vx[i] - x * v0, v0 - V1[i] - 2 * x * Vx[i] + x * x * v0);
      }
      for (let look = 0; look < looks.length; look++) {
        const doubt = weight * ensemble.doubt(i, speed, looks[look].time);
        if (doubt === 0) continue;
        xi.addDoubt(bin, look, doubt, DOUBT_OF_FIRST, DOUBT_OF_SECOND);
        for (const { bin, share, M } of parts)
          mu.addDoubt(bin, look, share * doubt, (M / 2) * DOUBT_OF_FIRST, (M / 2) * (M / 2) * DOUBT_OF_SECOND);
      }
      if (Number.isNaN(mean)) continue;
      for (const { bin, share, M } of parts)
        mu.addOperator(bin, share * weight, nu * M * m * M * (mean - m), nu * M * (2 * mean - 3 * m), settled);
      if (!bouncing) xi.addOperator(bin, weight, nu * m, -2 * nu * x, settled);
      else {
        // a start that rests at the midplane: the limit of small bounces
        const D = x > 0 ? (nu * m * (mean - m)) / (x * x) : nu / 2;
        xi.addOperator(bin, weight, D, -2 * nu * (2 * mean - 3 * m), settled);
      }
    }
  }
  return { mu: mu.means(), xi: xi.means(), bouncing, more: MORE, error };
}

/** Particles of a cell of speeds in a bin of mu: their share of the cell, and their M [J/T]. */
interface Part {
  readonly bin: number;
  readonly share: number;
  readonly M: number;
}

/** The bins over which particles of a cell of speeds and of one m are spread, `mu = p^2 m/(2 mass Bmin)`. */
function momentsBetween(
  bins: GrowthBins,
  m: number,
  { low, high }: Pick<Speed, 'low' | 'high'>,
  scale: number,
): Part[] {
  const moment = (p: number) => (p * p * m) / (2 * scale);
  const first = bins.bin(moment(low));
  const last = bins.bin(moment(high));
  if (first === last) return [{ bin: first, share: 1, M: ((low + high) / 2) ** 2 / scale }];
  const parts: Part[] = [];
  let from = low;
  for (let bin = first; bin <= last; bin++) {
    const to = bin === last ? high : Math.sqrt((2 * scale * bins.end(bin)) / m);
    const share = (to - from) / (high - low);
    if (share > 0) parts.push({ bin, share, M: ((from + to) / 2) ** 2 / scale });
    from = to;
  }
  return parts;
}
