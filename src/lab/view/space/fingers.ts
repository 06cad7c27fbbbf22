/** Two fingers on a picture: how far apart they go is how much is zoomed. */

/** Where a pointer is. */
export interface Touch {
  readonly pointerId: number;
  readonly clientX: number;
  readonly clientY: number;
}

export class Fingers {
  readonly #down = new Map<number, Touch>();

  down(touch: Touch): void {
    this.#down.set(touch.pointerId, touch);
  }

  up({ pointerId }: Touch): void {
    this.#down.delete(pointerId);
  }

  /** A pointer has moved. @returns the factor of the zoom while two are down; undefined for one, which turns */
  moved(touch: Touch): number | undefined {
    if (!this.#down.has(touch.pointerId)) return undefined;
    const before = this.#distance();
    this.#down.set(touch.pointerId, touch);
    const after = this.#distance();
    return before && after ? after / before : undefined;
  }

  /** Pixels between the two; undefined where there are not two. */
  #distance(): number | undefined {
    const [a, b, c] = this.#down.values();
    return a && b && !c ? Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY) : undefined;
  }
}
