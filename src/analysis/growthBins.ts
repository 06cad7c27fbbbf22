/** Of a quantity x in bins of its starting value. */
export interface GrowthInBins {
  /** Particles that start in each bin, not normalised. */
  readonly weight: Float64Array;
  /** D_xx of those trapped in each bin; NaN for a bin in which nothing trapped starts. */
  readonly diffusion: Float64Array;
  /** d<x>/dt of each bin. */
  readonly drift: Float64Array;
  /** Share of all D that is of particles which are isotropic by the first snapshot, and so tell nothing of theirs. */
  readonly settled: number;
  /** Moments at the early snapshots 1, 2, ..., at the scenario's rates and at `MORE` times these. */
  readonly now: readonly GrowthMoments[];
  readonly raised: readonly GrowthMoments[];
}

/** `<1; inside>`, `<x - x0; inside>` and `<(x - x0)^2; inside>` of each bin per particle started. */
export interface GrowthMoments {
  readonly inside: Float64Array;
  readonly first: Float64Array;
  readonly second: Float64Array;
  /** By how much these two may be wrong next to the rim of a loss cone, over which a grid smears a step. */
  readonly doubtOfFirst: Float64Array;
  readonly doubtOfSecond: Float64Array;
}

const MOMENTS = 5;

/** Means over starts in bins of a quantity. */
export class GrowthBins {
  readonly #edges: ArrayLike<number>;
  readonly #weight: Float64Array;
  readonly #trapped: Float64Array;
  readonly #operator: readonly [Float64Array, Float64Array];
  #settled = 0;
  /** Sums of inside - 1, first, second and the doubts of these two, `[look][moment][bin]`. */
  readonly #sums: Float64Array;

  /** @param looks moments of each start: snapshots, at every rate */
  constructor(edges: ArrayLike<number>, looks: number) {
    const blank = () => new Float64Array(edges.length - 1);
    this.#edges = edges;
    [this.#weight, this.#trapped] = [blank(), blank()];
    this.#operator = [blank(), blank()];
    this.#sums = new Float64Array(looks * MOMENTS * (edges.length - 1));
  }

  /** The bin of a value; beyond the edges the first and the last. */
  bin(x: number): number {
    let [low, high] = [0, this.#edges.length - 1];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (x >= this.#edges[middle]) low = middle;
      else high = middle;
    }
    return low;
  }

  /** Upper edge of a bin. */
  end(bin: number): number {
    return this.#edges[bin + 1];
  }

  /** Starts in a bin. */
  add(bin: number, weight: number): void {
    this.#weight[bin] += weight;
  }

  /** Their moments at a look: inside - 1, first, second. */
  addMoments(bin: number, look: number, weight: number, inside: number, first: number, second: number): void {
    const bins = this.#weight.length;
    const at = MOMENTS * look * bins + bin;
    this.#sums[at] += weight * inside;
    this.#sums[at + bins] += weight * first;
    this.#sums[at + 2 * bins] += weight * second;
  }

  /** How much their first and second moments at a look may be off. */
  addDoubt(bin: number, look: number, weight: number, first: number, second: number): void {
    const bins = this.#weight.length;
    const at = MOMENTS * look * bins + bin;
    this.#sums[at + 3 * bins] += weight * first;
    this.#sums[at + 4 * bins] += weight * second;
  }

  /** The operator, of those among them that are trapped. @param settled whether they are isotropic by the first snapshot */
  addOperator(bin: number, weight: number, diffusion: number, drift: number, settled: boolean): void {
    if (settled) this.#settled += weight * diffusion;
    this.#trapped[bin] += weight;
    this.#operator[0][bin] += weight * diffusion;
    this.#operator[1][bin] += weight * drift;
  }

  /** The first half of the looks is at the scenario's rates, the second at raised ones. */
  means(): GrowthInBins {
    const [diffusion, drift] = this.#operator.map((values) => values.map((x, u) => x / this.#trapped[u]));
    const bins = this.#weight.length;
    const moments = Array.from({ length: this.#sums.length / bins / MOMENTS }, (_, look) => {
      const [inside, first, second, doubtOfFirst, doubtOfSecond] = Array.from({ length: MOMENTS }, (_, n) =>
        this.#weight.map((weight, u) => this.#sums[(MOMENTS * look + n) * bins + u] / weight),
      );
      return { inside: inside.map((x) => 1 + x), first, second, doubtOfFirst, doubtOfSecond };
    });
    const half = moments.length / 2;
    const settled = this.#settled / this.#operator[0].reduce((sum, x) => sum + x, 0);
    return {
      weight: this.#weight,
      diffusion,
      drift,
      settled,
      now: moments.slice(0, half),
      raised: moments.slice(half),
    };
  }
}
