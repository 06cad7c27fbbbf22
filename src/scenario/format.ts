/** From a validated scenario back to what a user would write, in SI units: `parseScenario(formatScenario(x))` is x. */
import { stringify } from 'yaml';
import * as z from 'zod';
import { fieldProfiles, potentialProfiles } from '../fields/index.js';
import type { Scenario } from './schema.js';

const si = (value: number, unit: string) => `${value} ${unit}`;
const list = (values: readonly number[], unit: string) => (unit === '1' ? [...values] : { unit, values: [...values] });

/** The SI unit of each key of a section, as its schema says it. */
function unitsOf(schema: z.ZodType): Record<string, string> {
  const { properties } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, { unit?: string }>;
  };
  return Object.fromEntries(Object.entries(properties ?? {}).flatMap(([key, { unit }]) => (unit ? [[key, unit]] : [])));
}

/** A specification with its units, by the registry it comes from. */
function withUnits(
  spec: { kind: string },
  profiles: readonly { kind: string; schema: z.ZodType }[],
): Record<string, unknown> {
  const profile = profiles.find(({ kind }) => kind === spec.kind);
  const units = profile === undefined ? {} : unitsOf(profile.schema);
  return Object.fromEntries(
    Object.entries(spec)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => {
        const unit = units[key] ?? '1';
        if (Array.isArray(value)) return [key, list(value, unit)];
        return [key, typeof value === 'number' && unit !== '1' ? si(value, unit) : value];
      }),
  );
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
  const { pitch, place } = particles;
  const limit = (value: number | null) => (value === null ? null : si(value, 'm/s'));
  return {
    name: scenario.name,
    description: scenario.description,
    seed: scenario.seed,
    species: species(scenario.species),
    particles: {
      count: particles.count,
      speed: speed(particles.speed),
      pitch: pitch.kind === 'beam' ? { ...pitch, halfAngle: si(pitch.halfAngle, 'rad') } : { ...pitch },
      place: place.kind === 'point' ? { kind: place.kind, s: si(place.s, 'm') } : { ...place },
      stratify: { ...particles.stratify },
    },
    field: withUnits(scenario.field, fieldProfiles),
    potential: scenario.potential === null ? null : withUnits(scenario.potential, potentialProfiles),
    parallelField: scenario.parallelField === null ? null : parallelField(scenario.parallelField),
    collisions:
      collisions.operator === 'none'
        ? { operator: collisions.operator }
        : { operator: collisions.operator, rate: rate(collisions.rate) },
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
  return stringify(scenarioInput(scenario), { lineWidth: 0, aliasDuplicateObjects: false });
}
