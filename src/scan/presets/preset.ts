import type { Adapt } from '../grid.js';

/** A scan that comes with the package. */
export interface ScanPreset {
  /** What it is called on the command line. */
  readonly name: string;
  readonly title: string;
  /** What it shows. */
  readonly description: string;
  /** The scenario that is varied, as YAML. */
  readonly yaml: string;
  readonly axes: Readonly<Record<string, string>>;
  /** Settings of each point that follow from its scenario. */
  readonly adapt: Adapt;
}
