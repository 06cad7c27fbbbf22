/** The table of single particles (`outputs.particles`) in physical units, for readers that know nothing of tallies. */
import { FATES } from '../plan/tallySpecs.js';
import type { RunData } from './data.js';
import { unitDimension } from './dimension.js';
import { attribute, dataset, type Group, integerAttribute } from './hdf5.js';

/** Column of the file, tally it comes from, unit, what it is. */
export const particleColumns = [
  ['startS', 'particleStartPlace', 'm', 'place along the line at the start'],
  ['startXi', 'particleStartXi', '1', 'pitch-angle cosine at the start, local'],
  ['startSpeed', 'particleStartSpeed', 'm/s', 'speed at the start'],
  ['endTime', 'particleTime', 's', 'time of the loss, or the end of the run'],
  ['endS', 'particleEndPlace', 'm', 'place along the line at the end'],
  ['endXi', 'particleEndXi', '1', 'pitch-angle cosine at the end, local'],
  ['endSpeed', 'particleEndSpeed', 'm/s', 'speed at the end'],
] as const;

type Column = (typeof particleColumns)[number][0];

/** The single particles of a run. */
export interface ParticleTable {
  /** 0: not run (an interrupted run), else 1 + the place in `FATES`. */
  readonly fate: Int32Array;
  /** SI; NaN for a particle that was not run. */
  readonly values: Record<Column, Float64Array>;
}

/** The table of a run, or undefined where none was asked for. Places are those of the scenario's field. */
export function particleTable({ plan, tallies }: RunData): ParticleTable | undefined {
  if (!plan.tallies.some(({ name }) => name === 'particleFate')) return undefined;
  const fate = Int32Array.from(tallies.total('particleFate'));
  // The tallies count places from the middle between the throats.
  const centre = (plan.reference as { readonly centre?: number }).centre ?? 0;
  const values = Object.fromEntries(
    particleColumns.map(([name, tally, unit]) => {
      const shift = unit === 'm' ? centre : 0;
      return [name, tallies.total(tally).map((value, i) => (fate[i] === 0 ? Number.NaN : value + shift))];
    }),
  ) as Record<Column, Float64Array>;
  return { fate, values };
}

/** Writes `/losscone/particles`. */
export function writeParticles(store: Group, table: ParticleTable): void {
  const group = store.create_group('particles');
  const length = [table.fate.length];
  const fate = dataset(group, 'fate', BigInt64Array.from(table.fate, BigInt), length);
  attribute(fate, 'meaning', ['not run', ...FATES]);
  for (const [name, , unit, label] of particleColumns) {
    const column = dataset(group, name, table.values[name], length);
    attribute(column, 'unit', unit);
    attribute(column, 'label', label);
  }
}

/**
 * Writes the start of the listed particles as a particle group of openPMD 1.1: position along the line, momentum along and
 * across the field, mass, charge, weighting.
 *
 * @param iteration of the first snapshot, t = 0
 */
export function writeParticleStart(iteration: Group, { scenario }: RunData, table: ParticleTable): void {
  const run = Array.from(table.fate.keys()).filter((i) => table.fate[i] > 0);
  if (run.length === 0) return;
  const { name, mass, charge } = scenario.species;
  const species = iteration.create_group('particles').create_group(/^[A-Za-z0-9_]+$/.test(name) ? name : 'particles');
  const shape = [run.length];
  const pick = (f: (i: number) => number) => Float64Array.from(run, f);
  const xi = (i: number) => table.values.startXi[i];
  const momentum = (i: number) => {
    const v = table.values.startSpeed[i];
    return (mass * v) / Math.sqrt((1 - v / 299792458) * (1 + v / 299792458));
  };
  const record = (at: Parameters<typeof attribute>[0], unit: string, weightingPower: number) => {
    attribute(at, 'unitDimension', unitDimension(unit));
    attribute(at, 'timeOffset', 0);
    // Of one particle each: the weight is 1.
    integerAttribute(at, 'macroWeighted', 0);
    attribute(at, 'weightingPower', weightingPower);
  };
  const vector = (label: string, unit: string, parts: Record<string, Float64Array>) => {
    const group = species.create_group(label);
    record(group, unit, label === 'momentum' ? 1 : 0);
    for (const [part, values] of Object.entries(parts)) attribute(dataset(group, part, values, shape), 'unitSI', 1);
  };
  vector('position', 'm', { s: pick((i) => table.values.startS[i]) });
  vector('positionOffset', 'm', { s: pick(() => 0) });
  vector('momentum', 'kg m/s', {
    parallel: pick((i) => momentum(i) * xi(i)),
    perpendicular: pick((i) => momentum(i) * Math.sqrt((1 - xi(i)) * (1 + xi(i)))),
  });
  for (const [label, value, unit] of [
    ['mass', mass, 'kg'],
    ['charge', charge, 'C'],
    ['weighting', 1, '1'],
  ] as const) {
    const values = dataset(
      species,
      label,
      pick(() => value),
      shape,
    );
    attribute(values, 'unitSI', 1);
    record(values, unit, 1);
  }
}
