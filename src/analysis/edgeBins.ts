import { linearFit } from './fits.js';
import type { AnalysisPlan } from './types.js';

/** Part of the trapped range, next to the edge, that f at the edge is extrapolated from; at least this many bins. */
const EDGE_PART = 0.1;
const EDGE_BINS = 3;

/** The fine bins of |midplane pitch| about the edge of the loss cone: what turns counts in them into f, and into f at the edge. */
export class EdgeBins {
  readonly edges: ArrayLike<number>;
  /** Middles of the bins. */
  readonly x: Float64Array;
  /** What counts are divided by for f, of any common unit. */
  readonly volume: Float64Array;
  /** The first bin in the cone; those before are trapped. */
  readonly cone: number;
  readonly #near: readonly number[];
  readonly #distances: readonly number[];
  readonly #weights: readonly number[];

  constructor({ axes, reference }: AnalysisPlan) {
    const edges = axes.edgeXiEdges;
    const { xiLossCone, edgeVolume } = reference;
    this.edges = edges;
    const bins = Math.max(0, edges.length - 1);
    this.x = Float64Array.from({ length: bins }, (_, k) => (edges[k] + edges[k + 1]) / 2);
    this.volume = Float64Array.from({ length: bins }, (_, k) => edgeVolume?.[k] ?? edges[k + 1] - edges[k]);
    this.cone = this.x.reduce((n, x) => n + (x < xiLossCone ? 1 : 0), 0);
    const trapped = Array.from({ length: this.cone }, (_, k) => this.cone - 1 - k);
    this.#near = trapped.filter((k, rank) => edges[k] >= (1 - EDGE_PART) * xiLossCone || rank < EDGE_BINS);
    this.#distances = this.#near.map((k) => this.x[k] - xiLossCone);
    // by size, as for an f that is about the same in all: weights from the counts would favour those low by chance
    this.#weights = this.#near.map((k) => this.volume[k]);
  }

  get length(): number {
    return this.x.length;
  }

  /** Whether there are enough on the trapped side. */
  get enough(): boolean {
    return this.#near.length >= EDGE_BINS;
  }

  /** f at the edge of the cone: the straight line through the bins next to it on the trapped side, at the edge. */
  atEdge(counts: ArrayLike<number>): number {
    const f = this.#near.map((k) => counts[k] / this.volume[k]);
    return linearFit(this.#distances, f, this.#weights).intercept;
  }

  /** Mean f in the cone, every |xi0| as any other. */
  inCone(counts: ArrayLike<number>): number {
    let sum = 0;
    let range = 0;
    for (let k = this.cone; k < this.length; k++) {
      const width = this.edges[k + 1] - this.edges[k];
      sum += (counts[k] / this.volume[k]) * width;
      range += width;
    }
    return sum / range;
  }
}
