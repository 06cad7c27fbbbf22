import { slowestModeShape } from '../physics/lossModes.js';
import { linearFit } from './fits.js';
import { coneLossRate, isClosed } from './references.js';
import type { Sample } from './sample.js';
import type { SlowMode } from './slowMode.js';
import type { AnalysisScenario, Curve } from './types.js';

/** Part of the trapped range, next to the edge, that f at the edge is extrapolated from; at least this many fine bins. */
const EDGE_PART = 0.1;
const EDGE_BINS = 3;

/**
 * The pitch-angle distribution across the edge of the loss cone: midplane f against |xi0| in fine bins about xiLC, summed
 * over the snapshots of `slowModeWindow`, both signs of xi0 together.
 *
 * Particles are counted within a 64th of the length of the midplane, where their number is f times the width of the bin.
 * Where the loss is at throats it is normalised to f at the edge: the straight line through the bins on the trapped side
 * within the last tenth of the trapped range (at least three), taken at xiLC. Where the boundary is the cone itself, f is zero at
 * the edge, and it is normalised to its mean over all pitches inside; exact theory there is the slowest mode. Jackknife errors,
 * bias of the ratio taken off. Empty where there is no loss cone or nothing left in the window.
 */
export function coneEdge(sample: Sample, scenario: AnalysisScenario, window: SlowMode): Curve {
  const { plan, times } = sample;
  const { xiLossCone, mirrorRatio, nu } = plan.reference;
  const edges = plan.axes.edgeXiEdges;
  const isCone = scenario.boundary.kind === 'cone';
  const label = `f across the edge of the cone, over ${isCone ? 'its mean inside' : 'f at the edge'}${
    window.stationary ? '' : ' (end of the run, not yet the slowest mode)'
  }`;
  const curve = (
    x: Float64Array,
    value: Float64Array,
    standardError: Float64Array,
    reference?: Float64Array,
  ): Curve => ({
    x,
    value,
    standardError,
    ...(reference && { reference }),
    xLabel: '|midplane xi|',
    xUnit: '1',
    label,
    unit: '1',
  });
  const none = curve(new Float64Array(0), new Float64Array(0), new Float64Array(0));
  const bins = edges.length - 1;
  if (bins < 1 || isClosed(scenario) || !Number.isFinite(window.from)) return none;
  const x = Float64Array.from({ length: bins }, (_, k) => (edges[k] + edges[k + 1]) / 2);
  const first = times.findIndex((t) => t >= window.from * (1 - 1e-9));
  const late = (sums: Float64Array) => {
    const width = sums.length / times.length;
    const row = new Float64Array(width);
    for (let j = first; j < times.length; j++) for (let k = 0; k < width; k++) row[k] += sums[j * width + k];
    return row;
  };
  const trapped = Array.from({ length: bins / 2 }, (_, k) => bins / 2 - 1 - k);
  const near = trapped.filter((k, rank) => edges[k] >= (1 - EDGE_PART) * xiLossCone || rank < EDGE_BINS);
  const distances = near.map((k) => x[k] - xiLossCone);
  const total = (row: Float64Array) => row.reduce((sum, n) => sum + n, 0);
  const names = isCone ? ['edgePitch', 'localPitch'] : ['edgePitch'];
  const found = sample.jackknife(names, ([edgePitch, pitch]) => {
    const row = late(edgePitch);
    const f = (k: number) => row[k] / (edges[k + 1] - edges[k]);
    const unit = isCone
      ? total(late(pitch)) / insideRange(scenario, xiLossCone)
      : linearFit(
          distances,
          near.map(f),
          near.map(() => 1),
        ).intercept;
    return Float64Array.from({ length: bins }, (_, k) => (unit > 0 ? f(k) / unit : NaN));
  });
  const rate = coneLossRate(scenario, plan);
  const sides = scenario.boundary.sides ?? 'both';
  const reference =
    rate !== undefined && sides === 'both' && window.stationary
      ? slowestModeShape(mirrorRatio, rate / nu, edges)
      : undefined;
  return curve(x, found.unbiased, found.standardError, reference);
}

/** |xi| is counted for both signs: the range of xi, over two, that is inside. */
function insideRange({ boundary }: AnalysisScenario, xiLossCone: number): number {
  return boundary.sides === undefined || boundary.sides === 'both' ? xiLossCone : (1 + xiLossCone) / 2;
}
