/**
 * Synthetic tallies with exactly known answers: particles that walk on the bins of the pitch cosine as a Markov chain.
 *
 * The rates between neighbouring bins are the finite-volume form of `nu d/dxi (1 - xi^2) d/dxi`, bins in the cone lose
 * their particles at a given rate (Infinity: at once). Everything that is estimated is then a matter of linear algebra:
 * the loss rate is the least eigenvalue, the mean loss time a linear system, and the mean of bin-averaged P_2 decays as
 * exp(-6 nu t) exactly. The particles are sampled from the exact transition probabilities between snapshots, so that
 * noise, correlation in time and transients are those of a real run.
 */

import type { AnalysisPlan, AnalysisScenario, TallyReader } from '../../src/analysis/types.js';
import type { TallySpec } from '../../src/plan/tallies.js';

export interface ChainOptions {
  bins: number;
  nu: number;
  times: readonly number[];
  /** |xi| beyond which particles are lost (a bin edge), and how fast; null: a closed run. */
  cone: { edge: number; leak: number } | null;
  /** Initial probability of each bin, not normalised. */
  start: (xi: number) => number;
  muBins?: number;
  /** Edges of the loss-time bins; the snapshot times if left out. */
  bounceWeight?: (xi: number) => number;
}

/** xoshiro128** seeded by a counter. */
export function generator(seed: number): () => number {
  let z = (seed ^ 0x9e3779b9) >>> 0;
  const next = () => {
    z = (z + 0x9e3779b9) >>> 0;
    let x = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
    return (x ^ (x >>> 16)) >>> 0;
  };
  let [a, b, c, d] = [next(), next(), next(), next()];
  return () => {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    return (result + 0.5) / 4294967296;
  };
}

const K = 1e-15; // mu = K (1 - xi^2) [J/T]: half of p^2/(m B)
const START_BINS = 4;
const MASS = 1.67262192369e-27;
const B = 0.5;
export const MOMENT_SCALE = K;

/** A transition between two snapshots: alias tables for the next state of each state. */
interface Step {
  probability: Float64Array;
  alias: Int32Array;
  /** Mean time after the interval's start at which those are lost that start in a state and are lost in it. */
  lossDelay: Float64Array;
}

export class Chain {
  readonly options: ChainOptions;
  readonly edges: Float64Array;
  /** Bin averages of xi^2. */
  readonly square: Float64Array;
  /** Rates out of each bin: [to the left, to the right, lost]. */
  readonly rates: [Float64Array, Float64Array, Float64Array];
  readonly #steps: Step[] = [];
  readonly #start: Float64Array;

  constructor(options: ChainOptions) {
    this.options = options;
    const { bins, nu, times, cone } = options;
    const dx = 2 / bins;
    this.edges = Float64Array.from({ length: bins + 1 }, (_, i) => -1 + i * dx);
    const centre = Float64Array.from({ length: bins }, (_, i) => -1 + (i + 0.5) * dx);
    this.square = centre.map((x) => x * x + (dx * dx) / 12);
    const across = (x: number) => Math.max(0, (nu * (1 - x * x)) / (dx * dx));
    const left = centre.map((_, i) => (i === 0 ? 0 : across(this.edges[i])));
    const right = centre.map((_, i) => (i === bins - 1 ? 0 : across(this.edges[i + 1])));
    const lost = centre.map((x) => (cone && Math.abs(x) > cone.edge ? Math.min(cone.leak, 1e9 * nu) : 0));
    this.rates = [left, right, lost];
    const weights = centre.map(options.start);
    const sum = weights.reduce((a, b) => a + b, 0);
    this.#start = weights.map((w) => w / sum);
    const cache = new Map<string, Step>();
    for (let j = 1; j < times.length; j++) {
      const key = (times[j] - times[j - 1]).toPrecision(10);
      if (!cache.has(key)) cache.set(key, this.#step(times[j] - times[j - 1]));
      this.#steps.push(cache.get(key)!);
    }
  }

  /** Generator matrix over bins and two absorbing states (lost left, lost right), row-major, rows sum to 0. */
  matrix(): Float64Array {
    const { bins } = this.options;
    const n = bins + 2;
    const [left, right, lost] = this.rates;
    const q = new Float64Array(n * n);
    for (let i = 0; i < bins; i++) {
      if (lost[i] >= 1e8 * this.options.nu) {
        // lost at once: a state that is left before anything else happens
        q[i * n + i] = -lost[i];
        q[i * n + (i < bins / 2 ? bins : bins + 1)] = lost[i];
        continue;
      }
      if (i > 0) q[i * n + i - 1] = left[i];
      if (i < bins - 1) q[i * n + i + 1] = right[i];
      q[i * n + (i < bins / 2 ? bins : bins + 1)] += lost[i];
      q[i * n + i] = -left[i] - right[i] - lost[i];
    }
    // what would enter a bin that loses at once is lost on the way
    for (let i = 0; i < bins; i++) {
      for (const k of [i - 1, i + 1]) {
        if (k < 0 || k >= bins || lost[k] < 1e8 * this.options.nu || lost[i] >= 1e8 * this.options.nu) continue;
        q[i * n + (k < bins / 2 ? bins : bins + 1)] += q[i * n + k];
        q[i * n + k] = 0;
      }
    }
    return q;
  }

  #step(interval: number): Step {
    const n = this.options.bins + 2;
    const parts = 16;
    const small = exponential(this.matrix(), n, interval / parts, this.options);
    // lost fraction F_i at 0, 1/16, ..., 1 of the interval, for the mean time of those lost
    let power: Float64Array = identity(n);
    const lostAt = [new Float64Array(n)];
    for (let k = 0; k < parts; k++) {
      power = product(power, small, n);
      lostAt.push(Float64Array.from({ length: n }, (_, i) => power[i * n + n - 2] + power[i * n + n - 1]));
    }
    const lossDelay = Float64Array.from({ length: n }, (_, i) => {
      let integral = 0;
      for (let k = 0; k <= parts; k++) {
        integral += lostAt[k][i] * (k === 0 || k === parts ? 1 : k % 2 === 1 ? 4 : 2);
      }
      const mean = (integral * (interval / parts)) / 3 / lostAt[parts][i];
      return Number.isFinite(mean) ? interval - mean : interval / 2;
    });
    const probability = new Float64Array(n * n);
    const alias = new Int32Array(n * n);
    for (let i = 0; i < n; i++) aliasTable(power.subarray(i * n, (i + 1) * n), probability, alias, i * n);
    return { probability, alias, lossDelay };
  }

  /** Least decay rate (inverse iteration) and its mode, normalised to sum 1. */
  slowest(): { rate: number; mode: Float64Array } {
    const { bins, nu } = this.options;
    const n = bins + 2;
    const q = this.matrix();
    const alive = Array.from({ length: bins }, (_, i) => i).filter((i) => this.rates[2][i] < 1e8 * nu);
    let mode = alive.map(() => 1);
    let rate = 0;
    for (let k = 0; k < 200; k++) {
      const next = solve(
        alive.map((i) => alive.map((j) => -q[j * n + i])),
        mode,
      );
      const sum = next.reduce((a, b) => a + b, 0);
      rate = mode.reduce((a, b) => a + b, 0) / sum;
      mode = next.map((x) => x / sum);
    }
    const full = new Float64Array(bins);
    alive.forEach((i, k) => {
      full[i] = mode[k];
    });
    return { rate, mode: full };
  }

  /** Mean loss time of the start. */
  meanLossTime(): number {
    const { bins, nu } = this.options;
    const n = bins + 2;
    const q = this.matrix();
    const alive = Array.from({ length: bins }, (_, i) => i).filter((i) => this.rates[2][i] < 1e8 * nu);
    const time = solve(
      alive.map((i) => alive.map((j) => -q[i * n + j])),
      alive.map(() => 1),
    );
    return alive.reduce((sum, i, k) => sum + this.#start[i] * time[k], 0);
  }

  /** Exact probability of being inside at snapshot j (and lost right by the end). */
  inside(j: number): number {
    const state = this.#at(j);
    return 1 - state[this.options.bins] - state[this.options.bins + 1];
  }

  lostRight(): number {
    return this.#at(this.options.times.length - 1)[this.options.bins + 1];
  }

  #at(j: number): Float64Array {
    const n = this.options.bins + 2;
    const power = exponential(this.matrix(), n, this.options.times[j] - this.options.times[0], this.options);
    return Float64Array.from({ length: n }, (_, k) => this.#start.reduce((sum, p, i) => sum + p * power[i * n + k], 0));
  }

  /** D_mumu of the start: half the rate of growth of <dmu^2>. */
  diffusion(): number {
    const [left, right] = this.rates;
    let sum = 0;
    for (let i = 0; i < this.options.bins; i++) {
      const jump = (k: number) => (K * (this.square[k] - this.square[i])) ** 2;
      if (i > 0) sum += (this.#start[i] * left[i] * jump(i - 1)) / 2;
      if (i < this.options.bins - 1) sum += (this.#start[i] * right[i] * jump(i + 1)) / 2;
    }
    return sum;
  }

  /** d<mu>/dt of the start: exactly `2 nu K (3 <xi^2> - 1)`. */
  drift(): number {
    let sum = 0;
    for (let i = 0; i < this.options.bins; i++) sum += this.#start[i] * (3 * this.square[i] - 1);
    return 2 * this.options.nu * K * sum;
  }

  /** D_xixi and drift of xi of the start, exact for the chain. */
  pitch(): { diffusion: number; drift: number } {
    const { bins, nu } = this.options;
    let [square, mean] = [0, 0];
    for (let i = 0; i < bins; i++) {
      const xi = (this.edges[i] + this.edges[i + 1]) / 2;
      square += this.#start[i] * xi * xi;
      mean += this.#start[i] * xi;
    }
    return { diffusion: nu * (1 - square - 1 / bins ** 2), drift: -2 * nu * mean };
  }

  /** Probability that the start lies below the cone's edge. */
  trapped(): number {
    const edge = this.options.cone?.edge ?? 1;
    let sum = 0;
    for (let i = 0; i < this.options.bins; i++) {
      if (Math.max(Math.abs(this.edges[i]), Math.abs(this.edges[i + 1])) <= edge + 1e-12) sum += this.#start[i];
    }
    return sum;
  }

  plan(): AnalysisPlan {
    const { times, nu, cone, bins, bounceWeight, muBins = 1 } = this.options;
    const xiLossCone = cone?.edge ?? 1;
    const speed = Math.sqrt((2 * K * B) / MASS);
    return {
      particles: 0,
      groups: 32,
      axes: {
        times: Float64Array.from(times),
        speedEdges: Float64Array.of(0.9 * speed, 1.1 * speed),
        xiEdges: this.edges,
        sEdges: Float64Array.of(-1, 1),
        muEdges: Float64Array.from({ length: muBins + 1 }, (_, u) => (u * K) / muBins),
        startXiEdges: Float64Array.from({ length: START_BINS + 1 }, (_, w) => (2 * w) / START_BINS - 1),
        edgeXiEdges: this.edgeXi(),
        lossTimeEdges: Float64Array.from(times),
      },
      reference: {
        speed,
        nu,
        length: 2,
        mirrorRatio: 1 / (1 - xiLossCone ** 2),
        xiLossCone,
        Bmin: B,
        Bmax: B / (1 - xiLossCone ** 2),
        bouncePeriod: 0,
        bounceWeight: bounceWeight
          ? Float64Array.from(
              { length: bins },
              (_, i) => (bounceWeight((this.edges[i] + this.edges[i + 1]) / 2) * 2) / bins,
            )
          : null,
        oneSpeed: true,
        oneRate: true,
        foldedPitch: false,
        startMomenta: Float64Array.of(MASS * speed, MASS * speed),
        startShares: Float64Array.of(1),
        startRates: Float64Array.of(nu),
      },
    };
  }

  /** Fine bins about the edge of the cone: the chain's own, of one sign, from three in front of the edge on. */
  edgeXi(): Float64Array {
    const { cone } = this.options;
    if (!cone || !(cone.leak < Infinity)) return new Float64Array(0);
    const width = this.edges[1] - this.edges[0];
    return this.edges.filter((x) => x > cone.edge - 3.5 * width);
  }

  scenario(): AnalysisScenario {
    const { cone } = this.options;
    return {
      species: { mass: MASS },
      particles: { pitch: { kind: 'isotropic', only: 'all' }, place: { kind: 'midplane' } },
      field: { kind: 'uniform' },
      potential: null,
      parallelField: null,
      boundary: cone ? { kind: 'throat' } : { kind: 'none' },
      motion: { kind: 'homogeneous' },
    };
  }

  /** Runs groups of the given sizes; the same seed gives the same tallies. */
  run(seed: number, sizes: readonly number[]): TallyReader {
    const { bins, times, cone, muBins = 1 } = this.options;
    const T = times.length;
    const n = bins + 2;
    const random = generator(seed);
    const specs = tallySpecs(T, bins, muBins, Math.max(0, this.edgeXi().length - 1));
    const groups = new Map(
      specs.map((spec) => [spec.name, Array.from({ length: 32 }, () => new Float64Array(size(spec)))]),
    );
    const startProbability = new Float64Array(bins);
    const startAlias = new Int32Array(bins);
    aliasTable(this.#start, startProbability, startAlias, 0);
    const draw = (probability: Float64Array, alias: Int32Array, offset: number, states: number) => {
      const u = random() * states;
      const k = Math.floor(u);
      return u - k < probability[offset + k] ? k : alias[offset + k];
    };
    const mu = this.square.map((square) => K * (1 - square));
    const xiOf = (state: number) => (this.edges[state] + this.edges[state + 1]) / 2;
    const startBin = (state: number) => Math.min(START_BINS - 1, Math.floor(((xiOf(state) + 1) / 2) * START_BINS));
    // at each time by start and state, which is all that the sums depend on: one count a particle in place of nine sums
    const seen = new Float64Array(T * bins * bins);
    const legendre = legendreAverages(this.edges);
    const muBin = mu.map((value) => Math.min(muBins - 1, Math.floor((value / K) * muBins)));

    sizes.forEach((particles, g) => {
      const at = (name: string) => groups.get(name)![g];
      const [pitch, fates, trapped, lossTimes, lossTime, lossTime2] = [
        'midplanePitch',
        'fates',
        'trapped',
        'lossTimes',
        'lossTime',
        'lossTime2',
      ].map(at);
      const [muSum, mu2, dmu, dmu2, muCount] = ['mu', 'mu2', 'dmu', 'dmu2', 'muCount'].map(at);
      const [dxi, dxi2, xiCount, startXi, startXi2] = ['dxi', 'dxi2', 'xiCount', 'startXi', 'startXi2'].map(at);
      seen.fill(0);
      for (let p = 0; p < particles; p++) {
        const start = draw(startProbability, startAlias, 0, bins);
        let state = start;
        const xi0 = xiOf(state);
        const w = startBin(start);
        startXi[w] += xi0;
        startXi2[w] += xi0 * xi0;
        trapped[0]++;
        const rim = cone?.edge ?? 1;
        if (Math.max(Math.abs(this.edges[state]), Math.abs(this.edges[state + 1])) <= rim + 1e-12) trapped[1]++;
        for (let j = 0; ; j++) {
          seen[(j * bins + start) * bins + state]++;
          if (j === T - 1) {
            fates[cone ? 3 : 0]++;
            break;
          }
          const step = this.#steps[j];
          const next = draw(step.probability, step.alias, state * n, n);
          if (next >= bins) {
            const side = next - bins;
            const time = times[j] + step.lossDelay[state];
            fates[1 + side]++;
            lossTimes[side * (T - 1) + j]++;
            lossTime[side] += time;
            lossTime2[side] += time * time;
            break;
          }
          state = next;
        }
      }
      for (let k = 0; k < seen.length; k++) {
        const count = seen[k];
        if (count === 0) continue;
        const state = k % bins;
        const start = Math.floor(k / bins) % bins;
        const j = Math.floor(k / bins ** 2);
        const u = j * muBins + muBin[start];
        const w = j * START_BINS + startBin(start);
        const dMu = mu[state] - mu[start];
        const dXi = xiOf(state) - xiOf(start);
        pitch[j * bins + state] += count;
        muSum[u] += count * mu[state];
        mu2[u] += count * mu[state] ** 2;
        dmu[u] += count * dMu;
        dmu2[u] += count * dMu ** 2;
        muCount[u] += count;
        dxi[w] += count * dXi;
        dxi2[w] += count * dXi ** 2;
        xiCount[w] += count;
      }
      const sums = at('legendre');
      const energy = at('energy');
      const [along, across] = [at('parallelPressure'), at('perpendicularPressure')];
      for (let j = 0; j < T; j++) {
        for (let i = 0; i < bins; i++) {
          const count = pitch[j * bins + i];
          if (count === 0) continue;
          for (let l = 0; l < 9; l++) sums[j * 9 + l] += count * legendre[l][i];
          energy[j] += count * 1.6e-15;
          along[j] += count * 3.2e-15 * this.square[i];
          across[j] += count * 1.6e-15 * (1 - this.square[i]);
        }
      }
      at('midplanePressure').set(along);
      at('localPitch').set(pitch);
      at('middlePitch').set(pitch);
      const fine = at('edgePitch');
      const F = fine.length / T;
      for (let j = 0; j < T; j++)
        for (let k = 0; k < F; k++) fine[j * F + k] = pitch[j * bins + k + bins - F] + pitch[j * bins + F - 1 - k];
      for (const name of ['local', 'midplane', 'place']) at(name).set(pitch);
    });

    const byName = new Map(specs.map((spec) => [spec.name, spec]));
    return {
      spec: (name) => byName.get(name)!,
      group: (name, g) => groups.get(name)![g].slice(),
      total: (name) => {
        const total = new Float64Array(size(byName.get(name)!));
        for (const group of groups.get(name)!) for (let i = 0; i < total.length; i++) total[i] += group[i];
        return total;
      },
    };
  }
}

/** The plan's tallies for T snapshots, X pitch bins, U bins of mu; one speed, one place, loss bins = intervals. */
export function tallySpecs(T: number, X: number, U: number, F = 0): TallySpec[] {
  const make = (name: string, kind: 'count' | 'sum', shape: number[], unit = '1', quantum = 1): TallySpec => ({
    name,
    kind,
    axes: shape.map((_, i) => `axis${i}`),
    shape,
    grouped: true,
    quantum,
    unit,
  });
  return [
    make('local', 'count', [T, 1, X]),
    make('midplane', 'count', [T, 1, X]),
    make('place', 'count', [T, 1, X]),
    make('midplanePitch', 'count', [T, X]),
    make('middlePitch', 'count', [T, X]),
    make('localPitch', 'count', [T, X]),
    make('edgePitch', 'count', [T, F]),
    make('legendre', 'sum', [T, 9], '1', 2 ** -40),
    make('position', 'sum', [T], 'm', 2 ** -40),
    make('position2', 'sum', [T], 'm^2', 2 ** -40),
    make('mu', 'sum', [T, U], 'J/T', 1e-27),
    make('mu2', 'sum', [T, U], 'J^2/T^2', 1e-42),
    make('dmu', 'sum', [T, U], 'J/T', 1e-27),
    make('dmu2', 'sum', [T, U], 'J^2/T^2', 1e-42),
    make('muCount', 'count', [T, U]),
    make('dxi', 'sum', [T, START_BINS], '1', 2 ** -40),
    make('dxi2', 'sum', [T, START_BINS], '1', 2 ** -40),
    make('xiCount', 'count', [T, START_BINS]),
    make('startXi', 'sum', [START_BINS], '1', 2 ** -40),
    make('startXi2', 'sum', [START_BINS], '1', 2 ** -40),
    make('parallelPressure', 'sum', [T], 'J', 1e-27),
    make('perpendicularPressure', 'sum', [T], 'J', 1e-27),
    make('midplanePressure', 'sum', [T], 'J', 1e-27),
    make('energy', 'sum', [T], 'J', 1e-27),
    make('energy2', 'sum', [T], 'J^2', 1e-42),
    make('losses', 'count', [2, T - 1, 1, X]),
    make('lossTimes', 'count', [2, T - 1]),
    make('lossTime', 'sum', [2], 's', 1e-12),
    make('lossTime2', 'sum', [2], 's^2', 1e-12),
    make('fates', 'count', [5]),
    make('faultTimes', 'count', [T - 1]),
    make('trapped', 'count', [2]),
    make('work', 'count', [1]),
  ];
}

function size(spec: TallySpec): number {
  return spec.shape.reduce((a, b) => a * b, 1);
}

/** Averages of P_l over each bin, l = 0..8, from `(2l+1) P_l = d(P_{l+1} - P_{l-1})/dx`. */
function legendreAverages(edges: Float64Array): Float64Array[] {
  const p = (l: number, x: number): number => {
    let [before, now] = [0, 1];
    for (let k = 0; k < l; k++) [before, now] = [now, ((2 * k + 1) * x * now - k * before) / (k + 1)];
    return now;
  };
  return Array.from({ length: 9 }, (_, l) =>
    Float64Array.from({ length: edges.length - 1 }, (_, i) => {
      if (l === 0) return 1;
      const primitive = (x: number) => (p(l + 1, x) - p(l - 1, x)) / (2 * l + 1);
      return (primitive(edges[i + 1]) - primitive(edges[i])) / (edges[i + 1] - edges[i]);
    }),
  );
}

function aliasTable(weights: Float64Array, probability: Float64Array, alias: Int32Array, offset: number): void {
  const n = weights.length;
  const sum = weights.reduce((a, b) => a + Math.max(b, 0), 0);
  const scaled = weights.map((w) => (Math.max(w, 0) * n) / sum);
  const small: number[] = [];
  const large: number[] = [];
  for (let i = 0; i < n; i++) (scaled[i] < 1 ? small : large).push(i);
  while (small.length > 0 && large.length > 0) {
    const i = small.pop()!;
    const k = large.pop()!;
    probability[offset + i] = scaled[i];
    alias[offset + i] = k;
    scaled[k] -= 1 - scaled[i];
    (scaled[k] < 1 ? small : large).push(k);
  }
  for (const i of [...small, ...large]) {
    probability[offset + i] = 1;
    alias[offset + i] = i;
  }
}

function identity(n: number): Float64Array {
  const one = new Float64Array(n * n);
  for (let i = 0; i < n; i++) one[i * n + i] = 1;
  return one;
}

function product(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const c = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const x = a[i * n + k];
      if (x !== 0) for (let j = 0; j < n; j++) c[i * n + j] += x * b[k * n + j];
    }
  }
  return c;
}

/** exp(Q t) by scaling and squaring of the Taylor series; bins that lose at once are rows that go straight to their sink. */
function exponential(q: Float64Array, n: number, t: number, { nu }: ChainOptions): Float64Array {
  const instant = Array.from({ length: n }, (_, i) => q[i * n + i] < -1e7 * nu);
  const matrix = q.slice();
  instant.forEach((at, i) => {
    if (at) matrix.fill(0, i * n, (i + 1) * n);
  });
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, -matrix[i * n + i] * t);
  const halvings = Math.max(0, Math.ceil(Math.log2(largest / 0.25)));
  const scaled = matrix.map((x) => (x * t) / 2 ** halvings);
  let result: Float64Array = identity(n);
  for (let k = 14; k >= 1; k--) {
    result = product(scaled, result, n).map((x) => x / k);
    for (let i = 0; i < n; i++) result[i * n + i] += 1;
  }
  for (let k = 0; k < halvings; k++) result = product(result, result, n);
  instant.forEach((at, i) => {
    if (at) {
      result.fill(0, i * n, (i + 1) * n);
      result[i * n + (q[i * n + n - 2] > 0 ? n - 2 : n - 1)] = 1;
    }
  });
  return result;
}

/** Gaussian elimination with partial pivoting. */
function solve(matrix: number[][], right: readonly number[]): number[] {
  const n = right.length;
  const a = matrix.map((row, i) => [...row, right[i]]);
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(a[i][k]) > Math.abs(a[pivot][k])) pivot = i;
    [a[k], a[pivot]] = [a[pivot], a[k]];
    for (let i = k + 1; i < n; i++) {
      const factor = a[i][k] / a[k][k];
      if (factor !== 0) for (let j = k; j <= n; j++) a[i][j] -= factor * a[k][j];
    }
  }
  const x = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i--) {
    let sum = a[i][n];
    for (let j = i + 1; j < n; j++) sum -= a[i][j] * x[j];
    x[i] = sum / a[i][i];
  }
  return x;
}
