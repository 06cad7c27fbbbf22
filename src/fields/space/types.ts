/** Fields in three dimensions, as the plan of full orbits sees them. SI throughout. */
import type * as z from 'zod';

export type Vector = readonly [x: number, y: number, z: number];

/** B [T] and E [V/m] at one place and time. */
export interface FieldValue {
  readonly B: Vector;
  readonly E: Vector;
}

/** What kernel units are worth: lengths [m], fields [T], and c x fields for E [V/m], lengths over c for times [s]. */
export interface SpaceUnits {
  readonly length: number;
  readonly field: number;
  readonly electric: number;
  readonly time: number;
}

/** One field pass of the kernel: its number there and the numbers it reads, in kernel units. */
export interface FieldPass {
  readonly pass: number;
  readonly numbers: readonly number[];
}

/** Where particles end, if nothing else is said [m]. */
export interface SpaceEnds {
  readonly lowZ: number;
  readonly highZ: number;
  readonly innerRadius: number;
  readonly outerRadius: number;
  /** Distance from the ring of `majorRadius` about the z axis. */
  readonly minorRadius: number;
  readonly majorRadius: number;
  /** Edges of a tabulated field: of x and y, and of the distance R from the z axis. */
  readonly lowX: number;
  readonly highX: number;
  readonly lowY: number;
  readonly highY: number;
  readonly lowR: number;
  readonly highR: number;
}

/** A magnetic field in space, with the electric field that belongs to it. */
export interface SpaceField {
  readonly kind: string;
  /** B and E at a place [m] and time [s], exactly as the kernel has them but for rounding. */
  at(x: number, y: number, z: number, t: number): FieldValue;
  /** A strength that is typical of it [T]. */
  readonly strength: number;
  /** The shortest length over which it changes [m]. */
  readonly scale: number;
  /** The largest angular frequency at which it changes at a place [rad/s]; 0 for a static one. */
  readonly frequency: number;
  /** Whether there is an electric field anywhere. */
  readonly electric: boolean;
  /** Largest growth of a component of E along its own axis, of a static potential [V/m^2]; absent: 0. */
  readonly electricSlope?: number;
  /** Whether it depends on z and time alone; absent: no. */
  readonly layered?: boolean;
  /** How large |div B| [T/m] may be: 0, if absent, but for rounding. */
  readonly divergence?: number;
  passes(units: SpaceUnits): readonly FieldPass[];
  readonly ends?: Partial<SpaceEnds>;
  /** Where a particle starts if nothing is said [m]. */
  readonly origin?: Vector;
}

/** A kind of field in space: what a scenario may say of it, and how it is built. One file each, registered in index.ts. */
export interface SpaceProfile<Kind extends string = string, Schema extends z.ZodType = z.ZodType> {
  readonly kind: Kind;
  readonly schema: Schema;
  /** A specification that parses, for documentation and contract tests. */
  readonly example: Readonly<Record<string, unknown>> & { readonly kind: Kind };
  /** @throws SectionFault where the numbers describe no field */
  build(spec: z.output<Schema>): SpaceField;
}

export const STATIC: Vector = [0, 0, 0];

/** The kernel's field passes by name, as assembly/orbits/fields/index.ts numbers them. */
export const PASSES = {
  uniform: 0,
  bottle: 1,
  dipole: 2,
  sheets: 3,
  step: 4,
  coil: 5,
  tokamak: 6,
  planeWaves: 7,
  circularWaves: 8,
  ramp: 9,
  grid: 10,
  flux: 11,
  potential: 12,
} as const;
