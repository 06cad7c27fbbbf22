/** Runs to write, read, tabulate and draw: see simulate.ts for where their numbers come from. */
import { distribution, estimate } from '../../src/analysis/index.js';
import { remembered } from '../../src/plan/remembered.js';
import type { ResultData, ResultScenario, ResultTallies } from '../../src/results/data.js';
import { parseScenario } from '../../src/scenario/index.js';
import { type Simulation, type SimulationOptions, simulate } from './simulate.js';

const cache = new Map<string, ResultData>();

/** Protons of one energy in a mirror of ratio 5, `nu*length/v = 0.1`, starting as sin^2 about 90 degrees. */
export const mirrorRun = (options: Partial<SimulationOptions> = {}): ResultData => build({ ...options, open: true });

/** The same with a spread of speeds. */
export const maxwellianRun = (options: Partial<SimulationOptions> = {}): ResultData =>
  build({ speedBins: 32, particles: 16384, ...options, open: true });

/** A beam that isotropises in a closed box. */
export const closedRun = (options: Partial<SimulationOptions> = {}): ResultData =>
  build({ particles: 8192, times: 31, collisionTimes: 1, ...options, open: false });

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
  return remembered(cache, 20, JSON.stringify(options), () => fromSimulation(simulate(options)));
}

function talliesOf({ specs, integers }: Simulation): ResultTallies {
  const spec = (name: string) => {
    const found = specs.find((s) => s.name === name);
    if (!found) throw new Error(`fixture: no tally ${name}`);
    return found;
  };
  const sums = new Map<string, bigint[]>();
  const sum = (name: string) =>
    remembered(sums, specs.length, name, () =>
      integers[name].length === 1
        ? integers[name][0]
        : integers[name][0].map((_, i) => integers[name].reduce((total, g) => total + g[i], 0n)),
    );
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
  const N = options.particles;
  const scenario = parseScenario({
    name: options.open ? 'scattering-mirror' : 'isotropisation',
    description: 'made by the tests',
    species: 'proton',
    particles: {
      ...(options.speedBins === 1 ? { speed: '1e6 m/s' } : { temperature: '1 keV' }),
      pitch: options.open ? { kind: 'pancake', power: 2 } : { kind: 'cosine', xi: 0.999 },
    },
    field: options.open
      ? { kind: 'parabolic', B: '0.5 T', ratio: 5, length: '2 m' }
      : { kind: 'uniform', B: '0.5 T', length: '2 m' },
    collisions: { rate: '1e4 1/s' },
    boundary: options.open ? 'cone' : 'none',
    motion: 'homogeneous',
    times: { until: '1 ms' },
  });
  const p = scenario.species.mass * reference.speed;
  const starting = {
    startMomenta: Float64Array.of(p, p),
    startShares: Float64Array.of(1),
    startRates: Float64Array.of(reference.nu),
  };
  const flags = { bounceWeight: null, oneSpeed: options.speedBins === 1, oneRate: true, foldedPitch: false };
  const stored: ResultScenario = scenario;
  const plan = {
    particles: N,
    groups: options.groups,
    axes,
    reference: { ...reference, ...starting, ...flags },
    tallies: specs,
  };
  return {
    scenario: stored,
    plan,
    tallies,
    estimates: estimate(scenario, plan, tallies),
    distributions: distribution(scenario, plan, tallies),
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
