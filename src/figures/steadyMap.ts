/** The steady state of a source as a map: f(v, xi0) of many speeds, f(s, xi) of one. */
import type { Distribution, SteadyDistribution } from '../analysis/types.js';
import { scaleFor } from '../results/format.js';
import { empty, type Figure, runLine } from './figure.js';
import { heatMaps, overlay } from './heat.js';

export const steadyMap: Figure = {
  name: 'steady-map',
  title: 'Steady state',
  applies: (result) => result.estimates.steadyState !== undefined,
  describe(result) {
    const { steadyState, steadyHeld } = result.estimates;
    if (!steadyState) return empty(this, result, 'The scenario has no source: there is no steady state.');
    const many = steadyState.midplane.shape[0] > 1;
    const title = many ? 'Steady state: f(v, ξ₀) at the midplane' : 'Steady state: f(s, ξ) along the line';
    if (!steadyHeld || Number.isNaN(steadyHeld.value))
      return empty({ title }, result, `The steady state is not known: ${steadyHeld?.note ?? ''}.`);
    const map = many ? steadyState.midplane : steadyState.place;
    const { edges } = map.axes[0];
    const scale = scaleFor(Math.max(Math.abs(edges[0]), edges[edges.length - 1]), many ? 'm/s' : 'm');
    const ends = [edges[0] / scale.factor, edges[edges.length - 1] / scale.factor];
    const { xiLossCone } = result.plan.reference;
    const cone = many && xiLossCone > 0 && xiLossCone < 1 && result.scenario.potential === null;
    const marks = cone ? [xiLossCone, -xiLossCone].flatMap((xi) => overlay(ends, [xi, xi])) : [];
    const { panels, colourBar, joined } = heatMaps(atOneTime(map), [0], scale.factor, marks);
    return {
      kind: 'plot',
      title,
      subtitle: runLine(result),
      columns: 1,
      panels: panels.map(({ options, cells }) => ({ options, ...(cells && { cells }) })),
      colourBar: { ...colourBar, label: many ? 'f (s³/m³)' : 'particles per m and unit ξ' },
      xLabel: many ? `speed v (${scale.label})` : `place s (${scale.label})`,
      yLabel: many ? 'cosine of midplane pitch angle, ξ₀' : 'cosine of local pitch angle, ξ',
      footnote: `${cone ? 'Line: edge of the loss cone. ' : ''}White: no particle.${joined}`,
    };
  },
};

/** A map as a distribution at one time; the counts are those of as many independent particles as its errors speak of. */
function atOneTime({ f, standardError, axes, shape, label, unit }: SteadyDistribution): Distribution {
  const counts = f.map((value, i) => (standardError[i] > 0 ? (value / standardError[i]) ** 2 : 0));
  const time = { name: 'time', unit: 's', edges: Float64Array.of(0) };
  return { f, standardError, counts, axes: [time, ...axes], shape: [1, ...shape], label, unit };
}
