/**
 * The part of the file that follows the openPMD standard 1.1.0 (doi:10.5281/zenodo.1167843): one iteration for each snapshot
 * time, with the distributions as meshes, so that openPMD viewers show them without knowing this program.
 */
import type { Distribution } from '../analysis/types.js';
import type { AnyResult } from './data.js';
import { unitDimension } from './dimension.js';
import { attribute, dataset, type Group, integerAttribute } from './hdf5.js';
import { particleTable, writeParticleStart } from './particles.js';

/** Symbols of the axes, as openPMD's `axisLabels`. */
const axisLabels: Record<string, string> = { speed: 'v', xi: 'xi', xi0: 'xi0', s: 's' };

/** Names of the meshes; each holds `f` on two axes at one time. */
const meshNames = { local: 'f_local', midplane: 'f_midplane', place: 'f_place' } as const;

/**
 * Writes the attributes of the file's root.
 *
 * @param root of the file
 * @param version of this program
 * @param date when the run started, ISO 8601
 * @param particles whether an iteration holds single particles
 */
export function writeRoot(root: Group, version: string, date: string, particles = false): void {
  attribute(root, 'openPMD', '1.1.0');
  integerAttribute(root, 'openPMDextension', 0);
  attribute(root, 'basePath', '/data/%T/');
  attribute(root, 'meshesPath', 'meshes/');
  if (particles) attribute(root, 'particlesPath', 'particles/');
  attribute(root, 'iterationEncoding', 'groupBased');
  attribute(root, 'iterationFormat', '/data/%T/');
  attribute(root, 'software', 'losscone');
  attribute(root, 'softwareVersion', version);
  attribute(root, 'date', openPmdDate(date));
}

/** `YYYY-MM-DD HH:mm:ss +0000` from ISO 8601; the epoch where the text is no date. */
function openPmdDate(iso: string): string {
  const time = Date.parse(iso);
  return `${new Date(Number.isNaN(time) ? 0 : time).toISOString().slice(0, 19).replace('T', ' ')} +0000`;
}

/**
 * Writes one iteration for each snapshot time.
 *
 * @param root of the file
 * @param result its distributions `[time, speed or s, xi]` and its table of particles, where it has them
 */
export function writeIterations(root: Group, result: AnyResult): void {
  const { distributions } = result;
  const { times } = result.plan.axes;
  const particles = particleTable(result);
  const data = root.create_group('data');
  for (let t = 0; t < times.length; t++) {
    const iteration = data.create_group(String(t));
    attribute(iteration, 'time', times[t]);
    attribute(iteration, 'dt', t > 0 ? times[t] - times[t - 1] : times.length > 1 ? times[1] - times[0] : 0);
    attribute(iteration, 'timeUnitSI', 1);
    if (t === 0 && particles) writeParticleStart(iteration, result, particles);
    if (!distributions) continue;
    const meshes = iteration.create_group('meshes');
    for (const [key, name] of Object.entries(meshNames))
      writeMesh(meshes, name, distributions[key as keyof typeof meshNames], t);
  }
}

function writeMesh(meshes: Group, name: string, distribution: Distribution, t: number): void {
  const shape = distribution.shape.slice(1);
  const size = shape.reduce((product, n) => product * n, 1);
  const axes = distribution.axes.slice(1);
  const mesh = dataset(meshes, name, distribution.f.slice(t * size, (t + 1) * size), shape, true);
  attribute(mesh, 'geometry', 'cartesian');
  attribute(mesh, 'geometryParameters', 'phase space; cells lie between the edges in /losscone/axes');
  attribute(mesh, 'dataOrder', 'C');
  attribute(
    mesh,
    'axisLabels',
    axes.map((axis) => axisLabels[axis.name] ?? axis.name),
  );
  // The mean width where cells are unequal: openPMD 1.1 knows uniform grids only, the edges tell the whole.
  attribute(
    mesh,
    'gridSpacing',
    axes.map(({ edges }) => (edges[edges.length - 1] - edges[0]) / (edges.length - 1)),
  );
  attribute(
    mesh,
    'gridGlobalOffset',
    axes.map(({ edges }) => edges[0]),
  );
  attribute(mesh, 'gridUnitSI', 1);
  attribute(
    mesh,
    'position',
    axes.map(() => 0.5),
  );
  attribute(mesh, 'unitSI', 1);
  attribute(mesh, 'unitDimension', unitDimension(distribution.unit));
  attribute(mesh, 'timeOffset', 0);
  attribute(mesh, 'label', distribution.label);
  attribute(mesh, 'unit', distribution.unit);
  attribute(
    mesh,
    'axisUnits',
    axes.map((axis) => axis.unit),
  );
}
