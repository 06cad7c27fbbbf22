import { EdgeBins } from './edgeBins.js';
import { coneOracle } from './exact.js';
import type { PitchOracle } from './oracle/index.js';
import { isClosed } from './references.js';
import type { Sample } from './sample.js';
import type { SlowMode } from './slowMode.js';
import type { AnalysisScenario, Curve } from './types.js';

/**
 * The pitch-angle distribution across the edge of the loss cone: midplane f against |xi0| in fine bins about xiLC, summed
 * over the snapshots of `slowModeWindow`, both signs of xi0 together.
 *
 * Particles are counted near the midplane (`plan/coneEdge.ts`), where their number is f times the volume of the bin. Where the loss is at throats it is normalised to f at the edge: the straight line through the bins on the trapped side
 * within the last tenth of the trapped range (at least three), taken at xiLC. Where the boundary is the cone itself, f is zero at
 * the edge, and it is normalised to its mean over all pitches inside; exact theory there is the slowest mode. Jackknife errors,
 * a little enlarged where the counts are few, bias of the ratio taken off. Empty where there is no loss cone or nothing left in the window.
 */
export function coneEdge(sample: Sample, scenario: AnalysisScenario, window: SlowMode): Curve {
  const { plan, times } = sample;
  const { xiLossCone } = plan.reference;
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
  const fine = new EdgeBins(plan);
  const bins = fine.length;
  if (bins < 1 || isClosed(scenario) || !Number.isFinite(window.from)) return none;
  const { x, volume } = fine;
  const first = times.findIndex((t) => t >= window.from * (1 - 1e-9));
  const late = (sums: Float64Array) => {
    const width = sums.length / times.length;
    const row = new Float64Array(width);
    for (let j = first; j < times.length; j++) for (let k = 0; k < width; k++) row[k] += sums[j * width + k];
    return row;
  };
  const total = (row: Float64Array) => row.reduce((sum, n) => sum + n, 0);
  const names = isCone ? ['edgePitch', 'localPitch'] : ['edgePitch'];
  const unitOf = (row: Float64Array, pitch: Float64Array) => {
    if (isCone) return ((total(late(pitch)) / insideRange(scenario, xiLossCone)) * (edges[1] - edges[0])) / volume[0];
    const at = fine.atEdge(row);
    return at > 0 ? at : NaN;
  };
  const found = sample.jackknife(names, ([edgePitch, pitch]) => {
    const row = late(edgePitch);
    const unit = unitOf(row, pitch);
    return row.map((n, k) => n / volume[k] / unit);
  });
  // nobody in a bin does not mean that f is known there; but nobody is inside a cone that is the boundary
  const all = late(sample.total('edgePitch'));
  const unit = unitOf(all, isCone ? sample.total('localPitch') : all);
  const standardError = found.standardError.map((error, k) => {
    const empty = isCone && k >= fine.cone ? 0 : 0.5 / volume[k] / unit;
    if (all[k] === 0) return empty;
    // a count of few that is low by chance has too small an error: sqrt(n + 1) in place of sqrt(n), n by what the groups show
    return error * Math.sqrt(1 + Math.min(0.25, (error / found.unbiased[k]) ** 2));
  });
  const oracle = window.stationary ? coneOracle(scenario, plan) : undefined;
  return curve(x, found.unbiased, standardError, oracle && slowestShape(oracle, edges));
}

/** The slowest mode in bins of |xi|, over its mean inside: Simpson's rule, enough for what is smooth between the rims. */
function slowestShape(oracle: PitchOracle, edges: ArrayLike<number>): Float64Array {
  const mean = (from: number, to: number, cells: number) => {
    let sum = 0;
    const h = (to - from) / cells;
    const u = (x: number) => oracle.eigenfunction(0, Math.min(1, Math.max(-1, x)));
    for (let i = 0; i < cells; i++) {
      const x = from + i * h;
      sum += (u(x) + 4 * u(x + h / 2) + u(x + h)) / 6;
    }
    return sum / cells;
  };
  const whole = mean(oracle.from, oracle.to, 200);
  return Float64Array.from({ length: edges.length - 1 }, (_, k) => {
    // the rim is an edge of the bins
    const middle = (edges[k] + edges[k + 1]) / 2;
    const right = middle < oracle.to ? mean(edges[k], edges[k + 1], 2) : 0;
    const left = -middle > oracle.from ? mean(-edges[k + 1], -edges[k], 2) : 0;
    return (right + left) / 2 / whole;
  });
}

/** |xi| is counted for both signs: the range of xi, over two, that is inside. */
function insideRange({ boundary }: AnalysisScenario, xiLossCone: number): number {
  return boundary.sides === undefined || boundary.sides === 'both' ? xiLossCone : (1 + xiLossCone) / 2;
}
