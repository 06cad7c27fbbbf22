import { ORBIT_PARAMETER_NAMES } from './orbitParameters.js';
import { PARAMETER_NAMES } from './parameters.js';

/** What the kernel offers the host; see assembly/index.ts. */
export interface KernelExports {
  readonly memory: WebAssembly.Memory;
  readonly PARAMETERS: WebAssembly.Global;
  readonly TABLES: WebAssembly.Global;
  readonly CLASSES: WebAssembly.Global;
  readonly TILE: WebAssembly.Global;
  readonly CAPACITY: WebAssembly.Global;
  readonly S: WebAssembly.Global;
  readonly XI: WebAssembly.Global;
  readonly M: WebAssembly.Global;
  readonly B: WebAssembly.Global;
  readonly P: WebAssembly.Global;
  readonly NU: WebAssembly.Global;
  readonly SPEED: WebAssembly.Global;
  readonly ENERGY: WebAssembly.Global;
  readonly MU0: WebAssembly.Global;
  readonly XI0: WebAssembly.Global;
  readonly WORDS: WebAssembly.Global;
  readonly KICKS: WebAssembly.Global;
  readonly ID: WebAssembly.Global;
  readonly ALIVE: WebAssembly.Global;
  readonly PHILOX_HIGH: WebAssembly.Global;
  readonly LEVEL: WebAssembly.Global;
  readonly OUTCOMES: WebAssembly.Global;
  readonly KERNEL_VERSION: WebAssembly.Global;
  /** Number of parameters the kernel reads. */
  readonly PARAMETER_COUNT: WebAssembly.Global;
  /** Full orbits; see assembly/orbits. */
  readonly ORBIT_PARAMETER_COUNT: WebAssembly.Global;
  readonly ORBIT_TABLES: WebAssembly.Global;
  readonly ORBIT_ROW: WebAssembly.Global;
  readonly ORBIT_X: WebAssembly.Global;
  readonly ORBIT_UX: WebAssembly.Global;
  readonly ORBIT_INVERSE_GAMMA: WebAssembly.Global;
  readonly ORBIT_TIME: WebAssembly.Global;
  readonly ORBIT_BX: WebAssembly.Global;
  readonly ORBIT_EX: WebAssembly.Global;
  readonly ORBIT_ID: WebAssembly.Global;
  readonly ORBIT_MU0: WebAssembly.Global;
  readonly ORBIT_FORM: WebAssembly.Global;
  readonly ORBIT_OUTCOMES: WebAssembly.Global;
  readonly PROBE: WebAssembly.Global;
  startOrbits(particle: number, particleHigh: number, count: number): void;
  advanceOrbits(first: number, lanes: number, time: number, step: number): number;
  advanceCentres(first: number, lanes: number, time: number, step: number): number;
  /** A step of particles and guiding centres together; see assembly/orbits/hybrid.ts. */
  advanceHybrid(
    count: number,
    particle: number,
    particleHigh: number,
    number: number,
    time: number,
    step: number,
  ): number;
  becomeCentre(lane: number, time: number): void;
  becomeParticle(lane: number, time: number, turns: number): void;
  scatterOrbits(count: number, particle: number, particleHigh: number, step: number, length: number): void;
  sweepOrbits(count: number, time: number): number;
  orbitSnapshot(count: number, row: number, time: number): void;
  finishOrbits(count: number, time: number): void;
  /** Paths of single particles; see assembly/orbits/record.ts. */
  openTrack(address: number, most: number, begin: number, end: number, cadence: number): void;
  followOrbit(time: number, step: number): number;
  followCentre(time: number, step: number): number;
  followHybrid(particle: number, particleHigh: number, number: number, time: number, step: number): number;
  recordEnd(time: number): void;
  orbitFate(lane: number): number;
  trackLength(): number;
  lookUp(first: number, lanes: number): void;
  /** What was measured stands in the globals below, in kernel units. */
  measure(lane: number, time: number): void;
  readonly centreX: WebAssembly.Global;
  readonly centreY: WebAssembly.Global;
  readonly centreZ: WebAssembly.Global;
  readonly mu: WebAssembly.Global;
  readonly momentum2: WebAssembly.Global;
  readonly epsilon: WebAssembly.Global;
  prepare(seedLow: number, seedHigh: number): void;
  start(particle: number, particleHigh: number, count: number, stratum: number): number;
  setStage(row: number): void;
  stream(first: number, lanes: number, steps: number, time: number): void;
  scatterAndStream(
    first: number,
    lanes: number,
    quad: number,
    kicks: number,
    done: number,
    repeat: number,
    time: number,
    closing: number,
    particle: number,
    particleHigh: number,
    replica: number,
  ): void;
  /** Rare-event splitting; see assembly/branches.ts. */
  openPool(at: number, slots: number, heads: number, points: number): void;
  split(speedClass: number, list: number, time: number): void;
  join(speedClass: number, list: number, time: number): number;
  waiting(): number;
  setBranched(value: number): void;
  sweep(speedClass: number): number;
  runFirst(speedClass: number): number;
  runCount(speedClass: number): number;
  setRun(speedClass: number, first: number, count: number): void;
  snapshot(time: number): void;
  finish(time: number): void;
  rateAt(momentum2: number): number;
  philoxWord(index: number, c0: number, c1: number, c2: number, c3: number): number;
}

/** Instantiates the kernel: it imports nothing. */
export function instantiate(module: WebAssembly.Module): KernelExports {
  const kernel = new WebAssembly.Instance(module, {}).exports as unknown as KernelExports;
  // a kernel of another build would read every parameter from the wrong place, and say nothing
  for (const [count, names] of [
    [kernel.PARAMETER_COUNT, PARAMETER_NAMES],
    [kernel.ORBIT_PARAMETER_COUNT, ORBIT_PARAMETER_NAMES],
  ] as const)
    if (count?.value !== names.length) {
      throw new RangeError(
        `losscone.wasm: the kernel reads ${count?.value ?? 'no'} parameters (must be ${names.length}: build it anew)`,
      );
    }
  return kernel;
}
