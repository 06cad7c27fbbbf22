/**
 * A small Monte Carlo of its own for the tests of files and figures: pitch scattering in a parabolic mirror (or a closed
 * homogeneous box), bounce-averaged, in plain TypeScript. Its tallies have the shapes, names and noise of a real run.
 * Nothing of the kernel is in it, so that files and figures can be tested without one.
 */
import type { TallySpec } from '../../src/plan/tallies.js';

export interface SimulationOptions {
  particles: number;
  groups: number;
  speedBins: number;
  xiBins: number;
  placeBins: number;
  muBins: number;
  lossTimeBins: number;
  times: number;
  collisionTimes: number;
  /** Open: particles leave through the loss cone. Closed: they stay, and start as a beam along the field. */
  open: boolean;
}

export interface Simulation {
  options: SimulationOptions;
  specs: TallySpec[];
  /** Integers, `[group][element]`, one group where the tally is not grouped. */
  integers: Record<string, bigint[][]>;
  axes: {
    times: Float64Array;
    speedEdges: Float64Array;
    xiEdges: Float64Array;
    sEdges: Float64Array;
    muEdges: Float64Array;
    startXiEdges: Float64Array;
    edgeXiEdges: Float64Array;
    lossTimeEdges: Float64Array;
  };
  reference: {
    speed: number;
    nu: number;
    length: number;
    mirrorRatio: number;
    xiLossCone: number;
    Bmin: number;
    Bmax: number;
    bouncePeriod: number;
    timeUnit: number;
    bounceWeight: null;
    oneSpeed: boolean;
    oneRate: boolean;
    foldedPitch: boolean;
  };
  steps: number;
}

/** Fine bins about the edge of the loss cone. */
const EDGE = 32;
const mass = 1.67262192369e-27;

/** mulberry32: seeded, small, good enough for a picture. */
function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const edges = (from: number, to: number, bins: number) =>
  Float64Array.from({ length: bins + 1 }, (_, i) => from + ((to - from) * i) / bins);

const legendreSums = (xi: number, out: Float64Array) => {
  out[0] = 1;
  out[1] = xi;
  for (let l = 1; l < 8; l++) out[l + 1] = ((2 * l + 1) * xi * out[l] - l * out[l - 1]) / (l + 1);
};

export function simulate(overrides: Partial<SimulationOptions> = {}): Simulation {
  const options: SimulationOptions = {
    particles: 16384,
    groups: 32,
    speedBins: 1,
    xiBins: 64,
    placeBins: 48,
    muBins: 8,
    lossTimeBins: 40,
    times: 41,
    collisionTimes: 2,
    open: true,
    ...overrides,
  };
  const random = uniform(1);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const speed = Math.sqrt((2 * 1.602176634e-15) / mass);
  const length = 2;
  const mirrorRatio = options.open ? 5 : 1;
  const nu = (0.1 * speed) / length;
  const Bmin = 0.5;
  const xiLossCone = options.open ? Math.sqrt(1 - 1 / mirrorRatio) : 1;
  const scale = options.open ? length / 2 / Math.sqrt(mirrorRatio - 1) : 1;
  const muMax = (mass * speed ** 2) / (2 * Bmin);
  const mono = options.speedBins === 1;
  const speedTop = mono ? speed * 1.0000001 : 3 * speed;
  const T = options.times;
  const V = options.speedBins;
  const X = options.xiBins;
  const S = options.placeBins;
  const U = options.muBins;
  const K = options.lossTimeBins;
  const until = options.collisionTimes / nu;
  const axes = {
    times: edges(0, until, T - 1),
    speedEdges: mono ? Float64Array.of(speed * 0.9999999, speedTop) : edges(0, speedTop, V),
    xiEdges: edges(-1, 1, X),
    sEdges: edges(-length / 2, length / 2, S),
    muEdges: edges(0, muMax * (mono ? 1 : 6), U),
    startXiEdges: edges(-1, 1, U),
    edgeXiEdges: options.open ? edges(2 * xiLossCone - 1, 1, EDGE) : new Float64Array(0),
    lossTimeEdges: edges(0, until, K),
  };
  const spec = (
    name: string,
    kind: 'count' | 'sum',
    names: string[],
    shape: number[],
    grouped: boolean,
    bound = 1,
    unit = '1',
  ): TallySpec => ({
    name,
    kind,
    axes: names,
    shape,
    grouped,
    quantum: kind === 'count' ? 1 : 2 ** (Math.ceil(Math.log2(bound)) - 40),
    unit,
  });
  const specs: TallySpec[] = [
    spec('local', 'count', ['time', 'speed', 'xi'], [T, V, X], false),
    spec('midplane', 'count', ['time', 'speed', 'xi'], [T, V, X], false),
    spec('place', 'count', ['time', 's', 'xi'], [T, S, X], false),
    spec('midplanePitch', 'count', ['time', 'xi'], [T, X], true),
    spec('middlePitch', 'count', ['time', 'xi'], [T, X], true),
    spec('localPitch', 'count', ['time', 'xi'], [T, X], true),
    spec('legendre', 'sum', ['time', 'order'], [T, 9], true),
    spec('position', 'sum', ['time'], [T], true, length, 'm'),
    spec('position2', 'sum', ['time'], [T], true, length ** 2, 'm^2'),
    spec('mu', 'sum', ['time', 'startingMu'], [T, U], true, muMax * 8, 'J/T'),
    spec('mu2', 'sum', ['time', 'startingMu'], [T, U], true, (muMax * 8) ** 2, 'J^2/T^2'),
    spec('dmu', 'sum', ['time', 'startingMu'], [T, U], true, muMax * 8, 'J/T'),
    spec('dmu2', 'sum', ['time', 'startingMu'], [T, U], true, (muMax * 8) ** 2, 'J^2/T^2'),
    spec('muCount', 'count', ['time', 'startingMu'], [T, U], true),
    spec('dxi', 'sum', ['time', 'startXi'], [T, U], true, 8),
    spec('dxi2', 'sum', ['time', 'startXi'], [T, U], true, 8),
    spec('xiCount', 'count', ['time', 'startXi'], [T, U], true),
    spec('startXi', 'sum', ['startXi'], [U], true, 1),
    spec('startXi2', 'sum', ['startXi'], [U], true, 1),
    ...(options.open ? [spec('edgePitch', 'count', ['time', 'edge'], [T, EDGE], true)] : []),
    spec('parallelPressure', 'sum', ['time'], [T], true, 1e-13, 'J'),
    spec('perpendicularPressure', 'sum', ['time'], [T], true, 1e-13, 'J'),
    spec('midplanePressure', 'sum', ['time'], [T], true, 1e-13, 'J'),
    spec('energy', 'sum', ['time'], [T], true, 1e-13, 'J'),
    spec('energy2', 'sum', ['time'], [T], true, 1e-26, 'J^2'),
    spec('losses', 'count', ['side', 'lossTime', 'speed', 'xi'], [2, K, V, X], false),
    spec('lossTimes', 'count', ['side', 'lossTime'], [2, K], true),
    spec('lossTime', 'sum', ['side'], [2], true, until, 's'),
    spec('lossTime2', 'sum', ['side'], [2], true, until ** 2, 's^2'),
    spec('fates', 'count', ['fate'], [5], true),
    spec('faultTimes', 'count', ['lossTime'], [K], true),
    spec('trapped', 'count', ['trapped'], [2], true),
    spec('edges', 'count', ['time', 'band'], [T, 3], true),
    spec('work', 'sum', ['work'], [1], true, 2 ** 40),
  ];
  const sums: Record<string, Float64Array[]> = {};
  for (const s of specs) {
    const size = s.shape.reduce((a, b) => a * b, 1);
    sums[s.name] = Array.from({ length: s.grouped ? options.groups : 1 }, () => new Float64Array(size));
  }
  const bin = (value: number, e: Float64Array) => {
    const n = e.length - 1;
    return Math.max(0, Math.min(n - 1, Math.floor(((value - e[0]) / (e[n] - e[0])) * n)));
  };
  const legendre = new Float64Array(9);
  const substeps = 4;
  const dt = until / (T - 1) / substeps;
  const tau = nu * dt;
  // Seen only once a step, an absorbing rim lies deeper by 0.5826 steps; this one is moved out by as much.
  const xiRim = Math.cos(Math.acos(Math.min(1, xiLossCone)) + 0.5826 * Math.sqrt(2 * tau));
  const scatter = (xi: number) => {
    const e = -Math.log(1 - random());
    const w = Math.min(1, Math.max(0, tau * e * (1 - (tau * (1 + e)) / 3)));
    return xi * (1 - 2 * w) + Math.sqrt((1 - xi * xi) * 4 * w * (1 - w)) * Math.cos(2 * Math.PI * random());
  };
  let steps = 0;
  for (let p = 0; p < options.particles; p++) {
    const g = Math.floor((p * options.groups) / options.particles);
    const v = mono ? speed : speed * 0.7 * Math.sqrt(normal() ** 2 + normal() ** 2 + normal() ** 2);
    let xi0: number;
    if (options.open) {
      do xi0 = 2 * random() - 1;
      while (random() > 1 - xi0 * xi0);
    } else xi0 = 0.999;
    let xi = xi0;
    let rim = xiLossCone;
    let when = 0;
    const mu0 = (mass * v * v * (1 - xi0 * xi0)) / (2 * Bmin);
    const u = bin(mu0, axes.muEdges);
    sums.trapped[g][0] += 1;
    const w = bin(xi0, axes.startXiEdges);
    sums.startXi[g][w] += xi0;
    sums.startXi2[g][w] += xi0 * xi0;
    if (Math.abs(xi0) < xiLossCone) sums.trapped[g][1] += 1;
    let fate = options.open ? 3 : 0;
    for (let t = 0; t < T; t++) {
      if (options.open && Math.abs(xi) > rim && t > 0) {
        const side = xi > 0 ? 1 : 0;
        fate = side === 1 ? 2 : 1;
        const k = bin(when, axes.lossTimeEdges);
        sums.losses[0][((side * K + k) * V + bin(v, axes.speedEdges)) * X + bin(xi, axes.xiEdges)] += 1;
        sums.lossTimes[g][side * K + k] += 1;
        sums.lossTime[g][side] += when;
        sums.lossTime2[g][side] += when * when;
        break;
      }
      const phase = 2 * Math.PI * random();
      const local = options.open ? xi * Math.cos(phase) : xi;
      const amplitude = (scale * xi) / Math.sqrt(1 - xi * xi);
      const s = options.open
        ? Math.max(-length / 2, Math.min(length / 2, amplitude * Math.sin(phase)))
        : length * (random() - 0.5);
      const mu = (mass * v * v * (1 - xi * xi)) / (2 * Bmin);
      const iv = bin(v, axes.speedEdges);
      sums.local[0][(t * V + iv) * X + bin(local, axes.xiEdges)] += 1;
      sums.midplane[0][(t * V + iv) * X + bin(xi, axes.xiEdges)] += 1;
      sums.place[0][(t * S + bin(s, axes.sEdges)) * X + bin(local, axes.xiEdges)] += 1;
      sums.midplanePitch[g][t * X + bin(xi, axes.xiEdges)] += 1;
      sums.middlePitch[g][t * X + bin(xi, axes.xiEdges)] += 1;
      sums.localPitch[g][t * X + bin(local, axes.xiEdges)] += 1;
      legendreSums(local, legendre);
      for (let l = 0; l <= 8; l++) sums.legendre[g][t * 9 + l] += legendre[l];
      sums.position[g][t] += s;
      sums.position2[g][t] += s * s;
      sums.mu[g][t * U + u] += mu;
      sums.mu2[g][t * U + u] += mu * mu;
      sums.dmu[g][t * U + u] += mu - mu0;
      sums.dmu2[g][t * U + u] += (mu - mu0) ** 2;
      sums.muCount[g][t * U + u] += 1;
      sums.dxi[g][t * U + w] += xi - xi0;
      sums.dxi2[g][t * U + w] += (xi - xi0) ** 2;
      sums.xiCount[g][t * U + w] += 1;
      const fine = options.open
        ? Math.floor((Math.abs(xi) - axes.edgeXiEdges[0]) / (axes.edgeXiEdges[1] - axes.edgeXiEdges[0]))
        : -1;
      if (fine >= 0 && fine < EDGE) sums.edgePitch[g][t * EDGE + fine] += 1;
      sums.midplanePressure[g][t] += mass * v * v * xi * xi;
      sums.parallelPressure[g][t] += mass * v * v * local * local;
      sums.perpendicularPressure[g][t] += (mass * v * v * (1 - local * local)) / 2;
      sums.energy[g][t] += 0.5 * mass * v * v;
      sums.energy2[g][t] += (0.5 * mass * v * v) ** 2;
      const band = Math.abs(xi) > xiLossCone ? 0 : Math.abs(xi) > xiLossCone - 0.05 ? 1 : 2;
      sums.edges[g][t * 3 + band] += 1;
      if (t === T - 1) break;
      for (let i = 0; i < substeps; i++) {
        xi = scatter(xi);
        steps++;
        rim = xiRim;
        when = axes.times[t] + (i + 0.5) * dt;
        if (options.open && Math.abs(xi) > rim) break;
      }
    }
    sums.fates[g][fate] += 1;
  }
  sums.work[0][0] = steps;
  const integers: Record<string, bigint[][]> = {};
  for (const s of specs)
    integers[s.name] = sums[s.name].map((group) => Array.from(group, (value) => BigInt(Math.round(value / s.quantum))));
  return {
    options,
    specs,
    integers,
    axes,
    reference: {
      speed,
      nu,
      length,
      mirrorRatio,
      xiLossCone,
      Bmin,
      Bmax: Bmin * mirrorRatio,
      bouncePeriod: (2 * Math.PI * scale) / speed,
      timeUnit: 1 / nu,
      bounceWeight: null,
      oneSpeed: mono,
      oneRate: true,
      foldedPitch: false,
    },
    steps,
  };
}
