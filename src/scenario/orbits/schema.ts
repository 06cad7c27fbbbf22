/** The schema of a scenario of full orbits, from what a user writes to SI. */
import * as z from 'zod';
import {
  buildSpaceField,
  type SpaceField,
  spaceKinds,
  spacePotentialSchema,
  spaceSchema,
} from '../../fields/space/index.js';
import type { Vector } from '../../fields/space/types.js';
import { type Fault, ScenarioError, SectionFault } from '../faults.js';
import { orAbsent, short } from '../leaves.js';
import { type ParseOptions, pathOf, readPlain, readSections } from '../parse.js';
import { checkPitch, type Report, resolveRate, resolveSpeed, type ScatteringRate, type Times } from '../resolve.js';
import { sections as lineSections } from '../schema.js';
import { collisionsSchema } from '../sections/collisions.js';
import { timesSchema } from '../sections/times.js';
import { checkMotion, hybridOf } from './motion.js';
import { checkTrajectories, orbitOutputsSchema } from './outputs.js';
import { orbitBoundarySchema, orbitMotionSchema, orbitParticlesSchema, orbitTalliesSchema } from './sections.js';

export { isOrbitInput } from './sections.js';

/** The sections of a scenario of full orbits, each with its default. */
export const orbitSections = {
  name: lineSections.name,
  description: lineSections.description,
  seed: lineSections.seed,
  species: lineSections.species,
  particles: orbitParticlesSchema.prefault({}),
  field: short((value) => (typeof value === 'string' ? { kind: value } : value), spaceSchema, {
    description: 'The fields in space',
    shortForm: { enum: spaceKinds },
  }),
  potential: orAbsent(
    spacePotentialSchema.meta({
      description: 'A static electric potential, beside the electric field that the field has',
    }),
  ),
  collisions: collisionsSchema.prefault({ operator: 'none' }),
  motion: orbitMotionSchema.prefault({}),
  boundary: orbitBoundarySchema.prefault({}),
  times: timesSchema.prefault({}),
  tallies: orbitTalliesSchema.prefault({}),
  outputs: orbitOutputsSchema.prefault({}),
} as const;

/** What a user writes, before the sections are seen together. */
export const orbitDraftSchema = z.strictObject(orbitSections);
export type OrbitDraft = z.output<typeof orbitDraftSchema>;
/** What may be written as a scenario of full orbits. */
export type OrbitInput = z.input<typeof orbitDraftSchema>;

/** A validated scenario of full orbits: SI numbers, every choice made. */
export type OrbitScenario = Omit<OrbitDraft, 'particles' | 'times' | 'boundary' | 'collisions'> & {
  readonly collisions: { readonly operator: 'exact' | 'none'; readonly rate: ScatteringRate };
  readonly particles: Omit<OrbitDraft['particles'], 'speed' | 'place'> & {
    readonly speed: ReturnType<typeof resolveSpeed>;
    readonly place: { readonly kind: string; readonly at: Vector; readonly halfWidth: Vector };
  };
  readonly times: Times;
  readonly boundary: {
    readonly lowZ: number | null;
    readonly highZ: number | null;
    readonly innerRadius: number | null;
    readonly outerRadius: number | null;
    readonly minorRadius: number | null;
  };
};

function fieldOf(spec: OrbitDraft['field'], report: Report): SpaceField | null {
  try {
    return buildSpaceField(spec);
  } catch (error) {
    if (!(error instanceof SectionFault)) throw error;
    for (const { path, found, message } of error.faults) report(`field.${path}`, found, message);
    return null;
  }
}

function timesOf(times: OrbitDraft['times'], report: Report): Times | null {
  const at = times.at?.values ?? null;
  if (at !== null) return { at, count: at.length, until: { seconds: at[at.length - 1] }, spacing: times.spacing };
  if (times.until === undefined) {
    report('times.until', 'nothing', 'is missing (must be a time, e.g. 50 us)');
    return null;
  }
  if (!('seconds' in times.until)) {
    report('times.until', 'a number', 'must be a time for full orbits, e.g. 50 us');
    return null;
  }
  return { at, count: times.count, until: times.until, spacing: times.spacing };
}

/** Scattering of a velocity in space: exact in law, at a rate that knows no length of a line. */
function collisionsOf(
  { operator, rate }: OrbitDraft['collisions'],
  species: OrbitDraft['species'],
  report: Report,
): OrbitScenario['collisions'] | null {
  if (operator !== 'exact' && operator !== 'none') {
    report(
      'collisions.operator',
      `"${operator}"`,
      `"${operator}" is not offered for full orbits (must be exact or none)`,
    );
    return null;
  }
  if (operator === 'none') {
    if (rate === undefined) return { operator, rate: { law: 'constant', value: 0 } };
    report('collisions.rate', 'a rate', 'is given though operator is none (leave it out, or choose exact)');
    return null;
  }
  if (rate === undefined) {
    report('collisions.rate', 'nothing', 'is missing (must be a rate, e.g. 1e3 /s)');
    return null;
  }
  if (rate.law === 'strength') {
    report(
      'collisions.rate',
      'a strength',
      'needs the length of a line, which full orbits do not have (must be a rate)',
    );
    return null;
  }
  return { operator, rate: resolveRate(rate, species, report) };
}

/** Sees the sections together. */
function resolveOrbits(draft: Partial<OrbitDraft>): { scenario: OrbitScenario | null; faults: Fault[] } {
  const faults: Fault[] = [];
  const report: Report = (path, found, message) => faults.push({ path, found, message });
  const { particles, species, field: spec, times: when } = draft;
  const speed = particles && species ? resolveSpeed(particles.speed, species, report) : null;
  if (particles) {
    checkPitch(particles.pitch, report);
    if (particles.pitch.only === 'trapped')
      report('particles.pitch.only', '"trapped"', '"trapped" is not offered for full orbits (must be all)');
  }
  const field = spec ? fieldOf(spec, report) : null;
  if (draft.motion && draft.collisions) checkMotion(draft.motion.kind, draft.collisions.operator, field, report);
  const collisions = draft.collisions && species ? collisionsOf(draft.collisions, species, report) : null;
  const times = when ? timesOf(when, report) : null;
  const paths = draft.outputs?.trajectories;
  if (paths && particles && times && 'seconds' in times.until)
    checkTrajectories(paths, particles.count, times.until.seconds, report);
  const place = particles?.place ?? { kind: 'point' as const, at: field?.origin ?? ([0, 0, 0] as const) };
  if (typeof draft.boundary?.minorRadius === 'number' && field && field.ends?.majorRadius === undefined)
    report(
      'boundary.minorRadius',
      `${draft.boundary.minorRadius} m`,
      `${draft.boundary.minorRadius} m is from a magnetic axis, which a field of kind ${field.kind} has not (leave it out)`,
    );
  const whole = Object.keys(orbitSections).every((key) => key in draft);
  if (!whole || !speed || !field || !times || !collisions || !particles || faults.length > 0)
    return { scenario: null, faults };
  const { boundary } = draft as OrbitDraft;
  const ends = (key: 'lowZ' | 'highZ' | 'innerRadius' | 'outerRadius' | 'minorRadius') =>
    boundary[key] ?? field.ends?.[key] ?? null;
  const scenario: OrbitScenario = {
    ...(draft as OrbitDraft),
    particles: {
      ...particles,
      speed,
      place: { kind: place.kind, at: place.at, halfWidth: place.kind === 'box' ? place.halfWidth : [0, 0, 0] },
    },
    collisions,
    motion: { ...(draft as OrbitDraft).motion, step: draft.motion?.step ?? null, ...hybridOf(draft.motion, report) },
    times,
    boundary: {
      lowZ: ends('lowZ'),
      highZ: ends('highZ'),
      innerRadius: ends('innerRadius'),
      outerRadius: ends('outerRadius'),
      minorRadius: ends('minorRadius'),
    },
  };
  return { scenario, faults };
}

/**
 * Reads a scenario of full orbits: YAML, JSON or an object, with units on every dimensioned number.
 * @param input text of at most 1 MiB, or plain data of the same shape
 * @param options `files`: opens the files the scenario names
 * @returns the validated scenario, in SI
 * @throws ScenarioError with every fault by key path
 * @example
 * parseOrbits('{ motion: fullOrbit, field: { kind: bottle, B: 1 T, scale: 1 m }, times: { until: 1 us } }').field.kind // => "bottle"
 */
export function parseOrbits(input: string | OrbitInput, options: ParseOptions = {}): OrbitScenario {
  const { plain, faults, report } = readPlain(input, options);
  const draft: Partial<OrbitDraft> = readSections<OrbitDraft>(plain, orbitSections, report);
  const { scenario, faults: together } = resolveOrbits(draft);
  for (const fault of together) report(pathOf(fault.path.split('.'), plain), fault.found, fault.message);
  if (scenario === null || faults.length > 0) throw new ScenarioError(faults);
  return scenario;
}
