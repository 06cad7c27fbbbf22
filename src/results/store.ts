/**
 * The group `/losscone` of a results file: everything a run gave, self-describing.
 *
 *     /losscone                 format, formatVersion, kind ("line" or "orbits"; absent: line), resultHash, complete, groups, particles, steps, seconds, workers
 *       digest                  SHA-256 of the file with `digestMark` in the digest's place
 *       readme                  text: how to read the rest with h5py
 *       axes/<name>             bin edges (the snapshot times for `time`); attributes unit, kind
 *       reference/<name>        numbers of the plan: nu, speed, length, mirrorRatio, ...; attribute unit; flags are attributes
 *       tallies/<name>          integers; attributes kind, quantum, unit, axes, grouped; grouped ones have the group as first index
 *       distributions/<name>    of a motion along a line: f, standardError on [time, speed or s, xi]; attributes axes, unit, label
 *       estimates/...           a group for each: attributes value, standardError, unit, label; curves hold x, value, standardError
 *       precision               of a run to a precision: reached, particles, most, why, and for each estimate wanted and reached
 *       particles/<column>      where a table of single particles was asked for: fate, startS, ... in SI
 *       trajectories/<particle>/<column>   where paths were asked for: time, x, y, z, ... in SI; attributes unit, label; of the group fate
 *       resonances/<column>     where the field has waves: one number for each; attributes unit, label (the same as among the estimates)
 *       provenance              attributes; scenario (YAML), scenarioJson (as validated, SI), warnings (one a line)
 */
import type { Distribution, Distributions } from '../analysis/types.js';
import type { TallySpec } from '../plan/tallies.js';
import { type AnyResult, isOrbits, type ResultTallies, type RunData, type RunPlan } from './data.js';
import { digestMark } from './digest.js';
import {
  attribute,
  attributesOf,
  childDataset,
  childGroup,
  dataset,
  type Group,
  integerAttribute,
  readAttribute,
  readAttributes,
  readIntegers,
  readNumbers,
  readText,
  textDataset,
} from './hdf5.js';
import { particleTable, writeParticles } from './particles.js';
import { writeResonances } from './resonances.js';
import { readTrajectories, writeTrajectories } from './trajectories.js';
import { readTree, type Tree, writeTree } from './tree.js';
import { referenceUnits } from './units.js';

export const formatName = 'losscone.results';
/** Raised whenever a reader of the old layout would misread the new one. */
export const formatVersion = 2;

const axisNames = {
  times: ['time', 's', 'snapshot times'],
  speedEdges: ['speed', 'm/s', 'bin edges'],
  xiEdges: ['xi', '1', 'bin edges'],
  sEdges: ['s', 'm', 'bin edges'],
  muEdges: ['startingMu', 'J/T', 'bin edges'],
  startXiEdges: ['startingXi', '1', 'bin edges'],
  edgeXiEdges: ['edgeXi', '1', 'bin edges'],
  lossTimeEdges: ['lossTime', 's', 'bin edges'],
  zEdges: ['z', 'm', 'bin edges'],
  ratioEdges: ['log2MuRatio', '1', 'bin edges'],
  epsilonEdges: ['log2Epsilon', '1', 'bin edges'],
  phaseEdges: ['startingPhase', '1', 'bin edges'],
  kickEdges: ['kick', '1', 'bin edges'],
} as const;
type AxisKey = keyof typeof axisNames;

const distributionNames = ['local', 'midplane', 'place'] as const;

const readme = `Written by losscone. Everything is SI unless an attribute "unit" says otherwise.
/data/<n>/meshes: f at snapshot n on [speed or s, xi] (openPMD 1.1.0).
/losscone/distributions/<local|midplane|place>/f: the same for all times, [time, speed or s, xi], with standardError.
/losscone/tallies/<name>: the merged integers; integer * attribute "quantum" is the physical value in attribute "unit".
  Attribute "axes" names the indices. Where "grouped" is 1 the first index is the jackknife group and the sum over it is the total.
  Sums beyond 64 bits: <name> holds the low words (unsigned), <name>_high the high words (signed): value = high * 2^64 + low.
/losscone/axes/<name>: bin edges (n + 1 numbers for n bins); "time" holds the snapshot times. Bins are left-closed.
/losscone/estimates/<name>: attributes value, standardError, unit, label (NaN with a note: not determined by these data);
  curves are groups with the datasets x, value, standardError and, where there is exact theory, reference.
  Where the scenario has a source, steadyState/<local|midplane|place>/f is the steady state on the axes of steadyState/<name>/axes.
/losscone/particles/<column>, where outputs.particles asked for it: one number for each of the first particles. startS, startXi,
  startSpeed, endTime, endS, endXi, endSpeed are SI; fate is 0 for a particle that was not run, else 1 confined, 2 lost left,
  3 lost right, 4 time limit, 5 numerical fault. Their start is also in /data/0/particles (openPMD 1.1.0).
  The tallies particle... hold the same as integers, with places counted from the middle between the throats.
xi is the cosine of the pitch angle, > 0 along +s and B; local: at the particle; midplane: mapped by the invariants.
f is normalised to one particle at the start.
Strings are bytes in UTF-8. Example:
  import h5py, matplotlib.pyplot as plt
  with h5py.File('results.h5') as h:
    c = h['losscone/estimates/survival']; plt.errorbar(c['x'][:], c['value'][:], c['standardError'][:]); plt.show()
`;

const orbitReadme = `Written by losscone. Everything is SI unless an attribute "unit" says otherwise.
A run of orbits in space. /data/<n> holds the snapshot times alone (openPMD 1.1.0).
/losscone/tallies/<name>: the merged integers; integer * attribute "quantum" is the physical value in attribute "unit".
  Attribute "axes" names the indices. Where "grouped" is 1 the first index is the jackknife group and the sum over it is the total.
  Sums beyond 64 bits: <name> holds the low words (unsigned), <name>_high the high words (signed): value = high * 2^64 + low.
  mu, mu2, dmu, dmu2: sums of mu, mu^2, mu - mu0 and its square at the guiding centre, with the first-order term, by the bin of mu0;
  "raw ...": the same of pPerp^2/(2 m B) at the particle. ratio, lostRatio: counts of log2(mu/mu0). kick, lostKick: counts of (mu - mu0)/mu0. kickPhase...,
  kickPitch...: count, sum of it, of its squares, and of those squares below 2^-26, by gyrophase and pitch drawn at the start. place: counts on [time, z, xi].
  shift, shift2: of the guiding centre from its start along x, y, z. fates: confined, lost at low z, lost at high z, time limit,
  numerical fault, lost inside, lost outside.
/losscone/axes/<name>: bin edges (n + 1 numbers for n bins); "time" holds the snapshot times. Bins are left-closed.
/losscone/estimates/<name>: attributes value, standardError, unit, label (NaN with a note: not determined by these data);
  curves are groups with the datasets x, value, standardError.
/losscone/trajectories/<particle>/<column>, where outputs.trajectories asked for it: the path of a particle, one number for each
  point: time, x, y, z, px, py, pz (momentum), mu (at the guiding centre with its first-order term), rawMu, centreX, centreY,
  centreZ, pParallel (along B at the guiding centre), pitch, epsilon, kappa, B, gamma, frequencyRatio; each has attributes unit and
  label. These doubles, to the bit, are a part of what resultHash is taken of (gamma and frequencyRatio follow from them).
  I A = mu/gamma; J = 2 pi m/|q| mu. Attribute fate of the group: how the path ended; timeLimit: followed to its end.
  jumps/<column>: where mu jumped, one number for each jump; change = (after - before)/before, with changeError.
  bounces: attribute count, dataset mirrors (times), and time and secondInvariant with value and standardError
  (the spread of single bounces). Of a drift
  orbit the places are the guiding centre's, the momentum is that along B, and rawMu is mu.
/losscone/resonances/<column>, where the field has waves: one number for each wave; each has attributes unit and label.
Strings are bytes in UTF-8. Example:
  import h5py, matplotlib.pyplot as plt
  with h5py.File('results.h5') as h:
    c = h['losscone/estimates/muSpread']; plt.errorbar(c['x'][:], c['value'][:], c['standardError'][:]); plt.show()
`;

/** What a results file says of a run beside the run itself. */
export interface ScenarioText {
  /** The scenario as a user may run it again. */
  readonly yaml: string;
}

/** Writes the group `/losscone`. */
export function writeStore(root: Group, result: AnyResult, text: ScenarioText): void {
  const store = root.create_group('losscone');
  attribute(store, 'format', formatName);
  integerAttribute(store, 'formatVersion', formatVersion);
  attribute(store, 'kind', isOrbits(result) ? 'orbits' : 'line');
  attribute(store, 'resultHash', result.hash);
  attribute(store, 'complete', result.complete);
  attribute(store, 'groups', result.plan.groups);
  attribute(store, 'particlesDone', result.particles.done);
  attribute(store, 'particlesTotal', result.particles.total);
  attribute(store, 'steps', result.steps);
  attribute(store, 'seconds', result.seconds);
  attribute(store, 'workers', result.workers);
  // A dataset, not an attribute: HDF5 guards the headers that hold attributes by checksums of their own.
  textDataset(store, 'digest', digestMark);
  textDataset(store, 'readme', isOrbits(result) ? orbitReadme : readme);
  writeAxes(store.create_group('axes'), result.plan);
  writeReference(store.create_group('reference'), result.plan);
  writeTallies(store.create_group('tallies'), result);
  if (result.distributions) writeDistributions(store.create_group('distributions'), result.distributions);
  const particles = particleTable(result);
  if (particles) writeParticles(store, particles);
  if (isOrbits(result)) {
    writeTrajectories(store, result.trajectories);
    writeResonances(store, result.estimates.resonances);
  }
  writeTree(store, 'estimates', result.estimates as unknown as Tree);
  if (result.precision) writeTree(store, 'precision', result.precision as unknown as Tree);
  const provenance = store.create_group('provenance');
  for (const [name, value] of Object.entries(result.provenance))
    if (value !== undefined) attribute(provenance, name, value);
  attribute(provenance, 'seed', result.scenario.seed);
  textDataset(provenance, 'scenario', text.yaml);
  textDataset(provenance, 'scenarioJson', JSON.stringify(result.scenario, plainArrays));
  textDataset(provenance, 'warnings', result.warnings.join('\n'));
}

/** Typed arrays as lists: JSON would make objects of them. */
const plainArrays = (_: string, value: unknown) =>
  ArrayBuffer.isView(value) ? Array.from(value as unknown as ArrayLike<number>) : value;

function writeAxes(group: Group, plan: RunPlan): void {
  const axes = plan.axes as Readonly<Partial<Record<AxisKey, ArrayLike<number>>>>;
  for (const [key, [name, unit, kind]] of Object.entries(axisNames)) {
    const edges = axes[key as AxisKey];
    if (!edges) continue;
    const values = Float64Array.from(edges);
    const axis = dataset(group, name, values, [values.length]);
    attribute(axis, 'unit', unit);
    attribute(axis, 'kind', kind);
  }
}

/** What stands for a number that a plan does not have. */
const absent = 'none';

function writeReference(group: Group, { reference }: RunPlan): void {
  for (const [name, value] of Object.entries(reference as Record<string, unknown>)) {
    if (typeof value === 'boolean' || value === null) {
      attribute(group, name, value ?? absent);
      continue;
    }
    const values = typeof value === 'number' ? [value] : Array.from(value as ArrayLike<number>);
    const entry = dataset(group, name, Float64Array.from(values), typeof value === 'number' ? [] : [values.length]);
    attribute(entry, 'unit', referenceUnits[name] ?? '1');
  }
}

const int64 = { least: -(2n ** 63n), most: 2n ** 63n - 1n };

/** Whether 64 bits are too few for some of the integers. */
function isWide(values: ArrayLike<bigint>): boolean {
  for (let i = 0; i < values.length; i++) if (values[i] < int64.least || values[i] > int64.most) return true;
  return false;
}

const signed = (length: number) => new BigInt64Array(length);
const unsigned = (length: number) => new BigUint64Array(length);

/** Copies one after the other. */
function joined<Words extends BigInt64Array | BigUint64Array>(
  copies: readonly ArrayLike<bigint>[],
  words: (length: number) => Words,
): Words {
  const all = words(copies.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const copy of copies) {
    for (let i = 0; i < copy.length; i++) all[at + i] = copy[i];
    at += copy.length;
  }
  return all;
}

function writeTallies(group: Group, { plan, tallies }: RunData): void {
  // what is the bits of doubles is stored as these doubles, in a group of its own
  const specs = plan.tallies.filter(({ doubles }) => !doubles);
  for (const spec of specs) {
    const shape = spec.grouped ? [plan.groups, ...spec.shape] : [...spec.shape];
    const copies = Array.from({ length: spec.grouped ? plan.groups : 1 }, (_, g) =>
      tallies.integers(spec.name, spec.grouped ? g : undefined),
    );
    const wide = spec.kind === 'sum' && copies.some(isWide);
    // Into a typed array 64 bits of each go, also of those with more.
    const data = spec.kind === 'sum' && !wide ? joined(copies, signed) : joined(copies, unsigned);
    const entry = dataset(group, spec.name, data, shape, spec.kind === 'count');
    attribute(entry, 'kind', spec.kind);
    attribute(entry, 'quantum', spec.quantum);
    attribute(entry, 'unit', spec.unit);
    attribute(entry, 'axes', spec.grouped ? ['group', ...spec.axes] : spec.axes);
    attribute(entry, 'grouped', spec.grouped);
    attribute(entry, 'words', wide ? 2 : 1);
    if (wide)
      dataset(
        group,
        `${spec.name}_high`,
        joined(
          copies.map((copy) => Array.from(copy, (value) => value >> 64n)),
          signed,
        ),
        shape,
      );
  }
  attribute(
    group,
    'order',
    specs.map((spec) => spec.name),
  );
}

function writeDistributions(group: Group, distributions: Distributions): void {
  for (const name of distributionNames) {
    const distribution = distributions[name];
    const entry = group.create_group(name);
    attribute(entry, 'label', distribution.label);
    for (const key of ['f', 'standardError'] as const) {
      const values = dataset(entry, key, distribution[key], distribution.shape, true);
      attribute(values, 'unit', distribution.unit);
      attribute(
        values,
        'axes',
        distribution.axes.map((axis) => axis.name),
      );
    }
  }
}

/** Reads the group `/losscone`. @throws Error where something is missing */
export function readStore(root: Group): AnyResult & { readonly scenarioYaml: string } {
  const store = childGroup(root, 'losscone');
  const number = (name: string) => readAttribute(store, name) as number;
  const provenanceGroup = childGroup(store, 'provenance');
  const { seed: _, ...provenance } = readAttributes(provenanceGroup);
  const axesGroup = childGroup(store, 'axes');
  const referenceGroup = childGroup(store, 'reference');
  const held = axesGroup.keys();
  const axes = Object.fromEntries(
    Object.entries(axisNames)
      .filter(([, [name]]) => held.includes(name))
      .map(([key, [name]]) => [key, readNumbers(childDataset(axesGroup, name))]),
  );
  const flags = Object.entries(readAttributes(referenceGroup)).map(([name, value]) => [
    name,
    value === absent ? null : value,
  ]);
  const numbers = referenceGroup.keys().map((name) => {
    const entry = childDataset(referenceGroup, name);
    const values = readNumbers(entry);
    return [name, entry.shape?.length === 0 ? values[0] : values];
  });
  const reference = Object.fromEntries([...numbers, ...flags]);
  const groups = number('groups');
  const { specs, tallies } = readTallies(childGroup(store, 'tallies'), groups);
  const warnings = readText(childDataset(provenanceGroup, 'warnings'));
  const orbits = store.attrs.kind?.value === 'orbits';
  const plan = { particles: number('particlesTotal'), groups, axes, reference, tallies: specs };
  const scenario = JSON.parse(readText(childDataset(provenanceGroup, 'scenarioJson')));
  return {
    scenario,
    scenarioYaml: readText(childDataset(provenanceGroup, 'scenario')),
    plan: orbits ? { orbits, ...plan } : plan,
    tallies,
    estimates: readTree(childGroup(store, 'estimates')),
    ...(orbits && { trajectories: readTrajectories(store, scenario.species) }),
    ...(!orbits && { distributions: readDistributions(childGroup(store, 'distributions'), axes, tallies) }),
    hash: readAttribute(store, 'resultHash') as string,
    complete: readAttribute(store, 'complete') as boolean,
    particles: { done: number('particlesDone'), total: number('particlesTotal') },
    steps: number('steps'),
    seconds: number('seconds'),
    workers: number('workers'),
    provenance,
    warnings: warnings ? warnings.split('\n') : [],
    ...(store.keys().includes('precision') && {
      precision: readTree(childGroup(store, 'precision')),
    }),
  } as unknown as AnyResult & { readonly scenarioYaml: string };
}

function readTallies(group: Group, groups: number): { specs: TallySpec[]; tallies: ResultTallies } {
  const entries = new Map<string, { spec: TallySpec; integers: BigInt64Array | BigUint64Array | bigint[] }>();
  for (const name of texts(group, 'order')) {
    const entry = childDataset(group, name);
    const grouped = readAttribute(entry, 'grouped') as boolean;
    const drop = grouped ? 1 : 0;
    const spec: TallySpec = {
      name,
      kind: readAttribute(entry, 'kind') as TallySpec['kind'],
      axes: texts(entry, 'axes').slice(drop),
      shape: (entry.shape ?? []).slice(drop),
      grouped,
      quantum: readAttribute(entry, 'quantum') as number,
      unit: readAttribute(entry, 'unit') as string,
    };
    const low = readIntegers(entry);
    const high = readAttribute(entry, 'words') === 2 ? readIntegers(childDataset(group, `${name}_high`)) : undefined;
    entries.set(name, { spec, integers: high ? Array.from(low, (word, i) => (high[i] << 64n) | word) : low });
  }
  const find = (name: string) => {
    const entry = entries.get(name);
    if (!entry) throw new Error(`tally '${name}': the file holds none (there are ${[...entries.keys()].join(', ')})`);
    return entry;
  };
  const integers = (name: string, wanted?: number): ArrayLike<bigint> => {
    const { spec, integers: all } = find(name);
    if (!spec.grouped) {
      if (wanted !== undefined) throw new Error(`tally '${name}': not kept by group (only the total is)`);
      return all;
    }
    const size = all.length / groups;
    if (wanted !== undefined) {
      if (!(wanted >= 0 && wanted < groups))
        throw new Error(`tally '${name}': no group ${wanted} (must be 0 to ${groups - 1})`);
      return all.slice(wanted * size, (wanted + 1) * size);
    }
    return Array.from({ length: size }, (_, i) => {
      let sum = 0n;
      for (let g = 0; g < groups; g++) sum += all[g * size + i];
      return sum;
    });
  };
  const physical = (name: string, wanted?: number) => {
    const { quantum } = find(name).spec;
    return Float64Array.from(integers(name, wanted), (value) => Number(value) * quantum);
  };
  return {
    specs: [...entries.values()].map(({ spec }) => spec),
    tallies: {
      spec: (name) => find(name).spec,
      integers,
      total: (name) => physical(name),
      group: (name, wanted) => physical(name, wanted),
    },
  };
}

function readDistributions(
  group: Group,
  axes: Readonly<Record<string, Float64Array>>,
  tallies: ResultTallies,
): Distributions {
  const known: Record<string, Distribution['axes'][number]> = Object.fromEntries(
    Object.entries(axisNames).map(([key, [name, unit]]) => [name, { name, unit, edges: axes[key] }]),
  );
  // Pitch mapped to the midplane is counted on the same bins.
  known.xi0 = { ...known.xi, name: 'xi0' };
  const read = (name: string): Distribution => {
    const entry = childGroup(group, name);
    const f = childDataset(entry, 'f');
    return {
      f: readNumbers(f),
      standardError: readNumbers(childDataset(entry, 'standardError')),
      counts: tallies.total(name),
      axes: texts(f, 'axes').map((axis) => {
        if (!known[axis]) throw new Error(`${f.path}: axis ${axis} is not known`);
        return known[axis];
      }),
      shape: f.shape ?? [],
      label: readAttribute(entry, 'label') as string,
      unit: readAttribute(f, 'unit') as string,
    };
  };
  return { local: read('local'), midplane: read('midplane'), place: read('place') };
}

/** An attribute that is a list of texts. */
function texts(object: Parameters<typeof readAttribute>[0], name: string): string[] {
  const value = attributesOf(object)[name]?.value;
  if (!Array.isArray(value) || !value.every((text) => typeof text === 'string'))
    throw new Error(`${object.path}: no attribute ${name}`);
  return value as string[];
}
