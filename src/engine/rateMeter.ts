/** Speed over the last seconds of a quantity that grows. */
export class RateMeter {
  #window: number;
  #samples: [seconds: number, value: number][] = [];

  /** @param window length of the memory [s] */
  constructor(window = 5) {
    this.#window = window;
  }

  /** Takes the value at a time [s]. */
  add(seconds: number, value: number): void {
    this.#samples.push([seconds, value]);
    while (this.#samples.length > 2 && seconds - this.#samples[0][0] > this.#window) this.#samples.shift();
  }

  /** Growth per second between the oldest and the newest sample; 0 where there are not two, or where it fell. */
  get rate(): number {
    if (this.#samples.length < 2) return 0;
    const [t0, first] = this.#samples[0];
    const [t1, last] = this.#samples[this.#samples.length - 1];
    return t1 > t0 ? Math.max(0, (last - first) / (t1 - t0)) : 0;
  }

  /** Forgets everything. */
  reset(): void {
    this.#samples = [];
  }
}
