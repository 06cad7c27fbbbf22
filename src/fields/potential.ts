/** The registry of static potentials along a line. A new one is one file in potentials/ and one line here. */
import type * as z from 'zod';
import { variants } from '../scenario/leaves.js';
import { ambipolar } from './potentials/ambipolar.js';
import { cosineBell } from './potentials/cosineBell.js';
import { parabolicPotential } from './potentials/parabolic.js';
import { potentialTable } from './potentials/table.js';
import { refine } from './tabulate.js';
import type { LineField, LinePotential, LineTable, PotentialProfile } from './types.js';

/** Every potential a scenario can name. */
export const potentialProfiles = [parabolicPotential, cosineBell, ambipolar, potentialTable] as const;

/** A potential as a scenario's validated form holds it. */
export type PotentialSpec = z.output<(typeof potentialProfiles)[number]['schema']>;

/** Names of the registered potentials. */
export const potentialKinds: readonly string[] = potentialProfiles.map(({ kind }) => kind);

const schemas = potentialProfiles.map(({ schema }) => schema) as unknown as readonly [z.ZodType<PotentialSpec>];

/** The schema of a scenario's `potential`, by its `kind`. */
export const potentialSchema = variants('kind', potentialKinds, schemas);

/** A table of a function along a field's line, on a grid of its own that is refined until it is exact enough. */
export function tableAlong(
  f: { value(s: number): number; slope(s: number): number },
  field: LineField,
): { table: LineTable; error: number } {
  const { sLeft, sRight } = field;
  let largest = 0;
  for (let i = 0; i <= 256; i++) largest = Math.max(largest, Math.abs(f.value(sLeft + (i / 256) * (sRight - sLeft))));
  const size = () => (largest > 0 ? largest : 1);
  return refine(f, size, sLeft, sRight);
}

/**
 * Builds the potential a validated specification describes, along a field's line.
 * @throws SectionFault where it does not fit the field
 * @example
 * import { buildField } from './index.js'
 * buildPotential({ kind: 'parabolic', drop: 100 }, buildField({ kind: 'parabolic', B: 1, ratio: 2, length: 2 })).gradient(0.5) // => 100
 */
export function buildPotential(spec: PotentialSpec, field: LineField): LinePotential {
  const profile = potentialProfiles.find(({ kind }) => kind === spec.kind) as PotentialProfile | undefined;
  if (profile === undefined) {
    throw new RangeError(`potential.kind: ${spec.kind} is not known (known: ${potentialKinds.join(', ')})`);
  }
  const { value, gradient } = profile.build(spec, field);
  const { table, error } = tableAlong({ value, slope: gradient }, field);
  return { kind: spec.kind, value, gradient, kernel: table, interpolationError: error };
}
