import type { AnalysisPlan, AnalysisScenario, Distribution, Distributions, TallyReader } from './types.js';

type Axis = Distribution['axes'][number];

/**
 * The binned distributions of a run: f(v, xi, t) by local and by midplane pitch, and the line density in (s, xi).
 *
 * `f = d^3N/dv^3` per unit volume: counts over `n (2 pi/3)(v_2^3 - v_1^3) dxi`, n the particles started, so that the
 * initial ensemble has a mean density of 1 m^-3. Where all speeds are equal it is given per unit xi instead, and so
 * labelled. Local: particles anywhere along the line. Midplane: counts over the bounce weight |xi0| v tau of their bin
 * too (relative to the one of an isotropic f), which makes them f at the midplane; without it in the plan they stay
 * counts and the label says so. Place: particles per metre of line and per unit xi, over n.
 *
 * The error is multinomial, `sqrt(k (1 - k/n))` for a count k; for an empty bin that of half a count. With stratified starts
 * it is an upper bound: these counts have no groups to tell how much less they spread.
 */
export function distribution(_scenario: AnalysisScenario, plan: AnalysisPlan, tallies: TallyReader): Distributions {
  const { times, speedEdges, xiEdges, sEdges } = plan.axes;
  const started = tallies.total('trapped')[0];
  const axis = (name: string, unit: string, edges: ArrayLike<number>): Axis => ({
    name,
    unit,
    edges: Float64Array.from(edges),
  });
  const time = axis('time', 's', times);
  const xi = axis('xi', '1', xiEdges);
  const { cell, oneSpeed: mono } = cellVolumes(plan);
  const speed = axis('speed', 'm/s', speedEdges);
  const what = mono ? 'f per unit xi (one speed)' : 'f = d^3N/dv^3 at a mean initial density of 1 m^-3';
  const unit = mono ? '1' : 's^3/m^6';
  const weights = relativeWeights(plan);
  return {
    local: density(tallies.total('local'), [time, speed, xi], started, cell, `${what}, local pitch`, unit),
    midplane: density(
      tallies.total('midplane'),
      [time, speed, axis('xi0', '1', xiEdges)],
      started,
      (v, i) => cell(v, i) * weights[i],
      `${what}, midplane pitch${plan.reference.bounceWeight ? '' : ' (counted along the line)'}`,
      unit,
    ),
    place: density(
      tallies.total('place'),
      [time, axis('s', 'm', sEdges), xi],
      started,
      (k, i) => (sEdges[k + 1] - sEdges[k]) * (xiEdges[i + 1] - xiEdges[i]),
      'particles per metre of line and unit xi, per particle started',
      '1/m',
    ),
  };
}

/** Volume in velocity space of a bin of speed and pitch; of its pitch alone where all have one speed. */
export function cellVolumes(plan: AnalysisPlan): { cell: (v: number, i: number) => number; oneSpeed: boolean } {
  const { speedEdges, xiEdges } = plan.axes;
  const { oneSpeed } = plan.reference;
  const cell = (v: number, i: number) => {
    const dxi = xiEdges[i + 1] - xiEdges[i];
    return oneSpeed ? dxi : ((2 * Math.PI) / 3) * (speedEdges[v + 1] ** 3 - speedEdges[v] ** 3) * dxi;
  };
  return { cell, oneSpeed };
}

/** Phase-space volume of each bin of midplane pitch per unit xi0, over its mean: an isotropic f is then uniform. */
export function relativeWeights(plan: AnalysisPlan): Float64Array {
  const { xiEdges } = plan.axes;
  const bins = xiEdges.length - 1;
  const volumes = plan.reference.bounceWeight;
  if (volumes === null) return new Float64Array(bins).fill(1);
  let sum = 0;
  for (let i = 0; i < bins; i++) sum += volumes[i];
  const mean = sum / (xiEdges[bins] - xiEdges[0]);
  return Float64Array.from({ length: bins }, (_, i) => volumes[i] / (xiEdges[i + 1] - xiEdges[i]) / mean);
}

function density(
  counts: Float64Array,
  axes: readonly [Axis, Axis, Axis],
  started: number,
  cell: (middle: number, inner: number) => number,
  label: string,
  unit: string,
): Distribution {
  const shape = [axes[0].edges.length, axes[1].edges.length - 1, axes[2].edges.length - 1];
  const [, middle, inner] = shape;
  const cells = Float64Array.from(
    { length: middle * inner },
    (_, i) => cell(Math.floor(i / inner), i % inner) * started,
  );
  const f = new Float64Array(counts.length);
  const standardError = new Float64Array(counts.length);
  for (let i = 0; i < counts.length; i++) {
    const volume = cells[i % cells.length];
    const k = Math.max(counts[i], 0.5);
    f[i] = counts[i] / volume;
    standardError[i] = Math.sqrt(k * Math.max(1 - k / started, 0.5 / started)) / volume;
  }
  return { f, standardError, counts, axes, shape, label, unit };
}
