import { EdgeBins } from './edgeBins.js';
import { short, unavailable } from './estimates.js';
import { WIDEST_CHANGE } from './lossRate.js';
import { isClosed } from './references.js';
import type { Sample } from './sample.js';
import type { SlowMode } from './slowMode.js';
import type { AnalysisScenario, Estimate } from './types.js';

/**
 * Filling of the loss cone: mean midplane f over |xi0| > xiLC divided by f at the edge, in the slowest mode.
 *
 * Particles are counted near the midplane alone (`plan/coneEdge.ts`), where their number is f times the volume of the bin;
 * elsewhere strong scattering makes f differ along the line. Both signs of xi0 are taken together. The bins are the fine ones
 * that `coneEdge` draws, of which xiLC is an edge and 1 the last: f at the edge is the straight line through those on the
 * trapped side within the last tenth of it (at least three), taken at xiLC. Counts are summed over the snapshots of
 * `slowModeWindow`. The jackknife gives the error and takes off the bias of a ratio of few counts. Where the survivors still
 * change, the difference from the stretch before the window is added to the error in square.
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
  const bins = new EdgeBins(plan);
  if (!bins.enough) return unavailable(label, unit, `the trapped range is too narrow, |xi| < ${short(xiLossCone)}`);
  const late = (sums: Float64Array, from = first, to = times.length) => {
    const width = sums.length / times.length;
    const row = new Float64Array(width);
    for (let j = from; j < to; j++) for (let i = 0; i < width; i++) row[i] += sums[j * width + i];
    return row;
  };
  const fillingOf = (row: Float64Array) => {
    const edge = bins.atEdge(row);
    return edge > 0 ? bins.inCone(row) / edge : NaN;
  };
  const counts = sample.total('edgePitch');
  if (!(bins.inCone(late(counts)) > 0)) {
    return unavailable(label, unit, 'nobody was seen in the cone near the midplane (more particles, or snapshots)');
  }
  const all = sample.jackknife(['edgePitch'], ([pitch]) => Float64Array.of(fillingOf(late(pitch))));
  const ratio = { value: all.unbiased[0], standardError: all.standardError[0] };
  if (!Number.isFinite(ratio.value))
    return unavailable(label, unit, `f at the edge is not above its noise (${short(sample.particles)} particles)`);
  const before = times.findIndex((t) => t >= window.before * (1 - 1e-9));
  const change = window.stationary ? 0 : ratio.value - fillingOf(late(counts, before, first));
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
