/** From a validated scenario back to what a user would write, in SI units: `parseScenario(formatScenario(x))` is x. */
import { stringify } from 'yaml';
import * as z from 'zod';
import { fieldProfiles, potentialProfiles } from '../fields/index.js';
import { spacePotentials, spaceProfiles } from '../fields/space/index.js';
import { isMapping } from './leaves.js';
import type { OrbitScenario } from './orbits/schema.js';
import type { Scenario } from './schema.js';

const si = (value: number, unit: string) => `${value} ${unit}`;
const list = (values: readonly number[], unit: string) => (unit === '1' ? [...values] : { unit, values: [...values] });

/** The little of JSON Schema that says which unit a value has. */
interface Written {
  readonly unit?: string;
  readonly properties?: Readonly<Record<string, Written>>;
  readonly prefixItems?: readonly Written[];
  readonly items?: Written;
  readonly const?: unknown;
  readonly anyOf?: readonly Written[];
  readonly oneOf?: readonly Written[];
}

/** Of a choice the form that a value has. */
function formOf(value: unknown, schema: Written): Written {
  // A number with a unit, or a list of them: what its own forms are is for `si` and `list` to know.
  if (schema.unit !== undefined) return schema;
  const forms = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].map((form) => formOf(value, form));
  const fits = ({ unit, properties = {}, items, prefixItems }: Written) => {
    if (Array.isArray(value)) return items !== undefined || prefixItems !== undefined;
    if (!isMapping(value)) return unit !== undefined;
    return Object.entries(value).every(
      ([key, member]) =>
        member === undefined || (key in properties && [undefined, member].includes(properties[key].const)),
    );
  };
  return forms.find(fits) ?? schema;
}

/** A value in the units that its schema says; what the schema does not know stays as it is. */
function written(value: unknown, schema: Written): unknown {
  const { unit, properties, prefixItems, items } = formOf(value, schema);
  if (typeof value === 'number') return unit === undefined || unit === '1' ? value : si(value, unit);
  if (Array.isArray(value)) {
    if (prefixItems) return value.map((one, i) => written(one, prefixItems[i] ?? {}));
    return items && unit === undefined ? value.map((one) => written(one, items)) : list(value, unit ?? '1');
  }
  if (!isMapping(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => [key, written(member, properties?.[key] ?? {})]),
  );
}

/** A specification with its units, by the registry it comes from. */
function withUnits(spec: { kind: string }, profiles: readonly { kind: string; schema: z.ZodType }[]) {
  const profile = profiles.find(({ kind }) => kind === spec.kind);
  const schema = profile && (z.toJSONSchema(profile.schema, { io: 'input', unrepresentable: 'any' }) as Written);
  return written(spec, schema ?? {}) as Record<string, unknown>;
}

const species = ({ name, mass, charge }: Scenario['species']) => ({
  name,
  mass: si(mass, 'kg'),
  charge: si(charge, 'C'),
});

function speed(from: Scenario['particles']['speed']) {
  switch (from.kind) {
    case 'mono':
      return { kind: from.kind, speed: si(from.speed, 'm/s') };
    case 'maxwellian':
      return { kind: from.kind, temperature: si(from.temperature, 'J') };
    case 'shell':
      return { kind: from.kind, from: si(from.from, 'm/s'), to: si(from.to, 'm/s') };
    case 'powerLaw':
      return { kind: from.kind, index: from.index, from: si(from.from, 'J'), to: si(from.to, 'J') };
    case 'table':
      return { kind: from.kind, speed: list(from.speed, 'm/s'), density: from.density };
  }
}

function rate(from: Scenario['collisions']['rate']) {
  switch (from.law) {
    case 'constant':
      return { law: from.law, value: si(from.value, '1/s') };
    case 'strength':
      return { ...from };
    case 'powerLaw':
      return { law: from.law, value: si(from.value, '1/s'), at: si(from.at, 'm/s'), index: from.index };
    case 'table':
      return { law: from.law, speed: list(from.speed, 'm/s'), rate: list(from.rate, '1/s') };
    case 'coulomb':
      return {
        law: from.law,
        background: from.background.map((of) => ({
          species: species(of.species),
          density: si(of.density, 'm^-3'),
          temperature: si(of.temperature, 'J'),
        })),
        coulombLogarithm: from.coulombLogarithm,
      };
  }
}

function pitch(from: Scenario['particles']['pitch']) {
  return from.kind === 'beam' ? { ...from, halfAngle: si(from.halfAngle, 'rad') } : { ...from };
}

const collisionsInput = ({ operator, rate: law }: Pick<Scenario['collisions'], 'operator' | 'rate'>) =>
  operator === 'none' ? { operator } : { operator, rate: rate(law) };

function times({ at, count, until, spacing }: Scenario['times']) {
  if (at !== null) return { at: list(at, 's'), spacing };
  return { count, until: 'seconds' in until ? { seconds: si(until.seconds, 's') } : { ...until }, spacing };
}

function parallelField(from: NonNullable<Scenario['parallelField']>) {
  const { profile, time } = from;
  const along =
    profile.kind === 'uniform'
      ? { kind: profile.kind, E: si(profile.E, 'V/m') }
      : { kind: profile.kind, s: list(profile.s, 'm'), E: list(profile.E, 'V/m') };
  switch (time.kind) {
    case 'constant':
      return { profile: along, time: { kind: time.kind } };
    case 'ramp':
      return { profile: along, time: { kind: time.kind, duration: si(time.duration, 's') } };
    case 'sine':
      return {
        profile: along,
        time: { kind: time.kind, frequency: si(time.frequency, '1/s'), phase: si(time.phase, 'rad') },
      };
    case 'pulse':
      return { profile: along, time: { kind: time.kind, centre: si(time.centre, 's'), width: si(time.width, 's') } };
  }
}

/**
 * What a user would write for a validated scenario, as plain data with units; `parseScenario` gives the same scenario back,
 * to the last bit, with no file beside it.
 * @example
 * import { parseScenario } from './parse.js'
 * scenarioInput(parseScenario('times: { until: 50 ms }')).times // => {"count":50,"until":{"seconds":"0.05 s"},"spacing":"linear"}
 */
export function scenarioInput(scenario: Scenario): Record<string, unknown> {
  const { particles, collisions, motion, tallies } = scenario;
  const { place } = particles;
  const limit = (value: number | null) => (value === null ? null : si(value, 'm/s'));
  return {
    name: scenario.name,
    description: scenario.description,
    seed: scenario.seed,
    species: species(scenario.species),
    particles: {
      count: particles.count,
      speed: speed(particles.speed),
      pitch: pitch(particles.pitch),
      place: place.kind === 'point' ? { kind: place.kind, s: si(place.s, 'm') } : { ...place },
      stratify: { ...particles.stratify },
    },
    field: withUnits(scenario.field, fieldProfiles),
    potential: scenario.potential === null ? null : withUnits(scenario.potential, potentialProfiles),
    parallelField: scenario.parallelField === null ? null : parallelField(scenario.parallelField),
    collisions: collisionsInput(collisions),
    boundary: { ...scenario.boundary },
    source: scenario.source === null ? null : { rate: si(scenario.source.rate, '1/s') },
    motion: { ...motion, step: motion.step === null ? 'auto' : si(motion.step, 's') },
    rare: scenario.rare === null ? null : { ...scenario.rare },
    times: times(scenario.times),
    tallies: { ...tallies, speed: { ...tallies.speed, min: limit(tallies.speed.min), max: limit(tallies.speed.max) } },
    outputs: { ...scenario.outputs },
  };
}

/**
 * A validated scenario as YAML, complete and in SI units.
 * @example
 * import { parseScenario } from './parse.js'
 * const scenario = parseScenario('particles: { count: 1000 }')
 * JSON.stringify(parseScenario(formatScenario(scenario))) === JSON.stringify(scenario) // => true
 */
export function formatScenario(scenario: Scenario): string {
  return text(scenarioInput(scenario));
}

const text = (input: object) => stringify(input, { lineWidth: 0, aliasDuplicateObjects: false });

/**
 * What a user would write for a validated scenario of full orbits, as plain data with units; `parseOrbits` gives the same
 * scenario back, to the last bit.
 * @example
 * import { parseOrbits } from './orbits/schema.js'
 * const scenario = parseOrbits('{ motion: fullOrbit, field: { kind: bottle, B: 1 T, scale: 2 m }, times: { until: 1 us } }')
 * orbitInput(scenario).field // => {"kind":"bottle","B":"1 T","scale":"2 m"}
 */
export function orbitInput(scenario: OrbitScenario): Record<string, unknown> {
  const { particles, collisions, motion, boundary } = scenario;
  const { trajectories: paths, ...outputs } = scenario.outputs;
  const { place } = particles;
  const lengths = (values: readonly number[]) => values.map((value) => si(value, 'm'));
  return {
    name: scenario.name,
    description: scenario.description,
    seed: scenario.seed,
    species: species(scenario.species),
    particles: {
      ...particles,
      speed: speed(particles.speed),
      pitch: pitch(particles.pitch),
      place: {
        kind: place.kind,
        at: lengths(place.at),
        ...(place.kind === 'box' && { halfWidth: lengths(place.halfWidth) }),
      },
      gyrophase: particles.gyrophase ?? 'uniform',
    },
    field: withUnits(scenario.field, spaceProfiles),
    ...(scenario.potential && { potential: withUnits(scenario.potential, spacePotentials) }),
    collisions: collisionsInput(collisions),
    motion: { ...motion, step: siOrNull(motion.step, 's') },
    boundary: Object.fromEntries(Object.entries(boundary).map(([end, at]) => [end, siOrNull(at, 'm')])),
    times: times(scenario.times),
    tallies: { ...scenario.tallies },
    outputs: { ...outputs, ...(paths && { trajectories: trajectoriesInput(paths) }) },
  };
}

/** What was asked of paths, and nothing that was not: left out, it is the plan's to choose. */
function trajectoriesInput(paths: NonNullable<OrbitScenario['outputs']['trajectories']>) {
  const times = (['every', 'from', 'until'] as const).flatMap((key) => {
    const value = paths[key];
    return value === null || value === undefined ? [] : [[key, si(value, 's')] as const];
  });
  const { particles } = paths;
  return { ...(particles && { particles }), ...Object.fromEntries(times), budget: `${paths.budget} B` };
}

const siOrNull = (value: number | null | undefined, unit: string) =>
  value === null || value === undefined ? null : si(value, unit);

/**
 * A validated scenario of full orbits as YAML, complete and in SI units.
 * @example
 * import { parseOrbits } from './orbits/schema.js'
 * const scenario = parseOrbits('{ motion: fullOrbit, field: dipole, times: { until: 1 ms } }')
 * parseOrbits(formatOrbits(scenario)).field // => {"kind":"dipole","B0":0.00002981,"radius":6371000}
 */
export function formatOrbits(scenario: OrbitScenario): string {
  return text(orbitInput(scenario));
}
