/** Runs blocks of full orbits through the kernel, in slices, inside one worker. */
import type { OrbitPlan } from '../plan/orbits/plan.js';
import { ORBIT_FATES } from '../plan/orbits/tallySpecs.js';
import type { ChunkTallies } from '../plan/tallies.js';
import { instantiate, type KernelExports } from './exports.js';
import type { KernelTally } from './memory.js';
import { ORBIT_PARAMETER_NAMES, type OrbitParameterName } from './orbitParameters.js';
import { TrackRunner } from './trackRunner.js';

const PAGE = 65536;
/** Lanes that are stepped together where their steps differ: whole groups are stepped. */
const GROUP = 8;
/** Substeps between two looks at the clock, about. */
const SLICE = 2e5;
/** The same of a path, with its points. */
const PATH_SLICE = 5e3;

type OrbitTally = Extract<OrbitParameterName, `tally${string}`>;

/** One kernel with one set of tallies; a block's result depends on the plan and its number alone. */
export class OrbitRunner {
  readonly kernel: KernelExports;
  readonly #plan: OrbitPlan;
  readonly #tallies: Record<OrbitTally, KernelTally>;
  readonly #from: number;
  readonly #to: number;
  readonly #tracks: TrackRunner | null;
  #work = 0n;

  constructor(module: WebAssembly.Module, plan: OrbitPlan) {
    this.kernel = instantiate(module);
    this.#plan = plan;
    const seed = BigInt(plan.seed);
    this.kernel.prepare(Number(seed & 0xffffffffn), Number(seed >> 32n));
    let end = this.kernel.ORBIT_TABLES.value as number;
    const reserve = (bytes: number) => {
      const at = end;
      end += (bytes + 15) & ~15;
      return at;
    };
    const tables = Object.entries(plan.tables).map(
      ([name, table]) => [name, table, reserve(table.byteLength)] as const,
    );
    const fieldTable = reserve(16 * plan.fields.length);
    const numbers = plan.fields.map((field) => [field, reserve(field.numbers.byteLength)] as const);
    this.#from = end;
    const sizes = Object.entries(tallySizes(plan)) as [OrbitTally, { length: number; wide: boolean }][];
    this.#tallies = Object.fromEntries(
      sizes.map(([name, { length, wide }]) => [name, { address: reserve(length * (wide ? 8 : 4)), length, wide }]),
    ) as Record<OrbitTally, KernelTally>;
    this.#to = end;
    const { tracks } = plan;
    this.#tracks = tracks && new TrackRunner(this.kernel, plan, tracks, reserve(TrackRunner.bytes(tracks)));
    const missing = end - this.kernel.memory.buffer.byteLength;
    if (missing > 0) this.kernel.memory.grow(Math.ceil(missing / PAGE));
    const { buffer } = this.kernel.memory;
    for (const [, table, at] of tables) new Float64Array(buffer, at, table.length).set(table);
    numbers.forEach(([{ pass, numbers: values }, at], i) => {
      new Float64Array(buffer, at, values.length).set(values);
      new Float64Array(buffer, fieldTable + 16 * i, 2).set([pass, at]);
    });
    const addresses = Object.fromEntries(tables.map(([name, , at]) => [name, at]));
    const parameters = new Float64Array(buffer, this.kernel.PARAMETERS.value as number, ORBIT_PARAMETER_NAMES.length);
    ORBIT_PARAMETER_NAMES.forEach((name, i) => {
      const own: Record<string, number> = { fields: plan.fields.length, fieldTable };
      const value =
        name in this.#tallies
          ? this.#tallies[name as OrbitTally].address
          : (own[name] ?? addresses[name] ?? plan.parameters[name]);
      if (value === undefined) throw new RangeError(`kernel parameter ${name}: is not in the plan`);
      parameters[i] = value;
    });
  }

  /** Runs a block, adding to the tallies. Yields the substeps done since the last yield, every few milliseconds. */
  *runBlock(block: number): Generator<number, void> {
    const { kernel } = this;
    const plan = this.#plan;
    const first = block * plan.blockSize;
    // the blocks beyond those of all particles are paths of single ones
    if (first >= plan.particles) {
      yield* this.#sliced(this.#tracks?.run(block - Math.ceil(plan.particles / plan.blockSize)) ?? []);
      return;
    }
    const count = Math.min(plan.blockSize, plan.particles - first);
    const [low, high] = [first % 4294967296, Math.floor(first / 4294967296)];
    const form = plan.parameters.centres;
    const scatters = plan.parameters.scatters === 1;
    kernel.startOrbits(low, high, count);
    let inside = kernel.sweepOrbits(count, 0);
    kernel.orbitSnapshot(inside, 0, 0);
    let pending = 0;
    let kick = 0;
    let number = 0;
    for (let interval = 0; interval < plan.intervals.length; interval++) {
      const { steps, step, from } = plan.intervals[interval];
      for (let i = 0; i < steps && inside > 0; i++) {
        const lanes = Math.ceil(inside / GROUP) * GROUP;
        const time = from + i * step;
        const work =
          form === 2
            ? kernel.advanceHybrid(inside, low, high, number++, time, step)
            : form === 1
              ? kernel.advanceCentres(0, inside, time, step)
              : kernel.advanceOrbits(0, lanes, time, step);
        if (scatters) kernel.scatterOrbits(inside, low, high, kick++, step);
        this.#work += BigInt(work);
        inside = kernel.sweepOrbits(inside, from + (i + 1) * step);
        pending += work;
        if (pending > SLICE) {
          yield pending;
          pending = 0;
        }
      }
      kernel.orbitSnapshot(inside, interval + 1, from + steps * step);
    }
    kernel.finishOrbits(inside, plan.axes.times[plan.axes.times.length - 1] / plan.reference.timeUnit);
    if (pending > 0) yield pending;
  }

  /** The same work in larger parts. */
  *#sliced(work: Iterable<number>): Generator<number, void> {
    let pending = 0;
    for (const steps of work) {
      pending += steps;
      if (pending < PATH_SLICE) continue;
      yield pending;
      pending = 0;
    }
    if (pending > 0) yield pending;
  }

  /** What the blocks run since the last call added, by the plan's names; the tallies start again from zero. */
  collect(): ChunkTallies {
    const { buffer } = this.kernel.memory;
    const counts = (name: OrbitTally) =>
      new Uint32Array(buffer, this.#tallies[name].address, this.#tallies[name].length).slice();
    const column = (name: OrbitTally, stride: number, offset: number, many = 1) => {
      const all = new BigInt64Array(buffer, this.#tallies[name].address, this.#tallies[name].length);
      const out = new BigInt64Array((all.length / stride) * many);
      for (let i = 0; i < out.length; i++) out[i] = all[Math.floor(i / many) * stride + offset + (i % many)];
      return out;
    };
    const chunk: ChunkTallies = {
      inside: counts('tallyInside'),
      energy: column('tallyEnergy', 2, 0),
      energy2: column('tallyEnergy', 2, 1),
      muCount: counts('tallyMuCount'),
      mu: column('tallyMu', 4, 0),
      mu2: column('tallyMu', 4, 1),
      dmu: column('tallyMu', 4, 2),
      dmu2: column('tallyMu', 4, 3),
      'raw mu': column('tallyRawMu', 4, 0),
      'raw mu2': column('tallyRawMu', 4, 1),
      'raw dmu': column('tallyRawMu', 4, 2),
      'raw dmu2': column('tallyRawMu', 4, 3),
      ratio: counts('tallyRatio'),
      place: counts('tallyPlace'),
      shift: column('tallyShift', 6, 0, 3),
      shift2: column('tallyShift', 6, 3, 3),
      epsilon: counts('tallyEpsilon'),
      fates: counts('tallyFates'),
      losses: counts('tallyLosses'),
      lostRatio: counts('tallyLostRatio'),
      kickPhaseCount: counts('tallyKickPhaseCount'),
      kickPhase: column('tallyKickPhase', 3, 0),
      kickPhase2: column('tallyKickPhase', 3, 1),
      kickPhase2Small: column('tallyKickPhase', 3, 2),
      kickPitchCount: counts('tallyKickPitchCount'),
      kickPitch: column('tallyKickPitch', 3, 0),
      kickPitch2: column('tallyKickPitch', 3, 1),
      kickPitch2Small: column('tallyKickPitch', 3, 2),
      kick: counts('tallyKick'),
      lostKick: counts('tallyLostKick'),
      work: BigInt64Array.of(this.#work),
    };
    new Uint8Array(buffer, this.#from, this.#to - this.#from).fill(0);
    this.#work = 0n;
    return { ...chunk, ...this.#tracks?.collect() };
  }
}

function tallySizes({ axes }: OrbitPlan): Record<OrbitTally, { length: number; wide: boolean }> {
  const bins = (edges: Float64Array) => edges.length - 1;
  const T = axes.times.length;
  const counts = (length: number) => ({ length, wide: false });
  const sums = (length: number) => ({ length, wide: true });
  const fates = ORBIT_FATES.length;
  return {
    tallyInside: counts(T),
    tallyEnergy: sums(2 * T),
    tallyMuCount: counts(T * bins(axes.muEdges)),
    tallyMu: sums(4 * T * bins(axes.muEdges)),
    tallyRawMu: sums(4 * T),
    tallyRatio: counts(T * bins(axes.ratioEdges)),
    tallyPlace: counts(T * bins(axes.zEdges) * bins(axes.xiEdges)),
    tallyShift: sums(6 * T),
    tallyEpsilon: counts(T * bins(axes.epsilonEdges)),
    tallyFates: counts(fates),
    tallyLosses: counts(fates * bins(axes.lossTimeEdges)),
    tallyLostRatio: counts(bins(axes.ratioEdges)),
    tallyKickPhaseCount: counts(T * bins(axes.phaseEdges)),
    tallyKickPhase: sums(3 * T * bins(axes.phaseEdges)),
    tallyKickPitchCount: counts(T * bins(axes.startXiEdges)),
    tallyKickPitch: sums(3 * T * bins(axes.startXiEdges)),
    tallyKick: counts(T * bins(axes.kickEdges)),
    tallyLostKick: counts(bins(axes.kickEdges)),
  };
}
