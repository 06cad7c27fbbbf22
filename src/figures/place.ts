/** f(s, xi): where particles are, and with which pitch, at several times. */
import type { ResultData } from '../results/data.js';
import { scaleFor } from '../results/format.js';
import { empty, type Figure, runLine } from './figure.js';
import { heatMaps, insideAt, overlay, tellingTimes } from './heat.js';

export const placeDistribution: Figure = {
  name: 'distribution-place',
  title: 'Particles along the field line, f(s, ξ)',
  describe(result) {
    const { place } = result.distributions;
    const times = tellingTimes(insideAt(place), 6);
    if (times.length === 0) return empty(this, result, 'No particle was tallied.');
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
      colourBar: { ...maps.colourBar, label: 'f (1/m) per unit ξ' },
      xLabel: `place along the line, s (${label})`,
      yLabel: 'cosine of local pitch angle, ξ',
      footnote: `${rim ? 'Red: edge of the loss cone, ξ² = 1 − B(s)/Bmax. ' : ''}White: no particle.`,
    };
  },
};

/** The local edge of the loss cone, where the field is known in closed form: a parabolic mirror without potential. */
function separatrix(result: ResultData, edges: Float64Array): { s: number[]; xi: number[] } | undefined {
  const { scenario, plan } = result;
  const { mirrorRatio, length } = plan.reference;
  if (scenario.field.kind !== 'parabolic' || scenario.potential !== null || !(mirrorRatio > 1)) return undefined;
  const middle = (edges[0] + edges[edges.length - 1]) / 2;
  const s = Array.from({ length: 101 }, (_, i) => middle + length * (i / 100 - 0.5));
  const xi = s.map((place) =>
    Math.sqrt(Math.max(0, 1 - (1 + (mirrorRatio - 1) * ((2 * (place - middle)) / length) ** 2) / mirrorRatio)),
  );
  return { s, xi };
}
