/** Follows single particles of a run of orbits in space a second time, point by point. */
import type { OrbitPlan } from '../plan/orbits/plan.js';
import { ORBIT_FATES } from '../plan/orbits/tallySpecs.js';
import { type FollowedPath, TRACK_COLUMNS, type TrackPlan, trackChunk } from '../plan/orbits/tracks.js';
import type { ChunkTallies } from '../plan/tallies.js';
import type { KernelExports } from './exports.js';

/** Of a fate: none so far. */
const INSIDE = ORBIT_FATES.indexOf('time limit');
/** A path's end over rounding: a point at the very end belongs to it. */
const ROUNDING = 1 + 1e-12;

/**
 * The paths of one worker. What a particle does is a function of the seed, its number and the step alone, so that it goes here
 * where it goes in its own block, to the bit, and nothing else of the run is touched: no tally but the path's own.
 */
export class TrackRunner {
  readonly #kernel: KernelExports;
  readonly #plan: OrbitPlan;
  readonly #tracks: TrackPlan;
  readonly #address: number;
  #paths: FollowedPath[] = [];

  /** Bytes of kernel memory that it needs. */
  static bytes({ points }: TrackPlan): number {
    return 8 * TRACK_COLUMNS.length * points;
  }

  /** @param address of memory that nobody else uses */
  constructor(kernel: KernelExports, plan: OrbitPlan, tracks: TrackPlan, address: number) {
    this.#kernel = kernel;
    this.#plan = plan;
    this.#tracks = tracks;
    this.#address = address;
  }

  /** Follows one particle; yields the substeps of every step. */
  *run(path: number): Generator<number, void> {
    const kernel = this.#kernel;
    const { blockSize, intervals, parameters, reference } = this.#plan;
    const { particles, from, until, every, points } = this.#tracks;
    const particle = particles[path];
    const first = particle - (particle % blockSize);
    const [low, high] = [(first + (particle % blockSize)) % 4294967296, Math.floor(first / 4294967296)];
    const form = parameters.centres;
    const scatters = parameters.scatters === 1;
    const end = (until / reference.timeUnit) * ROUNDING;
    kernel.startOrbits(low, high, 1);
    kernel.openTrack(this.#address, points, from / reference.timeUnit, end, every / reference.timeUnit);
    kernel.recordEnd(0);
    let kick = 0;
    let number = 0;
    for (const { steps, step, from: begin } of intervals) {
      for (let i = 0; i < steps && kernel.orbitFate(0) === INSIDE && begin + i * step < end; i++) {
        const time = begin + i * step;
        const work =
          form === 2
            ? kernel.followHybrid(low, high, number++, time, step)
            : form === 1
              ? kernel.followCentre(time, step)
              : kernel.followOrbit(time, step);
        if (scatters) kernel.scatterOrbits(1, low, high, kick++, step);
        kernel.recordEnd(begin + (i + 1) * step);
        yield work;
      }
    }
    const numbers = TRACK_COLUMNS.length * kernel.trackLength();
    const rows = new Float64Array(kernel.memory.buffer, this.#address, numbers).slice();
    this.#paths.push({ path, rows, fate: kernel.orbitFate(0) });
  }

  /** The paths followed since the last call; nothing where there are none. */
  collect(): ChunkTallies {
    const paths = this.#paths;
    this.#paths = [];
    return paths.length === 0 ? {} : trackChunk(this.#tracks, paths);
  }
}
