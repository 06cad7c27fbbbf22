/** Rare-event splitting in one worker: where particles are looked at, and the passes that follow the branches of a block. */
import type { Plan } from '../plan/plan.js';
import type { Stage } from '../plan/stages.js';
import type { KernelExports } from './exports.js';

const PAGE = 65536;
/** Children that may wait at a time, and bytes of one in the kernel. */
const SLOTS = 65536;
const SLOT_BYTES = 80;
/** How often particles are looked at in a run, where there are kicks enough; at most this many kicks apart. */
const LOOKS = 256;
const MOST_KICKS = 64;

/** Steps the lanes of a class: `many` kicks of a stage from the kick `from`. */
export type Step = (speedClass: number, stage: Stage, from: number, many: number) => void;

/** More branches wait than a block can hold. */
export class BranchOverflow extends RangeError {
  override readonly name = 'BranchOverflow';
}

/**
 * The branches of a block. A class of particles that share their steps has a list of points, numbered from 0 at the start: the
 * places in the schedule where its particles are looked at, the same for all.
 */
export class Branches {
  readonly #kernel: KernelExports;
  readonly #plan: Plan;
  /** Kicks between two looks, by class: whole draws of four. */
  readonly #every: readonly number[];
  /** Number of the class's first list, and of the point at which each interval begins. */
  readonly #lists: readonly number[];
  readonly #begins: readonly (readonly number[])[];
  readonly #heads: Int32Array;

  constructor(kernel: KernelExports, plan: Plan) {
    this.#kernel = kernel;
    this.#plan = plan;
    const classes = Array.from({ length: plan.parameters.classes }, (_, k) => k);
    const kicksOf = (k: number, interval: number) =>
      plan.schedule[interval][k].steps * plan.schedule[interval][k].repeats;
    const intervals = plan.schedule.map((_, i) => i);
    this.#every = classes.map((k) => {
      const kicks = intervals.reduce((sum, i) => sum + kicksOf(k, i), 0);
      return 4 * Math.min(MOST_KICKS / 4, Math.max(1, Math.floor(kicks / LOOKS / 4)));
    });
    let lists = 0;
    const firsts: number[] = [];
    this.#begins = classes.map((k) => {
      let point = 0;
      const begins = intervals.map((i) => {
        const at = point;
        point += Math.ceil(kicksOf(k, i) / this.#every[k]);
        return at;
      });
      firsts.push(lists);
      lists += point + 1;
      return begins;
    });
    this.#lists = firsts;
    const heads = (lists * 4 + 15) & ~15;
    const at = kernel.memory.buffer.byteLength;
    kernel.memory.grow(Math.ceil((heads + SLOTS * SLOT_BYTES) / PAGE));
    kernel.openPool(at + heads, SLOTS, at, lists);
    this.#heads = new Int32Array(kernel.memory.buffer, at, lists);
  }

  /** Kicks of a class between two looks. */
  every(speedClass: number): number {
    return this.#every[speedClass];
  }

  /** Looks at a class, at the start or after the kick `to` of an interval, and splits who has passed a level. */
  look(speedClass: number, interval: number, to: number): void {
    const { schedule } = this.#plan;
    const stage = schedule[interval][speedClass];
    const over = to === stage.steps * stage.repeats;
    // at the end of the run nobody has a chance left
    if (over && interval + 1 === schedule.length) return;
    const point = this.#begins[speedClass][interval] + Math.ceil(to / this.#every[speedClass]);
    const time = over ? schedule[interval + 1][speedClass].time : timeOf(stage, to);
    this.#kernel.split(speedClass, this.#lists[speedClass] + point, time);
    if (this.#kernel.waiting() >= 0) return;
    throw new BranchOverflow(
      `rare: more than ${SLOTS} branches of one block wait, so losses are not as rare as the levels say (must be fewer levels, or auto)`,
    );
  }

  /** Follows all branches of the block to their ends; yields the particle-steps done since the last yield. */
  *follow(step: Step): Generator<number, void> {
    const kernel = this.#kernel;
    kernel.setBranched(1);
    const classes = this.#plan.parameters.classes;
    for (let k = 0; k < classes; k++) kernel.setRun(k, 0, 0);
    for (let k = 0; k < classes; k++) while (this.#next(k, 0) !== undefined) yield* this.#pass(k, step);
    kernel.setBranched(0);
  }

  /** One pass of a class over the schedule, from the first children that wait: as many at a time as there are lanes. */
  *#pass(k: number, step: Step): Generator<number, void> {
    const kernel = this.#kernel;
    const { schedule, axes, reference } = this.#plan;
    const every = this.#every[k];
    const list = this.#lists[k];
    let inside = 0;
    for (let interval = 0; interval < schedule.length; interval++) {
      const stage = schedule[interval][k];
      const kicks = stage.steps * stage.repeats;
      const begins = this.#begins[k][interval];
      for (let from = 0; from < kicks; from += every) {
        const point = begins + from / every;
        if (inside === 0) {
          const next = this.#next(k, point);
          if (next === undefined) return;
          // on to the interval in which they wait
          if (next >= begins + Math.ceil(kicks / every)) break;
          from += (next - point) * every;
        }
        inside = kernel.join(k, list + begins + from / every, timeOf(stage, from));
        const many = Math.min(every, kicks - from);
        const steps = (inside * many) / stage.repeats;
        step(k, stage, from, many);
        inside = kernel.sweep(k);
        this.look(k, interval, from + many);
        yield steps;
      }
    }
    kernel.finish(axes.times[axes.times.length - 1] / reference.timeUnit);
    kernel.setRun(k, 0, 0);
  }

  /** The first point from `point` on at which children of a class wait. */
  #next(k: number, point: number): number | undefined {
    const first = this.#lists[k];
    const end = k + 1 < this.#lists.length ? this.#lists[k + 1] : this.#heads.length;
    for (let i = first + point; i < end; i++) if (this.#heads[i] >= 0) return i - first;
    return undefined;
  }
}

/** When kick `kick` of a stage has been made. */
function timeOf(stage: Stage, kick: number): number {
  return stage.time + Math.floor(kick / stage.repeats) * stage.step;
}
