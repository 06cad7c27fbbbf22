/** f(v, xi, t) by midplane and by local pitch: heat maps, or curves where there is one speed. */
import type { Distribution } from '../analysis/types.js';
import type { ResultData } from '../results/data.js';
import { scaleFor } from '../results/format.js';
import { type Drawing, empty, type Figure, runLine, sentences } from './figure.js';
import { countedAlong, heatMaps, insideAt, overlay, tellingTimes } from './heat.js';
import { pitchCurves } from './pitch.js';

function draw(
  figure: Pick<Figure, 'title'>,
  result: ResultData,
  distribution: Distribution,
  xiName: string,
  midplane: boolean,
): Drawing {
  // With a potential the edge depends on the energy.
  const cone = midplane && result.scenario.potential === null;
  if (distribution.shape[1] === 1) return pitchCurves(figure, result, distribution, xiName, cone);
  const times = tellingTimes(insideAt(distribution), distribution.axes[0].edges, 6);
  if (times.length === 0) return empty(figure, result, 'No particle was tallied.');
  const { edges } = distribution.axes[1];
  const { factor, label } = scaleFor(edges[edges.length - 1], 'm/s');
  const { xiLossCone } = result.plan.reference;
  const from = edges[0] / factor;
  const to = edges[edges.length - 1] / factor;
  const drawn = cone && xiLossCone > 0 && xiLossCone < 1;
  const marks = drawn ? [xiLossCone, -xiLossCone].flatMap((xi) => overlay([from, to], [xi, xi])) : [];
  const maps = heatMaps(distribution, times, factor, marks);
  const density = distribution.unit === 's^3/m^6';
  return {
    kind: 'plot',
    title: figure.title,
    subtitle: runLine(result),
    columns: Math.min(3, times.length),
    panels: maps.panels,
    colourBar: { ...maps.colourBar, label: density ? 'f (s³/m⁶)' : 'f' },
    xLabel: `speed v (${label})`,
    yLabel: xiName,
    footnote: sentences(
      drawn ? 'Line: edge of the loss cone.' : '',
      `White: no particle${density ? '; mean initial density 1 m⁻³' : ''}.${maps.joined}`,
      countedAlong(result, distribution),
    ),
  };
}

export const midplaneDistribution: Figure = {
  name: 'distribution-midplane',
  title: 'Distribution at the midplane, f(v, ξ₀)',
  describe: (result) => {
    const { midplane } = result.distributions;
    const title = midplane.shape[1] === 1 ? 'Pitch distribution at the midplane, f(ξ₀)' : midplaneDistribution.title;
    return draw({ title }, result, midplane, 'cosine of midplane pitch angle, ξ₀', true);
  },
};

export const localDistribution: Figure = {
  name: 'distribution-local',
  title: 'Distribution along the line, f(v, ξ)',
  describe: (result) => {
    const { local } = result.distributions;
    const title = local.shape[1] === 1 ? 'Pitch distribution along the line, f(ξ)' : localDistribution.title;
    return draw({ title }, result, local, 'cosine of local pitch angle, ξ', false);
  },
};
