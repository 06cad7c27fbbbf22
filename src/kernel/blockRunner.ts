/** Runs blocks of particles through the kernel, in slices, inside one worker. */
import { blockLength, type Plan } from '../plan/plan.js';
import { STAGE_NUMBERS, type Stage } from '../plan/stages.js';
import type { ChunkTallies } from '../plan/tallies.js';
import { Branches } from './branches.js';
import { dwellTallies } from './dwell.js';
import { instantiate, type KernelExports } from './exports.js';
import { type KernelTallyName, layOut, rowsOf } from './memory.js';
import { ParticleTable } from './particleTable.js';

/** Kicks between two sweeps of ended lanes, whole draws of four: few enough for a slice of a few milliseconds, many enough to cost nothing. */
const KICKS_PER_SWEEP = 64;
/** Steps between two sweeps where nothing collides. */
const STEPS_PER_SWEEP = 64;

/**
 * One kernel with one set of tallies. A block's result depends on the plan and its number alone, however the caller slices
 * the work.
 */
export class BlockRunner {
  readonly kernel: KernelExports;
  readonly #plan: Plan;
  readonly #memory: ReturnType<typeof layOut>;
  readonly #tile: number;
  readonly #classes: number;
  readonly #particles: ParticleTable | null;
  readonly #branches: Branches | null;
  #work = 0n;

  constructor(module: WebAssembly.Module, plan: Plan) {
    this.kernel = instantiate(module);
    this.#plan = plan;
    this.#memory = layOut(this.kernel, plan);
    this.#tile = this.kernel.TILE.value as number;
    this.#classes = plan.parameters.classes;
    this.#particles = plan.parameters.listed > 0 ? new ParticleTable(plan) : null;
    this.#branches = plan.parameters.rareLevels > 0 ? new Branches(this.kernel, plan) : null;
    const seed = BigInt(plan.seed);
    this.kernel.prepare(Number(seed & 0xffffffffn), Number(seed >> 32n));
  }

  /**
   * Runs a block, adding to the tallies. Yields the particle-steps done since the last yield, every few milliseconds.
   * @param block its number, 0 .. plan.blocks - 1
   */
  *runBlock(block: number): Generator<number, void> {
    const { kernel } = this;
    const plan = this.#plan;
    const first = block * plan.blockSize;
    const low = first % 4294967296;
    const high = Math.floor(first / 4294967296);
    const length = blockLength(plan, block);
    kernel.start(low, high, length, block % plan.strata);
    this.#particles?.begin(kernel, first, length);
    for (const row of plan.looks[0]) kernel.snapshot(row);
    for (let speedClass = 0; speedClass < this.#classes; speedClass++) this.#branches?.look(speedClass, 0, 0);
    for (let interval = 0; interval < plan.schedule.length; interval++) {
      for (let speedClass = 0; speedClass < this.#classes; speedClass++) {
        const stage = plan.schedule[interval][speedClass];
        if (plan.collides) yield* this.#collide(speedClass, interval, low, high);
        else yield* this.#stream(speedClass, stage);
      }
      for (const row of plan.looks[interval + 1]) kernel.snapshot(row);
    }
    kernel.finish(plan.axes.times[plan.axes.times.length - 1] / plan.reference.timeUnit);
    this.#particles?.end(kernel, first);
    if (this.#branches !== null)
      yield* this.#branches.follow((speedClass, stage, from, many) => {
        kernel.setStage(this.#memory.stages + stage.row * STAGE_NUMBERS * 8);
        this.#scatter(speedClass, stage, from, many, low, high);
      });
  }

  *#collide(speedClass: number, interval: number, low: number, high: number): Generator<number> {
    const { kernel } = this;
    const branches = this.#branches;
    const stage = this.#plan.schedule[interval][speedClass];
    const kicks = stage.steps * stage.repeats;
    const stepsBefore = (kick: number) => Math.floor(kick / stage.repeats);
    const every = branches?.every(speedClass) ?? KICKS_PER_SWEEP;
    kernel.setStage(this.#memory.stages + stage.row * STAGE_NUMBERS * 8);
    for (let from = 0; from < kicks; from += KICKS_PER_SWEEP) {
      const count = kernel.runCount(speedClass);
      if (count === 0) return;
      const many = Math.min(KICKS_PER_SWEEP, kicks - from);
      for (let at = from; at < from + many; at += every) {
        const part = Math.min(every, from + many - at);
        this.#scatter(speedClass, stage, at, part, low, high);
        branches?.look(speedClass, interval, at + part);
      }
      kernel.sweep(speedClass);
      this.#work += BigInt(count * (stepsBefore(from + many) - stepsBefore(from)));
      // in parts of a step where it has more kicks than a slice, so that a long one is seen to move
      yield (count * many) / stage.repeats;
    }
  }

  /** Some kicks of a stage, from the kick `from`: a multiple of four, for they are drawn four at a time. */
  #scatter(speedClass: number, stage: Stage, from: number, many: number, low: number, high: number): void {
    const closing = from + many === stage.steps * stage.repeats ? 1 : 0;
    this.#tiles(speedClass, this.kernel.runCount(speedClass), (first, lanes) =>
      this.kernel.scatterAndStream(
        first,
        lanes,
        stage.quad + from / 4,
        many,
        Math.floor(from / stage.repeats),
        from % stage.repeats,
        stage.time,
        closing,
        low,
        high,
        0,
      ),
    );
  }

  *#stream(speedClass: number, stage: Stage): Generator<number> {
    const { kernel } = this;
    if (this.#plan.parameters.homogeneous === 1) return;
    kernel.setStage(this.#memory.stages + stage.row * STAGE_NUMBERS * 8);
    for (let from = 0; from < stage.steps; from += STEPS_PER_SWEEP) {
      const count = kernel.runCount(speedClass);
      if (count === 0) return;
      const many = Math.min(STEPS_PER_SWEEP, stage.steps - from);
      this.#tiles(speedClass, count, (first, lanes) =>
        kernel.stream(first, lanes, many, stage.time + from * stage.step),
      );
      kernel.sweep(speedClass);
      this.#work += BigInt(count * many);
      yield count * many;
    }
  }

  #tiles(speedClass: number, count: number, step: (first: number, lanes: number) => void): void {
    const first = this.kernel.runFirst(speedClass);
    for (let lane = 0; lane < count; lane += this.#tile) {
      step(first + lane, Math.min(this.#tile, (count - lane + 3) & ~3));
    }
  }

  /** Counts by local pitch where all have one speed: the kernel leaves them out, for they are those by place, summed. */
  #localOfPlaces(place: Uint32Array): Uint32Array {
    const { speedEdges, xiEdges, sEdges } = this.#plan.axes;
    const { speedBins, speedLow, speedInverseWidth } = this.#plan.parameters;
    const [T, V, X, S] = [rowsOf(this.#plan), speedEdges.length, xiEdges.length - 1, sEdges.length];
    const at = (1 - speedLow) * speedInverseWidth;
    const bin = at >= 0 && at < speedBins ? Math.floor(at) : speedBins;
    const local = new Uint32Array(T * V * X);
    for (let t = 0; t < T; t++) {
      for (let s = 0; s < S; s++) addRow(local, (t * V + bin) * X, place, (t * S + s) * X, X);
    }
    return local;
  }

  /** What the blocks run since the last call added, by the plan's names; the tallies start again from zero. */
  collect(): ChunkTallies {
    const plan = this.#plan;
    const T = plan.axes.times.length;
    const V = plan.axes.speedEdges.length - 1;
    const X = plan.axes.xiEdges.length - 1;
    const S = plan.axes.sEdges.length - 1;
    const K = plan.axes.lossTimeEdges.length - 1;
    const rows = rowsOf(plan);
    const counts = (name: KernelTallyName) =>
      new Uint32Array(this.kernel.memory.buffer, this.#memory.tallies[name].address, this.#memory.tallies[name].length);
    const sums = (name: KernelTallyName) =>
      new BigInt64Array(
        this.kernel.memory.buffer,
        this.#memory.tallies[name].address,
        this.#memory.tallies[name].length,
      );
    // of a tally by time, what belongs to the snapshots
    const snapshots = <A extends Uint32Array | BigInt64Array>(all: A) => all.subarray(0, (all.length / rows) * T) as A;
    const mu = snapshots(sums('tallyMu'));
    const turned = snapshots(sums('tallyXi'));
    const startXi = sums('tallyStartXi');
    const pressure = snapshots(sums('tallyPressure'));
    const lossTime = sums('tallyLossTime');
    const local = plan.parameters.oneSpeed === 1 ? this.#localOfPlaces(counts('tallyPlace')) : counts('tallyLocal');
    const midplane = counts('tallyMidplane');
    const losses = counts('tallyLosses');
    const every = (source: BigInt64Array, stride: number, offset: number) => {
      const out = new BigInt64Array(source.length / stride);
      for (let i = 0; i < out.length; i++) out[i] = source[i * stride + offset];
      return out;
    };
    const chunk: ChunkTallies = {
      local: inside(local, T, V, X),
      midplane: inside(midplane, T, V, X),
      place: inside(counts('tallyPlace'), T, S, X),
      localPitch: overSpeed(local, T, V + 1, X),
      midplanePitch: overSpeed(midplane, T, V + 1, X),
      middlePitch: overPlaces(counts('tallyPlace'), T, S + 1, X, plan.reference.middle),
      legendre: snapshots(sums('tallyLegendre')).slice(),
      position: snapshots(sums('tallyPosition')).slice(),
      position2: snapshots(sums('tallyPosition2')).slice(),
      muCount: snapshots(counts('tallyMuCount')).slice(),
      mu: every(mu, 4, 0),
      mu2: every(mu, 4, 1),
      dmu: every(mu, 4, 2),
      dmu2: every(mu, 4, 3),
      xiCount: snapshots(counts('tallyXiCount')).slice(),
      dxi: every(turned, 2, 0),
      dxi2: every(turned, 2, 1),
      startXi: every(startXi, 3, 0),
      startXi2: every(startXi, 3, 1),
      startXi4: every(startXi, 3, 2),
      ...(plan.axes.edgeXiEdges.length > 1 && { edgePitch: snapshots(counts('tallyEdge')).slice() }),
      parallelPressure: every(pressure, 2, 0),
      perpendicularPressure: every(pressure, 2, 1).map((all, i) => all - pressure[2 * i]),
      midplanePressure: snapshots(sums('tallyMidplanePressure')).slice(),
      energy: snapshots(sums('tallyEnergy')).slice(),
      energy2: snapshots(sums('tallyEnergy2')).slice(),
      losses: inside(losses, 2 * K, V, X),
      lossTimes: overAll(losses, 2 * K, (V + 1) * X),
      lossTime: every(lossTime, 2, 0),
      lossTime2: every(lossTime, 2, 1),
      fates: counts('tallyFates').slice(),
      faultTimes: counts('tallyFaultTimes').slice(),
      trapped: counts('tallyTrapped').slice(),
      work: BigInt64Array.of(this.#work),
      ...(plan.dwell &&
        dwellTallies(plan.dwell.lengths, T, {
          inside: sums('tallyLegendre'),
          local: inside(local, rows, V, X),
          midplane: inside(midplane, rows, V, X),
          place: inside(counts('tallyPlace'), rows, S, X),
        })),
      ...(this.#branches !== null && {
        rareLosses: counts('tallyRareLosses').slice(),
        rareFates: counts('tallyRareFates').slice(),
      }),
    };
    new Uint8Array(this.kernel.memory.buffer, this.#memory.from, this.#memory.to - this.#memory.from).fill(0);
    this.#work = 0n;
    return { ...chunk, ...this.#particles?.collect() };
  }
}

/** `[n, bins + 1, X]` without the bin of what lies outside the axis. */
function inside(source: Uint32Array, n: number, bins: number, X: number): Uint32Array {
  const out = new Uint32Array(n * bins * X);
  for (let i = 0; i < n; i++) out.set(source.subarray(i * (bins + 1) * X, (i * (bins + 1) + bins) * X), i * bins * X);
  return out;
}

/** `[n, bins, X]` summed over the middle axis. */
function overSpeed(source: Uint32Array, n: number, bins: number, X: number): Uint32Array {
  return overPlaces(source, n, bins, X, [0, bins - 1]);
}

/** `[n, size]` summed over the last axis. */
function overAll(source: Uint32Array, n: number, size: number): Uint32Array {
  const out = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let k = i * size; k < (i + 1) * size; k++) sum += source[k];
    out[i] = sum;
  }
  return out;
}

/** `[n, places, X]` summed over some places, first to last. */
function overPlaces(
  source: Uint32Array,
  n: number,
  places: number,
  X: number,
  [first, last]: readonly [number, number],
): Uint32Array {
  const out = new Uint32Array(n * X);
  for (let i = 0; i < n; i++) for (let s = first; s <= last; s++) addRow(out, i * X, source, (i * places + s) * X, X);
  return out;
}

/** Adds a row of X counts to another: of most nothing, since counts lie in few rows. */
function addRow(to: Uint32Array, at: number, source: Uint32Array, from: number, X: number): void {
  for (let x = 0; x < X; x++) {
    const count = source[from + x];
    if (count !== 0) to[at + x] += count;
  }
}
