/** f(s, xi): where particles are, and with which pitch, at several times. */
import { buildField, type FieldSpec } from '../fields/index.js';
import type { ResultData } from '../results/data.js';
import { scaleFor } from '../results/format.js';
import { empty, type Figure, runLine } from './figure.js';
import { heatMaps, insideAt, overlay, tellingTimes } from './heat.js';

export const placeDistribution: Figure = {
  name: 'distribution-place',
  title: 'Particles along the field line, f(s, ξ)',
  describe(result) {
    const { place } = result.distributions;
    const times = tellingTimes(insideAt(place), place.axes[0].edges, 6);
    if (times.length === 0) return empty(this, result, 'No particle was tallied.');
    if (!moves(place))
      return empty(this, result, 'Every particle stays at one place: there is no motion along the line.');
    const { edges } = place.axes[1];
    const { factor, label } = scaleFor(Math.max(Math.abs(edges[0]), Math.abs(edges[edges.length - 1])), 'm');
    const rim = separatrix(result, edges);
    const marks = rim
      ? [1, -1].flatMap((sign) =>
          overlay(
            rim.s.map((s) => s / factor),
            rim.xi.map((xi) => sign * xi),
          ),
        )
      : [];
    const maps = heatMaps(place, times, factor, marks);
    return {
      kind: 'plot',
      title: this.title,
      subtitle: runLine(result),
      columns: Math.min(3, times.length),
      panels: maps.panels,
      colourBar: { ...maps.colourBar, label: 'f per unit ξ and particle started (1/m)' },
      xLabel: `place along the line, s (${label})`,
      yLabel: 'cosine of local pitch angle, ξ',
      footnote: `${rim ? 'Line: edge of the loss cone, 1 − ξ² = (1 − ξ₀²) B(s)/Bmin. ' : ''}White: no particle.${maps.joined}`,
    };
  },
};

/** The local edge of the loss cone by the invariants: `1 - xi^2 = (1 - xiLC^2) B(s)/Bmin`. With a potential it depends on the energy. */
function separatrix(result: ResultData, edges: Float64Array): { s: number[]; xi: number[] } | undefined {
  const { scenario, plan } = result;
  const { xiLossCone } = plan.reference;
  if (scenario.potential !== null || scenario.parallelField !== null || !(xiLossCone > 0 && xiLossCone < 1))
    return undefined;
  const field = buildField(scenario.field as FieldSpec);
  const [first, last] = [edges[0], edges[edges.length - 1]];
  const s = Array.from({ length: 201 }, (_, i) => first + ((last - first) * i) / 200);
  const xi = s.map((place) => Math.sqrt(Math.max(0, 1 - ((1 - xiLossCone ** 2) * field.strength(place)) / field.Bmin)));
  return { s, xi };
}

/** Whether any two particles are, or one is at two times, at different places. */
function moves({ counts, shape }: ResultData['distributions']['place']): boolean {
  const [, rows, columns] = shape;
  let seen = -1;
  return counts.some((n, i) => {
    if (!(n > 0)) return false;
    const row = Math.floor(i / columns) % rows;
    if (seen >= 0 && row !== seen) return true;
    seen = row;
    return false;
  });
}
