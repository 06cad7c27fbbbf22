/** The registry of fields in space. A new profile is one file and one line here. */
import type * as z from 'zod';
import { variants } from '../../scenario/leaves.js';
import { bottle } from './bottle.js';
import { coils } from './coils.js';
import { currentSheet } from './currentSheet.js';
import { dipole } from './dipole.js';
import { eqdsk } from './eqdsk.js';
import { grid } from './grid.js';
import { ramp } from './ramp.js';
import { sheets } from './sheets.js';
import { step } from './step.js';
import { tokamak } from './tokamak.js';
import { turbulence } from './turbulence.js';
import type { SpaceField, SpaceProfile } from './types.js';
import { uniform } from './uniform.js';
import { wave } from './wave.js';

/** Every field that a scenario of full orbits can name. */
export const spaceProfiles = [
  uniform,
  bottle,
  dipole,
  coils,
  currentSheet,
  step,
  sheets,
  tokamak,
  turbulence,
  wave,
  ramp,
  grid,
  eqdsk,
] as const;

/** A field as a scenario's validated form holds it. */
export type SpaceSpec = z.output<(typeof spaceProfiles)[number]['schema']>;

export const spaceKinds: readonly string[] = spaceProfiles.map(({ kind }) => kind);

const schemas = spaceProfiles.map(({ schema }) => schema) as unknown as readonly [z.ZodType<SpaceSpec>];

/** The schema of the `field` of full orbits, by its `kind`. */
export const spaceSchema = variants('kind', spaceKinds, schemas);

/**
 * Builds the field a validated specification describes.
 * @throws SectionFault where the numbers describe no field
 * @example
 * buildSpaceField({ kind: 'bottle', B: 1, scale: 2 }).strength // => 1
 */
export function buildSpaceField(spec: SpaceSpec): SpaceField {
  const profile = spaceProfiles.find(({ kind }) => kind === spec.kind) as SpaceProfile | undefined;
  if (profile === undefined)
    throw new RangeError(`field.kind: ${spec.kind} is not known (known: ${spaceKinds.join(', ')})`);
  return profile.build(spec);
}

export {
  type SpacePotentialSpec,
  spacePotentialSchema,
  spacePotentials,
  withPotential,
} from './potential.js';
export { scalesAt } from './scales.js';
export type { FieldPass, FieldValue, SpaceEnds, SpaceField, SpaceProfile, SpaceUnits, Vector } from './types.js';
