import { short, unavailable } from './estimates.js';
import { linearFit } from './fits.js';
import { WIDEST_CHANGE } from './lossRate.js';
import { isClosed } from './references.js';
import type { Sample } from './sample.js';
import type { SlowMode } from './slowMode.js';
import type { AnalysisPlan, AnalysisScenario, Estimate } from './types.js';

/** Part of the trapped range, next to the edge, that f at the edge is extrapolated from; at least this many bins. */
const EDGE_PART = 0.1;
const EDGE_BINS = 3;
/** Part of the filling that the straight line across the edge may be. */
const MOST_BRIDGED = 0.5;

/** A bin of the midplane pitch by |xi0|: where it lies and what turns its counts into f. */
interface PitchBin {
  readonly index: number;
  readonly low: number;
  readonly high: number;
  /** Its width: counts near the midplane are f times this. */
  readonly volume: number;
}

function pitchBins(plan: AnalysisPlan): PitchBin[] {
  const edges = plan.axes.xiEdges;
  return Array.from({ length: edges.length - 1 }, (_, index) => {
    const a = Math.abs(edges[index]);
    const b = Math.abs(edges[index + 1]);
    const across = edges[index] < 0 && edges[index + 1] > 0;
    return {
      index,
      low: across ? 0 : Math.min(a, b),
      high: Math.max(a, b),
      volume: edges[index + 1] - edges[index],
    };
  });
}

/**
 * Filling of the loss cone: mean midplane f over |xi0| > xiLC divided by f at the edge, in the slowest mode.
 *
 * Particles are counted near the midplane alone, within a 64th of the length, where their number is f times the width of
 * the bin; elsewhere strong scattering makes f differ along the line. Both signs of xi0 are taken together. f at the
 * edge: the straight line through the bins wholly on the trapped side within the last tenth of it (at least three bins on
 * each side of xi0 = 0), taken at xiLC. The cone: the bins wholly in it, and from xiLC to the first of them the straight
 * line from f at the edge to f in the middle of that bin. Counts are summed over the snapshots of `slowModeWindow`. The
 * jackknife gives the error and takes off the bias of a ratio of few counts. Where the survivors still change, the
 * difference from the stretch before the window is added to the error in square.
 */
export function filling(sample: Sample, scenario: AnalysisScenario, window: SlowMode): Estimate {
  const label = 'filling of the loss cone';
  const unit = '1';
  const { plan, times } = sample;
  const { xiLossCone } = plan.reference;
  if (isClosed(scenario)) return unavailable(label, unit, 'no open boundary: no loss cone');
  if (scenario.boundary.kind === 'cone' && scenario.boundary.sides === 'both') {
    return { value: 0, standardError: 0, unit, label, reference: 0, note: 'exact: the boundary is the cone itself' };
  }
  if (!(xiLossCone > 0 && xiLossCone < 1)) return unavailable(label, unit, 'the field has no loss cone');
  if (!Number.isFinite(window.from)) return unavailable(label, unit, window.note ?? 'no window');

  const first = times.findIndex((t) => t >= window.from * (1 - 1e-9));
  const bins = pitchBins(plan);
  const cone = bins.filter((bin) => bin.low >= xiLossCone);
  const trapped = bins.filter((bin) => bin.high <= xiLossCone).sort((a, b) => b.high - a.high);
  const near = trapped.filter((bin, rank) => bin.low >= (1 - EDGE_PART) * xiLossCone || rank < 2 * EDGE_BINS);
  if (near.length < 2 * EDGE_BINS) {
    return unavailable(
      label,
      unit,
      `needs ${EDGE_BINS} xi bins on each trapped side (has ${near.length / 2}): finer tallies.xi`,
    );
  }
  if (cone.length === 0) {
    return unavailable(label, unit, `needs a xi bin within the cone, |xi| > ${short(xiLossCone)}: finer tallies.xi`);
  }
  const centres = near.map((bin) => (bin.low + bin.high) / 2 - xiLossCone);
  const late = (sums: Float64Array, from = first, to = times.length) => {
    const width = sums.length / times.length;
    const row = new Float64Array(width);
    for (let j = from; j < to; j++) for (let i = 0; i < width; i++) row[i] += sums[j * width + i];
    return row;
  };
  // by size, as for an f that is about the same in all: weights from the counts themselves would favour those low by chance
  const weights = near.map((bin) => bin.volume);
  const innermost = Math.min(...cone.map((bin) => bin.low));
  const borders = cone.filter((bin) => bin.low === innermost);
  const gap = innermost - xiLossCone;
  const half = (borders[0].high - borders[0].low) / 2;

  const fillingOf = (row: Float64Array) => {
    const f = (bin: PitchBin) => row[bin.index] / bin.volume;
    const edge = linearFit(centres, near.map(f), weights).intercept;
    let integral = 0;
    for (const bin of cone) integral += (f(bin) * (bin.high - bin.low)) / 2;
    const border = borders.reduce((sum, bin) => sum + f(bin), 0) / borders.length;
    // mean of the straight line over the gap: its value in the middle of it
    const bridged = gap * (edge + (border - edge) * (gap / 2 / (gap + half)));
    return edge > 0 ? [(integral + bridged) / (1 - xiLossCone) / edge, bridged / (integral + bridged)] : [NaN, NaN];
  };
  const counted = late(sample.total('middlePitch'));
  if (!cone.some(({ index }) => counted[index] > 0)) {
    return unavailable(label, unit, 'nobody was seen in the bins within the cone (needs more particles, or snapshots)');
  }
  const all = sample.jackknife(['middlePitch'], ([pitch]) => Float64Array.from(fillingOf(late(pitch))));
  const ratio = { value: all.unbiased[0], standardError: all.standardError[0] };
  if (!Number.isFinite(ratio.value))
    return unavailable(label, unit, `f at the edge is not above its noise (${short(sample.particles)} particles)`);
  // what lies between the edge and the first bin in the cone is a guess: it must not be most of the answer
  if (all.value[1] > MOST_BRIDGED) {
    return unavailable(
      label,
      unit,
      `below ${short(ratio.value)}: the cone is nearly empty, and most of that is the bin across its edge (finer tallies.xi)`,
    );
  }
  const pitch = sample.total('middlePitch');
  const before = times.findIndex((t) => t >= window.before * (1 - 1e-9));
  const change = window.stationary ? 0 : ratio.value - fillingOf(late(pitch, before, first))[0];
  if (!window.stationary && !(Math.abs(change) < WIDEST_CHANGE * ratio.value)) {
    return unavailable(label, unit, window.note ?? 'the survivors are far from the slowest mode');
  }
  return {
    value: ratio.value,
    standardError: Math.hypot(ratio.standardError, change),
    degreesOfFreedom: all.degreesOfFreedom,
    unit,
    label,
    note: window.note,
  };
}
