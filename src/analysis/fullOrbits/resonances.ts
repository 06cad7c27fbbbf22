/** Resonances with waves along a uniform field: where theory puts them, and where a run finds mu kicked most. */
import type { Resonance } from '../../physics/resonance.js';
import type { OrbitPlan } from '../../plan/orbits/plan.js';
import { jackknife } from '../jackknife.js';
import type { Estimate, TallyReader } from '../types.js';

export interface ResonanceEstimates {
  /** Starting pitch cosine of the largest <(mu - mu0)^2> around the resonance, at the last snapshot; what theory says is its reference. */
  readonly found: Estimate;
  /** What theory says at the reference speed: pitch cosine, parallel velocity, half width of both, and trapping frequency. */
  readonly pitchCosine: Estimate;
  readonly parallelSpeed: Estimate;
  readonly halfWidthCosine: Estimate;
  readonly halfWidth: Estimate;
  readonly trappingFrequency: Estimate;
}

/** How far a peak must stand above the median of all bins. */
const STANDS_OUT = 4;
/** The peak is where bins have this share of its highest one. */
const PEAK = 0.5;

/** <(mu - mu0)^2> by the starting pitch, of mu at xi = 0 squared: the kick's square times (1 - xi^2)^2. */
function changes([count, second, small]: readonly Float64Array[], pitches: Float64Array): Float64Array {
  return pitches.map((xi, i) => (count[i] > 0 ? ((second[i] + small[i]) / count[i]) * (1 - xi * xi) ** 2 : 0));
}

/** Bins about the highest one between two edges, as far as they have a share of it; none where it does not stand out. */
function peakOf(values: Float64Array, from: number, to: number): [first: number, end: number] | null {
  const known = values.filter((value) => value > 0).sort();
  let highest = from;
  for (let i = from; i < to; i++) if (values[i] > values[highest]) highest = i;
  if (known.length < 8 || !(values[highest] > STANDS_OUT * known[Math.floor(known.length / 2)])) return null;
  const belongs = (i: number) => i >= from && i < to && values[i] >= PEAK * values[highest];
  let [first, end] = [highest, highest + 1];
  while (belongs(first - 1)) first--;
  while (belongs(end)) end++;
  return [first, end];
}

/**
 * The resonances of a run. Between the middles to its neighbours the bin of the starting pitch cosine is sought in which
 * <(mu - mu0)^2> is largest (dmu/mu0 alone is large wherever mu0 is small), and the centre of the bins of half its height and more is
 * taken. The error is that of the groups together with that of a place within a bin, and, as trapped particles swing, with that of a
 * place within the half width: after half a swing those that began in resonance are back, and mu of others has changed most.
 */
export function estimateResonances(plan: OrbitPlan, tallies: TallyReader): ResonanceEstimates[] {
  const { resonances } = plan;
  if (resonances.length === 0) return [];
  const { startXiEdges, times } = plan.axes;
  const bins = startXiEdges.length - 1;
  const pitches = Float64Array.from({ length: bins }, (_, i) => (startXiEdges[i] + startXiEdges[i + 1]) / 2);
  const last = (values: Float64Array) => values.subarray((times.length - 1) * bins, times.length * bins);
  const names = ['kickPitchCount', 'kickPitch2', 'kickPitch2Small'];
  const groups = Array.from({ length: plan.groups }, (_, g) => names.map((name) => last(tallies.group(name, g))));
  const total = names.map((name) => last(tallies.total(name)));
  const whole = changes(total, pitches);
  const width = 2 / bins;
  const inside = resonances.map(({ pitchCosine }) => pitchCosine).filter((xi) => Math.abs(xi) < 1);
  return resonances.map((one, i): ResonanceEstimates => {
    const found = (): Pick<Estimate, 'value' | 'standardError' | 'degreesOfFreedom' | 'note'> => {
      const none = { value: Number.NaN, standardError: Number.NaN };
      const at = one.pitchCosine;
      if (!(Math.abs(at) < 1)) return { ...none, note: 'no particle of the reference speed is in resonance' };
      const below = Math.max(-1, ...inside.filter((xi) => xi < at).map((xi) => (xi + at) / 2));
      const above = Math.min(1, ...inside.filter((xi) => xi > at).map((xi) => (xi + at) / 2));
      const bin = (xi: number) => Math.min(bins, Math.max(0, Math.round((xi + 1) / width)));
      const peak = peakOf(whole, bin(below), bin(above));
      if (!peak)
        return {
          ...none,
          note: 'no pitch at the start stands out by its kicks (ask for more particles, or more tallies.startXi.bins)',
        };
      const [first, end] = peak;
      const centre = jackknife(
        total,
        groups,
        groups.map(([count]) => count.reduce((sum, n) => sum + n, 0)),
        (sums) => {
          const values = changes(sums, pitches);
          let [sum, moment] = [0, 0];
          for (let k = first; k < end; k++) {
            sum += values[k];
            moment += values[k] * pitches[k];
          }
          return Float64Array.of(moment / sum);
        },
      );
      const swung = Math.min(1, ((one.trappingFrequency || 0) * times[times.length - 1]) / Math.PI);
      const trapped = (swung * swung * (one.halfWidthCosine || 0)) / Math.sqrt(3);
      return {
        value: centre.value[0],
        standardError: Math.hypot(centre.standardError[0], width / Math.sqrt(12), trapped),
        degreesOfFreedom: centre.degreesOfFreedom,
      };
    };
    return {
      ...predicted(one, i + 1),
      found: {
        ...found(),
        ...(Math.abs(one.pitchCosine) < 1 ? { reference: one.pitchCosine } : {}),
        unit: '1',
        label: `pitch cosine of the largest change of mu${resonances.length > 1 ? ` at wave ${i + 1}` : ''}`,
      },
    };
  });
}

function predicted(one: Resonance, wave: number): Omit<ResonanceEstimates, 'found'> {
  const exact = (value: number, unit: string, label: string): Estimate => ({
    value,
    standardError: Number.isNaN(value) ? Number.NaN : 0,
    unit,
    label: `${label} of wave ${wave}, at the reference speed`,
    note: Number.isNaN(value) ? 'no particle of the reference speed is in resonance' : 'theory',
  });
  return {
    pitchCosine: exact(one.pitchCosine, '1', 'resonant pitch cosine'),
    parallelSpeed: exact(one.parallelSpeed, 'm/s', 'resonant parallel velocity'),
    halfWidthCosine: exact(one.halfWidthCosine, '1', 'half width in the pitch cosine'),
    halfWidth: exact(one.halfWidth, 'm/s', 'half width in the parallel velocity'),
    trappingFrequency: exact(one.trappingFrequency, 'rad/s', 'trapping frequency'),
  };
}
