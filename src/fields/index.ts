/** The registry of fields along a line. A new profile is one file and one line here. */
import type * as z from 'zod';
import { variants } from '../scenario/leaves.js';
import { dipole } from './dipole.js';
import { multiMirror } from './multiMirror.js';
import { parabolic } from './parabolic.js';
import { table } from './table.js';
import { twoCoil } from './twoCoil.js';
import type { FieldProfile, LineField } from './types.js';
import { uniform } from './uniform.js';

/** Every field a scenario can name. */
export const fieldProfiles = [parabolic, uniform, dipole, twoCoil, multiMirror, table] as const;

/** A field as a scenario's validated form holds it. */
export type FieldSpec = z.output<(typeof fieldProfiles)[number]['schema']>;

/** Names of the registered fields. */
export const fieldKinds: readonly string[] = fieldProfiles.map(({ kind }) => kind);

const schemas = fieldProfiles.map(({ schema }) => schema) as unknown as readonly [z.ZodType<FieldSpec>];

/** The schema of a scenario's `field`, by its `kind`. */
export const fieldSchema = variants('kind', fieldKinds, schemas);

/**
 * Builds the field a validated specification describes.
 * @throws SectionFault where the numbers describe no mirror
 * @example
 * buildField({ kind: 'parabolic', B: 0.5, ratio: 5, length: 2 }).Bmax // => 2.5
 */
export function buildField(spec: FieldSpec): LineField {
  const profile = fieldProfiles.find(({ kind }) => kind === spec.kind) as FieldProfile | undefined;
  if (profile === undefined)
    throw new RangeError(`field.kind: ${spec.kind} is not known (known: ${fieldKinds.join(', ')})`);
  return profile.build(spec);
}

export { type DescribedNumber, type DescribedParticle, describeField, type FieldDescription } from './describe.js';
export { buildParallelField, type ParallelFieldSpec, parallelFieldSchema } from './parallelField.js';
export { buildPotential, type PotentialSpec, potentialKinds, potentialProfiles, potentialSchema } from './potential.js';
export { coarserTableError } from './table.js';
export type {
  FieldKernel,
  FieldProfile,
  LineElectricField,
  LineField,
  LineGrid,
  LinePotential,
  LineTable,
} from './types.js';
