import { ALPHA_MASS, DEUTERON_MASS, ELECTRON_MASS, ELEMENTARY_CHARGE, PROTON_MASS, TRITON_MASS } from './constants.js';

/** A kind of charged particle. */
export interface Species {
  readonly name: string;
  /** Rest mass [kg], > 0. */
  readonly mass: number;
  /** Charge with its sign [C], not 0. */
  readonly charge: number;
}

export const ELECTRON: Species = { name: 'electron', mass: ELECTRON_MASS, charge: -ELEMENTARY_CHARGE };
export const PROTON: Species = { name: 'proton', mass: PROTON_MASS, charge: ELEMENTARY_CHARGE };
export const DEUTERON: Species = { name: 'deuteron', mass: DEUTERON_MASS, charge: ELEMENTARY_CHARGE };
export const TRITON: Species = { name: 'triton', mass: TRITON_MASS, charge: ELEMENTARY_CHARGE };
export const ALPHA: Species = { name: 'alpha', mass: ALPHA_MASS, charge: 2 * ELEMENTARY_CHARGE };

/** The species known by name, for scenarios and the command line. */
export const SPECIES: readonly Species[] = [ELECTRON, PROTON, DEUTERON, TRITON, ALPHA];
