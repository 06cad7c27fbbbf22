/** The paths of chosen particles in a results file: `/losscone/trajectories/<particle>/<column>`. */
import type { Bounces } from '../analysis/fullOrbits/bounces.js';
import type { OrbitFate } from '../analysis/fullOrbits/estimate.js';
import type { MuJump } from '../analysis/fullOrbits/jumps.js';
import {
  analysed,
  type StoredTrajectory,
  type Trajectory,
  trajectoryColumns,
} from '../analysis/fullOrbits/trajectories.js';
import {
  attribute,
  childDataset,
  childGroup,
  dataset,
  type Group,
  integerAttribute,
  readAttribute,
  readNumbers,
} from './hdf5.js';

const name = 'trajectories';

/** Writes the group, where there are paths. */
export function writeTrajectories(store: Group, trajectories: readonly Trajectory[]): void {
  if (trajectories.length === 0) return;
  const group = store.create_group(name);
  // the order of the paths: a group lists its members by name
  attribute(
    group,
    'particles',
    trajectories.map(({ particle }) => particle),
  );
  for (const path of trajectories) {
    const entry = group.create_group(String(path.particle));
    attribute(entry, 'fate', path.fate);
    for (const { name: column, unit, label } of trajectoryColumns) {
      const values = dataset(entry, column, path[column], [path.time.length]);
      attribute(values, 'unit', unit);
      attribute(values, 'label', label);
    }
    writeJumps(entry, path.jumps);
    if (path.bounces) writeBounces(entry, path.bounces);
  }
}

const jumpColumns = [
  ['time', 's', 'when epsilon was largest', ({ time }) => time],
  ['centreX', 'm', 'x of the guiding centre then', ({ centre }) => centre[0]],
  ['centreY', 'm', 'y of the guiding centre then', ({ centre }) => centre[1]],
  ['centreZ', 'm', 'z of the guiding centre then', ({ centre }) => centre[2]],
  ['before', 'J/T', 'mu before', ({ before }) => before],
  ['after', 'J/T', 'mu after', ({ after }) => after],
  ['change', '1', '(after - before)/before', ({ change }) => change],
  ['changeError', '1', 'standard error of change', ({ changeError }) => changeError],
  ['epsilon', '1', 'largest epsilon between', ({ epsilon }) => epsilon],
  ['kappa', '1', 'least kappa between', ({ kappa }) => kappa],
] as const satisfies readonly (readonly [string, string, string, (jump: MuJump) => number])[];

function writeJumps(entry: Group, jumps: readonly MuJump[]): void {
  const group = entry.create_group('jumps');
  for (const [column, unit, label, value] of jumpColumns) {
    const values = dataset(group, column, Float64Array.from(jumps, value), [jumps.length]);
    attribute(values, 'unit', unit);
    attribute(values, 'label', label);
  }
}

function writeBounces(entry: Group, { mirrors, count, time, secondInvariant }: Bounces): void {
  const group = entry.create_group('bounces');
  integerAttribute(group, 'count', count);
  const times = dataset(group, 'mirrors', mirrors, [mirrors.length]);
  attribute(times, 'unit', 's');
  attribute(times, 'label', 'when the momentum along B changes its sign');
  for (const [member, value, unit, label] of [
    ['time', time, 's', 'bounce time'],
    ['secondInvariant', secondInvariant, 'kg m^2/s', 'closed integral of pPar ds over a bounce'],
  ] as const) {
    const { mean, spread } = value;
    const number = group.create_group(member);
    for (const [key, of] of Object.entries({ value: mean, standardError: spread })) attribute(number, key, of);
    attribute(number, 'unit', unit);
    attribute(number, 'label', label);
  }
}

/** Reads them back; none where there is no such group. */
export function readTrajectories(
  store: Group,
  species: { readonly mass: number; readonly charge: number },
): readonly Trajectory[] {
  if (!store.keys().includes(name)) return [];
  const group = childGroup(store, name);
  const particles = Array.from((group.attrs.particles?.value ?? []) as ArrayLike<number>);
  return particles.map((particle) => {
    const entry = childGroup(group, String(particle));
    const columns = trajectoryColumns.map(({ name: column }) => [column, readNumbers(childDataset(entry, column))]);
    const fate = readAttribute(entry, 'fate') as OrbitFate;
    const stored = { particle, fate, ...Object.fromEntries(columns) } as StoredTrajectory;
    return analysed(stored, species);
  });
}
