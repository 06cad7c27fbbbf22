/** Whose turn it is to be drawn, of several figures of a run that goes on. */
export class Turns<R extends object> {
  /** What each was drawn of, the longest ago first. */
  readonly #last = new Map<string, { readonly of: R; readonly width: number }>();

  /**
   * Figures whose drawing is not of this result at this width: those never drawn first, then the one drawn longest ago.
   *
   * @param names the figures that are wanted, the most wanted first
   */
  behind(names: readonly string[], of: R, width: number): string[] {
    const order = [...this.#last.keys()];
    return names
      .filter((name) => {
        const last = this.#last.get(name);
        return last?.of !== of || last.width !== width;
      })
      .sort((a, b) => order.indexOf(a) - order.indexOf(b));
  }

  drawn(name: string, of: R, width: number): void {
    this.#last.delete(name);
    this.#last.set(name, { of, width });
  }
}
