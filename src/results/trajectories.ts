/** The paths of chosen particles in a results file: `/losscone/trajectories/<particle>/<column>`. */
import type { OrbitFate } from '../analysis/fullOrbits/estimate.js';
import {
  type StoredTrajectory,
  type Trajectory,
  trajectoryColumns,
  withMoments,
} from '../analysis/fullOrbits/trajectories.js';
import { attribute, childDataset, childGroup, dataset, type Group, readAttribute, readNumbers } from './hdf5.js';

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
    return withMoments(stored, species);
  });
}
