/** Runs to write, read, tabulate and draw: see simulate.ts for where their numbers come from. */
import type { Curve, Distribution, Distributions, Estimate, Estimates } from '../../src/analysis/types.js';
import type { ResultData, ResultTallies } from '../../src/results/data.js';
import { type Simulation, type SimulationOptions, simulate } from './simulate.js';

const cache = new Map<string, ResultData>();

/** Protons of one energy in a mirror of ratio 5, `nu*length/v = 0.1`, starting as sin^2 about 90 degrees. */
export const mirrorRun = (options: Partial<SimulationOptions> = {}): ResultData => build({ ...options, open: true });

/** The same with a spread of speeds. */
export const maxwellianRun = (options: Partial<SimulationOptions> = {}): ResultData =>
  build({ speedBins: 40, particles: 40000, ...options, open: true });

/** A beam that isotropises in a closed box. */
export const closedRun = (options: Partial<SimulationOptions> = {}): ResultData =>
  build({ times: 31, collisionTimes: 1, ...options, open: false });

/** Small enough to write and read many times. */
export const smallRun = (): ResultData =>
  build({
    particles: 2048,
    times: 5,
    speedBins: 3,
    xiBins: 8,
    placeBins: 6,
    muBins: 3,
    lossTimeBins: 5,
    groups: 4,
    open: true,
  });

function build(options: Partial<SimulationOptions>): ResultData {
  const key = JSON.stringify(options);
  let result = cache.get(key);
  if (!result) {
    result = fromSimulation(simulate(options));
    cache.set(key, result);
  }
  return result;
}

function talliesOf({ specs, integers }: Simulation): ResultTallies {
  const spec = (name: string) => {
    const found = specs.find((s) => s.name === name);
    if (!found) throw new Error(`fixture: no tally ${name}`);
    return found;
  };
  const sum = (name: string) => integers[name][0].map((_, i) => integers[name].reduce((total, g) => total + g[i], 0n));
  const physical = (name: string, values: bigint[]) => Float64Array.from(values, (v) => Number(v) * spec(name).quantum);
  return {
    spec,
    integers: (name, group) => (group === undefined ? sum(name) : integers[name][group]),
    total: (name) => physical(name, sum(name)),
    group: (name, group) => physical(name, integers[name][group]),
  };
}

function fromSimulation(simulation: Simulation): ResultData {
  const { options, axes, reference, specs } = simulation;
  const tallies = talliesOf(simulation);
  const T = options.times;
  const U = options.muBins;
  const N = options.particles;
  const { nu } = reference;
  const decay = nu * 1.457449;
  const groups = Array.from({ length: options.groups }, (_, g) => g);
  /** A ratio of sums against an index, its error from the groups. */
  const ratio = (above: (g: number, i: number) => number, below: (g: number, i: number) => number, n: number) => {
    const value = new Float64Array(n);
    const standardError = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      const b = groups.reduce((total, g) => total + below(g, i), 0);
      const r = groups.reduce((total, g) => total + above(g, i), 0) / b;
      value[i] = r;
      const spread = groups.reduce((total, g) => total + (above(g, i) - r * below(g, i)) ** 2, 0);
      standardError[i] = Math.sqrt((spread * groups.length) / (groups.length - 1)) / b;
    }
    return { value, standardError };
  };
  const time = { x: axes.times, xLabel: 'time', xUnit: 's' };
  const grouped = Object.fromEntries(
    ['legendre', 'mu', 'mu2', 'dmu2', 'muCount', 'energy'].map((name) => [
      name,
      groups.map((g) => tallies.group(name, g)),
    ]),
  );
  const inside = (g: number, t: number) => grouped.legendre[g][t * 9];
  const legendre: Curve[] = Array.from({ length: 9 }, (_, l) => {
    const curve = ratio(
      (g, t) => grouped.legendre[g][t * 9 + l],
      (g, t) => (l === 0 ? N / groups.length : inside(g, t)),
      T,
    );
    return {
      ...time,
      ...curve,
      ...(options.open || l === 0
        ? {}
        : { reference: Float64Array.from(axes.times, (t) => curve.value[0] * Math.exp(-l * (l + 1) * nu * t)) }),
      label: l === 0 ? 'fraction inside' : `<P${l}>`,
      unit: '1',
    };
  });
  const overBins = (name: string) => (g: number, t: number) => {
    let total = 0;
    for (let u = 0; u < U; u++) total += grouped[name][g][t * U + u];
    return total;
  };
  const perSpeed = (2 * axes.muEdges[U]) / U;
  const muSpread: Curve[] = Array.from({ length: U }, (_, u) => {
    const middle = (axes.muEdges[u] + axes.muEdges[u + 1]) / 2;
    const muMax = axes.muEdges[U];
    const xi2 = Math.max(0, 1 - middle / muMax);
    const slope = 2 * (2 * muMax) ** 2 * nu * xi2 * (1 - xi2);
    return {
      ...time,
      ...ratio(
        (g, t) => grouped.dmu2[g][t * U + u],
        (g, t) => grouped.muCount[g][t * U + u],
        T,
      ),
      reference: Float64Array.from(axes.times, (t) => slope * t),
      label: `starting mu ${(middle - perSpeed / 4).toExponential(2)} to ${(middle + perSpeed / 4).toExponential(2)} J/T`,
      unit: 'J^2/T^2',
    };
  });
  const meanMuCurve: Curve = { ...time, ...ratio(overBins('mu'), overBins('muCount'), T), label: '<mu>', unit: 'J/T' };
  const one = (value: number, standardError: number, unit: string, label: string, more = {}): Estimate => ({
    value,
    standardError,
    unit,
    label,
    ...more,
  });
  const fates = tallies.total('fates');
  const fate = (i: number, label: string) =>
    one(fates[i] / N, Math.sqrt(((fates[i] / N) * (1 - fates[i] / N)) / N), '1', label);
  const estimates: Estimates = {
    isotropisationRate: one(
      6 * nu * 1.004,
      6 * nu * 0.007,
      '1/s',
      options.open ? 'isotropisation rate (approach to the slowest mode)' : 'isotropisation rate',
      options.open ? {} : { reference: 6 * nu },
    ),
    lossRate: options.open
      ? one(decay * 1.009, decay * 0.011, '1/s', 'loss rate', {
          reference: decay,
          degreesOfFreedom: options.groups - 1,
          fit: {
            from: axes.times[Math.floor(T / 3)],
            to: axes.times[T - 1],
            points: T - Math.floor(T / 3),
            worst: 2.1,
          },
        })
      : one(Number.NaN, Number.NaN, '1/s', 'loss rate', { note: 'a closed run: nothing is lost' }),
    confinementTime: options.open
      ? one(0.9 / decay, 0.004 / decay, 's', 'confinement time', { note: 'tail from the slowest mode' })
      : one(Number.NaN, Number.NaN, 's', 'confinement time', { note: 'a closed run: nothing is lost' }),
    trappedFraction: one(tallies.total('trapped')[1] / N, 0.0011, '1', 'trapped fraction', { reference: 0.9839 }),
    filling: one(0.231, 0.014, '1', 'filling of the loss cone'),
    meanMu: one(meanMuCurve.value[T - 1], meanMuCurve.standardError[T - 1], 'J/T', '<mu> at the end'),
    meanMuInitial: one(meanMuCurve.value[0], meanMuCurve.standardError[0], 'J/T', '<mu> at the start'),
    dMuMu: one(1.234e-26, 1.9e-28, 'J^2 T^-2 s^-1', 'D_mumu'),
    muDrift: one(-1.1e-10, 2e-12, 'J/(T s)', 'd<mu>/dt'),
    fates: {
      confined: fate(0, 'confined'),
      lostLeft: fate(1, 'lost left'),
      lostRight: fate(2, 'lost right'),
      timeLimit: fate(3, 'inside at the time limit'),
      fault: fate(4, 'numerical fault'),
    },
    survival: { ...legendre[0], label: 'fraction inside' },
    legendre,
    legendreRates: legendre.map((_, l) =>
      l === 0 || options.open
        ? one(Number.NaN, Number.NaN, '1/s', `decay rate of <P${l}>`, { note: 'not defined here' })
        : one(l * (l + 1) * nu, 0.01 * nu, '1/s', `decay rate of <P${l}>`, { reference: l * (l + 1) * nu }),
    ),
    muSpread,
    meanMuCurve,
    muVariance: { ...meanMuCurve, label: 'variance of mu', unit: 'J^2/T^2' },
    dMuMuCurve: { ...meanMuCurve, label: 'D_mumu', xLabel: 'starting mu', xUnit: 'J/T' },
    muDriftCurve: { ...meanMuCurve, label: 'd<mu>/dt', xLabel: 'starting mu', xUnit: 'J/T' },
    energy: {
      ...time,
      ...ratio((g, t) => grouped.energy[g][t], inside, T),
      label: 'mean kinetic energy',
      unit: 'J',
    },
  };
  const distribution = (name: string, second: string, secondUnit: string, secondEdges: Float64Array): Distribution => {
    const counts = tallies.total(name);
    const [, V, X] = tallies.spec(name).shape;
    const mono = second === 'speed' && V === 1;
    const cell = new Float64Array(V);
    for (let v = 0; v < V; v++) {
      const [from, to] = [secondEdges[v], secondEdges[v + 1]];
      cell[v] = second !== 'speed' ? to - from : mono ? 1 : ((2 * Math.PI) / 3) * (to ** 3 - from ** 3);
      cell[v] *= (2 / X) * N;
    }
    return {
      counts,
      f: counts.map((n, i) => n / cell[Math.floor(i / X) % V]),
      standardError: counts.map((n, i) => Math.sqrt(n) / cell[Math.floor(i / X) % V]),
      axes: [
        { name: 'time', unit: 's', edges: axes.times },
        { name: second, unit: secondUnit, edges: secondEdges },
        { name: 'xi', unit: '1', edges: axes.xiEdges },
      ],
      shape: tallies.spec(name).shape,
      label: second === 's' ? 'f(s, xi)' : mono ? 'f(xi)' : 'f(v, xi)',
      unit: second === 's' ? '1/m' : mono ? '1' : 's^3/m^3',
    };
  };
  const distributions: Distributions = {
    local: distribution('local', 'speed', 'm/s', axes.speedEdges),
    midplane: distribution('midplane', 'speed', 'm/s', axes.speedEdges),
    place: distribution('place', 's', 'm', axes.sEdges),
  };
  return {
    scenario: {
      name: options.open ? 'scattering-mirror' : 'isotropisation',
      description: 'made by the tests',
      seed: '1',
      species: { name: 'proton', mass: 1.67262192369e-27, charge: 1.602176634e-19 },
      particles: {
        speed: { kind: options.speedBins === 1 ? 'mono' : 'maxwellian' },
        place: { kind: 'midplane' },
        pitch: options.open ? { kind: 'pancake', power: 2, only: 'all' } : { kind: 'cosine', xi: 0.999, only: 'all' },
      },
      field: { kind: options.open ? 'parabolic' : 'uniform' },
      potential: null,
      parallelField: null,
      collisions: { operator: 'exact', rate: { law: 'constant' } },
      boundary: { kind: options.open ? 'throat' : 'none' },
      motion: { kind: options.open ? 'guidingCentre' : 'homogeneous' },
    },
    plan: { particles: N, groups: options.groups, axes, reference, tallies: specs },
    tallies,
    estimates,
    distributions,
    hash: 'f00d'.repeat(16),
    complete: true,
    particles: { done: N, total: N },
    steps: simulation.steps,
    seconds: 12.345,
    workers: 2,
    provenance: {
      version: '0.1.0',
      kernelHash: 'beef'.repeat(16),
      runtime: 'Node 20.20.2 (linux x64)',
      started: '2026-11-23T12:00:00.000Z',
    },
    warnings: [],
  };
}
