/** Distributions as the page paints them. */
import { buildField, type PartialResult, type Scenario } from '../../index.js';
import type { HeatData, MapName } from '../messages.js';

/** The maps that say something of a run, the most telling first. */
export function mapsOf({ motion }: Scenario): MapName[] {
  return motion.kind === 'homogeneous' ? ['local'] : ['place', 'midplane', 'local'];
}

/** A distribution of a run, with the edge of the loss cone where there is one. */
export function heatOf(result: PartialResult, name: MapName): HeatData {
  const { f, standardError, axes, shape, label, unit } = result.distributions[name];
  const [time, second, xi] = axes;
  const cone = coneOf(result, name, second.edges);
  return {
    name,
    label,
    unit,
    f: Float32Array.from(f),
    standardError: Float32Array.from(standardError),
    shape,
    times: time.edges,
    edges: second.edges,
    axis: { name: second.name, unit: second.unit },
    xiEdges: xi.edges,
    ...(cone && { cone }),
  };
}

/** The edge is steep at the throats. */
const conePoints = 1001;

/** |xi| above which a particle at s leaves in half a bounce: `xi^2 = 1 - B(s)/Bmax`. */
function coneOf({ scenario, plan }: PartialResult, name: MapName, edges: Float64Array): Float64Array | undefined {
  const { xiLossCone, Bmax } = plan.reference;
  const loses = scenario.boundary.kind === 'throat' || scenario.boundary.kind === 'cone';
  // A potential moves the cone by energy: there is no one edge then.
  if (!loses || scenario.potential !== null || !(xiLossCone > 0 && xiLossCone < 1)) return undefined;
  if (name === 'midplane') return Float64Array.of(xiLossCone);
  if (name === 'local') return scenario.motion.kind === 'homogeneous' ? Float64Array.of(xiLossCone) : undefined;
  if (scenario.field.kind === 'uniform') return undefined;
  const field = buildField(scenario.field);
  const [from, to] = [edges[0], edges[edges.length - 1]];
  return Float64Array.from({ length: conePoints }, (_, i) => {
    const s = from + ((to - from) * i) / (conePoints - 1);
    return Math.sqrt(Math.max(0, 1 - field.strength(s) / Bmax));
  });
}
