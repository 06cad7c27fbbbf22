/** A scenario that comes with the package, as YAML a user can copy and change. */
export interface Preset {
  /** What it is called on the command line. */
  readonly name: string;
  readonly title: string;
  /** What it shows. */
  readonly description: string;
  readonly yaml: string;
}
