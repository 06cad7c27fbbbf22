/** A magnetic field along one line, and what else acts along it, as the plan and the formulary see them. SI throughout. */
import type * as z from 'zod';

/** What the kernel is given of a field. */
export type FieldKernel =
  | { readonly kind: 'uniform' }
  /** `B = Bmin (1 + s^2/scale^2)`. */
  | { readonly kind: 'parabolic'; readonly scale: number }
  /** Cubic Hermite on the uniform grid `s0 + i ds`, with at least two cells of margin beyond either throat. */
  | {
      readonly kind: 'tabulated';
      readonly s0: number;
      readonly ds: number;
      /** Field strength at the nodes [T]. */
      readonly B: Float64Array;
      /** Its gradient along the line at the nodes [T/m]. */
      readonly dBds: Float64Array;
    };

/** The strength of a magnetic field along a line, between two throats. */
export interface LineField {
  readonly kind: string;
  /** Throat to throat along the line [m]. */
  readonly length: number;
  readonly sLeft: number;
  readonly sRight: number;
  /** Where B is least [m]. */
  readonly sMid: number;
  readonly Bmin: number;
  /** B at the lower throat [T]; `Bmax/Bmin` is the mirror ratio. */
  readonly Bmax: number;
  /** B [T] at s [m], in [sLeft, sRight] and at least two grid cells beyond. */
  strength(s: number): number;
  /** dB/ds [T/m] at s [m]. */
  gradient(s: number): number;
  readonly kernel: FieldKernel;
  /** Largest relative error of B in the kernel's form against `strength`, measured between the nodes; 0 for closed forms. */
  readonly interpolationError: number;
}

/** A kind of field: what a scenario may say of it, and how it is built. One file each, registered in `fields/index.ts`. */
export interface FieldProfile<Kind extends string = string, Schema extends z.ZodType = z.ZodType> {
  readonly kind: Kind;
  readonly schema: Schema;
  /** A specification that parses, for documentation and contract tests. */
  readonly example: Readonly<Record<string, unknown>> & { readonly kind: Kind };
  /** @throws SectionFault where the numbers describe no mirror */
  build(spec: z.output<Schema>): LineField;
}

/** What the kernel is given of a function along the line: cubic Hermite on the uniform grid `s0 + i ds`. */
export interface LineTable {
  readonly kind: 'tabulated';
  readonly s0: number;
  readonly ds: number;
  readonly value: Float64Array;
  readonly slope: Float64Array;
}

/** The grid of a table along the line: node i stands at `s0 + i ds`. */
export interface LineGrid {
  readonly s0: number;
  readonly ds: number;
  readonly nodes: number;
}

/** A static electric potential along a line. */
export interface LinePotential {
  readonly kind: string;
  /** phi [V] at s [m]; 0 at the midplane unless a table says otherwise. */
  value(s: number): number;
  /** dphi/ds [V/m]. */
  gradient(s: number): number;
  /** phi and dphi/ds at the nodes of a grid of its own. */
  readonly kernel: LineTable;
  /** Largest error of phi in the kernel's form, relative to the largest |phi|, measured between the nodes. */
  readonly interpolationError: number;
}

/** A kind of potential, as `FieldProfile`. */
export interface PotentialProfile<Kind extends string = string, Schema extends z.ZodType = z.ZodType> {
  readonly kind: Kind;
  readonly schema: Schema;
  readonly example: Readonly<Record<string, unknown>> & { readonly kind: Kind };
  build(spec: z.output<Schema>, field: LineField): { value(s: number): number; gradient(s: number): number };
}

/** An electric field along the line `Epar(s) g(t)` [V/m] that varies slowly in time. */
export interface LineElectricField {
  /** Epar [V/m] at s [m], for g = 1. */
  value(s: number): number;
  gradient(s: number): number;
  /** g(t), dimensionless, t in s; the same bits in every engine. */
  time(t: number): number;
  readonly timeKind: 'constant' | 'ramp' | 'sine' | 'pulse';
  readonly kernel: { readonly kind: 'uniform'; readonly E: number } | LineTable;
}
