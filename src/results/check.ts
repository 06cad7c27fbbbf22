/**
 * Whether what was read of a file is a result, in all that files, tables and figures take for granted. A file may hold the
 * right attributes and a valid digest and still come from somebody else.
 */
import { z } from 'zod';
import { orbitFates } from '../analysis/fullOrbits/estimate.js';
import { trajectoryColumns } from '../analysis/fullOrbits/trajectories.js';
import { isPlain } from '../scenario/faults.js';
import { orbitInput, parseOrbits, parseScenario, ScenarioError, scenarioInput } from '../scenario/index.js';
import { type AnyResult, isOrbits } from './data.js';

/** NaN is a number here: it stands for what the data do not allow. */
const real = z.custom<number>((value) => typeof value === 'number', 'must be a number');
const finite = z.number();
const count = z.number().int().nonnegative();
const doubles = z.custom<Float64Array>((value) => value instanceof Float64Array, 'must be numbers');
const edges = doubles.refine(
  (list) => list.every((x, i) => Number.isFinite(x) && (i === 0 || x >= list[i - 1])),
  'must be finite and increase',
);
const axis = z.looseObject({ name: z.string(), unit: z.string(), edges });
const kind = z.looseObject({ kind: z.string() });

const estimate = z.looseObject({
  value: real,
  standardError: real,
  unit: z.string(),
  label: z.string(),
  reference: real.optional(),
  note: z.string().optional(),
  degreesOfFreedom: real.optional(),
  fit: z.looseObject({ from: real, to: real, points: real, worst: real }).optional(),
});

const curve = z
  .looseObject({
    x: doubles,
    value: doubles,
    standardError: doubles,
    reference: doubles.optional(),
    xLabel: z.string(),
    xUnit: z.string(),
    label: z.string(),
    unit: z.string(),
  })
  .refine(
    ({ x, value, standardError, reference = x }) =>
      [value, standardError, reference].every(({ length }) => length === x.length),
    'must hold lists of one length',
  );

/** A distribution without counts of its own: the steady state of a source. */
const binned = z
  .looseObject({
    f: doubles,
    standardError: doubles,
    axes: z.array(axis),
    shape: z.array(count),
    label: z.string(),
    unit: z.string(),
  })
  .refine(
    ({ f, standardError, axes, shape }) =>
      [f, standardError].every(({ length }) => length === shape.reduce((product, n) => product * n, 1)) &&
      axes.length === shape.length &&
      axes.every((along, i) => along.edges.length === shape[i] + 1),
    'must hold as many numbers as its axes have bins',
  );

/** A file's name has no more than 255. */
const mostLetters = 100;

/** Estimates, curves, and records and lists of them. */
const estimates: z.ZodType = z.lazy(() =>
  z.unknown().superRefine((value, context) => {
    for (const [name, member] of Object.entries(value as object)) {
      // Tables are files of these names.
      if (/^\.|[\\/]/.test(name) || name.length > mostLetters || !isPlain(name))
        context.addIssue({ code: 'custom', path: [name], message: 'is no name (must name a file)' });
      if (typeof member !== 'object' || member === null) continue;
      const form =
        'x' in member ? curve : 'f' in member ? binned : 'value' in member && 'unit' in member ? estimate : estimates;
      const { error } = form.safeParse(member);
      if (error)
        context.addIssue({ code: 'custom', path: [name, ...error.issues[0].path], message: error.issues[0].message });
    }
  }),
);

const tally = z.looseObject({
  name: z.string(),
  kind: z.enum(['count', 'sum']),
  axes: z.array(z.string()),
  shape: z.array(count),
  grouped: z.boolean(),
  quantum: finite,
  unit: z.string(),
});

const distribution = z
  .looseObject({
    f: doubles,
    standardError: doubles,
    counts: doubles,
    axes: z.array(axis).length(3),
    shape: z.array(count).length(3),
    label: z.string(),
    unit: z.string(),
  })
  .refine(
    ({ f, standardError, counts, shape }) =>
      [f, standardError, counts].every(({ length }) => length === shape[0] * shape[1] * shape[2]),
    'must hold as many numbers as its shape says',
  )
  .refine(
    ({ axes, shape }) => axes.every(({ edges: { length } }, i) => length === shape[i] + (i === 0 ? 0 : 1)),
    'must have the edges of its bins',
  );

const scenario = z.looseObject({
  name: z.string(),
  description: z.string(),
  seed: z.string(),
  species: z.looseObject({ name: z.string(), mass: finite, charge: finite }),
  particles: z.looseObject({ pitch: kind, place: kind }),
  field: kind,
  motion: kind,
});

const plan = z.looseObject({
  particles: count,
  groups: count,
  axes: z.record(z.string(), edges),
  tallies: z.array(tally),
});

/** What every run has. */
const run = z.looseObject({
  estimates,
  hash: z.string(),
  complete: z.boolean(),
  particles: z.object({ done: count, total: count }),
  steps: real,
  seconds: real,
  workers: real,
});

/** A run of a motion along a line. */
const line = run.extend({
  scenario: scenario.extend({
    potential: z.looseObject({}).nullable(),
    parallelField: z.looseObject({}).nullable(),
    boundary: kind,
  }),
  plan: plan.extend({
    reference: z.looseObject({
      speed: real,
      nu: real,
      length: real,
      mirrorRatio: real,
      xiLossCone: real,
      Bmin: real,
      Bmax: real,
      oneSpeed: z.boolean(),
      oneRate: z.boolean(),
    }),
  }),
  distributions: z.record(z.string(), distribution),
});

/** The path of a particle: all of its columns are of one length. */
const trajectory = z.looseObject({ particle: count, fate: z.enum(orbitFates), time: doubles }).refine(
  (path) =>
    trajectoryColumns.every(({ name }) => {
      const column = path[name];
      return column instanceof Float64Array && column.length === path.time.length;
    }),
  'must hold columns of one length',
);

/** A run of orbits in space. */
const orbits = run.extend({
  trajectories: z.array(trajectory),
  scenario,
  plan: plan.extend({
    axes: z.looseObject({ times: edges, ratioEdges: edges, epsilonEdges: edges }),
    reference: z.looseObject({
      speed: real,
      B: real,
      gyrofrequency: real,
      larmorRadius: real,
      epsilon: real,
      kappa: real,
      frequencyRatio: real,
    }),
  }),
});

/**
 * The first thing that is wrong with a result that was read.
 *
 * @param read what a file gave
 * @returns where and what, on one line, or undefined where it is a result
 */
export function faultOf(read: AnyResult): string | undefined {
  const { error } = (isOrbits(read) ? orbits : line).safeParse(read);
  if (!error) return faultOfScenario(read);
  const [issue] = error.issues;
  const place = issue.path.join('.').replace(/[^\x20-\x7e]/g, '?');
  return `${place.slice(0, 80)}: ${inWords(issue).replace(/\s+/g, ' ')}`;
}

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a section',
  record: 'a section',
};

/** What is wrong, without the library's own words. */
function inWords(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom') return issue.message;
  if (issue.code === 'invalid_type') return `must be ${kinds[issue.expected] ?? issue.expected}`;
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`;
  return 'is out of range';
}

/** Letters of a scenario with a grid that is longer than the parser takes from an object. */
const longScenario = 4e6;

/** What figures and tables take of a scenario is what the parser lets through. */
function faultOfScenario({ scenario, ...read }: AnyResult): string | undefined {
  if (JSON.stringify(scenario).length > longScenario) return undefined;
  try {
    if (isOrbits(read as AnyResult)) parseOrbits(orbitInput(scenario as never) as never);
    else parseScenario(scenarioInput(scenario as never));
    return undefined;
  } catch (error) {
    if (!(error instanceof ScenarioError)) return 'scenario: its parts do not fit together';
    // What the parser found is not what the file holds, which was put into its words first.
    return `scenario: ${error.faults[0].path}: is none that can be run`;
  }
}
