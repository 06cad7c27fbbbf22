import { notes, short, unavailable } from './estimates.js';
import { linearFit } from './fits.js';
import { isClosed } from './references.js';
import type { Sample } from './sample.js';
import type { SlowMode } from './slowMode.js';
import type { AnalysisPlan, AnalysisScenario, Estimate } from './types.js';

/** Part of the trapped range, next to the edge, that f at the edge is extrapolated from; at least this many bins. */
const EDGE_PART = 0.1;
const EDGE_BINS = 3;

/** A bin of the midplane pitch by |xi0|: where it lies and what turns its counts into f. */
interface PitchBin {
  readonly index: number;
  readonly low: number;
  readonly high: number;
  /** Integral of |xi0| v tau over the bin: counts are f times this. */
  readonly weight: number;
}

function pitchBins(plan: AnalysisPlan): PitchBin[] {
  const edges = plan.axes.xiEdges;
  const weights = plan.reference.bounceWeight;
  return Array.from({ length: edges.length - 1 }, (_, index) => {
    const a = Math.abs(edges[index]);
    const b = Math.abs(edges[index + 1]);
    const across = edges[index] < 0 && edges[index + 1] > 0;
    return {
      index,
      low: across ? 0 : Math.min(a, b),
      high: Math.max(a, b),
      weight: (weights?.[index] ?? 1) * (edges[index + 1] - edges[index]),
    };
  });
}

/**
 * Filling of the loss cone: mean midplane f over |xi0| > xiLC divided by f at the edge, in the slowest mode.
 *
 * Particles are counted wherever they are, by their pitch mapped to the midplane, so that `dN = F |xi0| v tau dxi0`: f is counts over
 * `bounceWeight` (tau the time of one passage, throat to throat in the cone). f at the edge: the weighted straight line through the bins
 * wholly on the trapped side within the last tenth of it (at least three bins on each side of xi0 = 0), taken at xiLC. The cone: all its counts; in the bin that
 * xiLC divides, those of the tally `edges` that lie in the cone. Both sides of xi0 are taken together. Counts are summed over the
 * snapshots of `slowModeWindow`; jackknife error.
 */
export function filling(sample: Sample, scenario: AnalysisScenario, window: SlowMode): Estimate {
  const label = 'filling of the loss cone';
  const unit = '1';
  const { plan, times } = sample;
  const { xiLossCone, bounceWeight } = plan.reference;
  if (isClosed(scenario)) return unavailable(label, unit, 'no open boundary: no loss cone');
  if (scenario.boundary.kind === 'cone' && scenario.boundary.sides === 'both') {
    return { value: 0, standardError: 0, unit, label, reference: 0, note: 'exact: the boundary is the cone itself' };
  }
  if (!(xiLossCone > 0 && xiLossCone < 1)) return unavailable(label, unit, 'the field has no loss cone');
  if (!Number.isFinite(window.from)) return unavailable(label, unit, window.note ?? 'no window');

  const first = times.findIndex((t) => t >= window.from * (1 - 1e-9));
  const bins = pitchBins(plan);
  const cone = bins.filter((bin) => bin.low >= xiLossCone);
  const divided = bins.filter((bin) => bin.low < xiLossCone && bin.high > xiLossCone);
  const trapped = bins.filter((bin) => bin.high <= xiLossCone).sort((a, b) => b.high - a.high);
  const near = trapped.filter((bin, rank) => bin.low >= (1 - EDGE_PART) * xiLossCone || rank < 2 * EDGE_BINS);
  if (near.length < 2 * EDGE_BINS) {
    return unavailable(
      label,
      unit,
      `needs ${EDGE_BINS} xi bins on each trapped side (has ${near.length / 2}): finer tallies.xi`,
    );
  }
  const centres = near.map((bin) => (bin.low + bin.high) / 2 - xiLossCone);
  const late = (sums: Float64Array) => {
    const width = sums.length / times.length;
    const row = new Float64Array(width);
    for (let j = first; j < times.length; j++) for (let i = 0; i < width; i++) row[i] += sums[j * width + i];
    return row;
  };
  const counted = late(sample.total('midplanePitch'));
  const weights = near.map((bin) => bin.weight ** 2 / Math.max(counted[bin.index], 1));
  const dividedWeight = divided.reduce((sum, bin) => sum + bin.weight, 0);

  const ratio = sample.jackknifeOne(['midplanePitch', 'edges'], ([pitch, edges]) => {
    const row = late(pitch);
    const edge = linearFit(
      centres,
      near.map((bin) => row[bin.index] / bin.weight),
      weights,
    ).intercept;
    let whole = 0;
    let integral = 0;
    for (const bin of cone) {
      whole += row[bin.index];
      integral += (row[bin.index] / bin.weight) * (bin.high - bin.low);
    }
    if (divided.length > 0) {
      const width = divided[0].high - divided[0].low;
      integral += ((late(edges)[0] - whole) / dividedWeight) * width * divided.length;
    }
    return edge > 0 ? integral / (2 * (1 - xiLossCone)) / edge : NaN;
  });
  if (!Number.isFinite(ratio.value))
    return unavailable(label, unit, `f at the edge is not above its noise (${short(sample.particles)} particles)`);
  return {
    ...ratio,
    unit,
    label,
    note: notes(
      window.note,
      !bounceWeight && 'counts taken as f (the plan gives no bounce times)',
      scenario.potential !== null && 'bounce times and cone without the potential',
    ),
  };
}
