/** Single orbits through the kernel itself. */
import { OrbitRunner } from '../../src/kernel/index.js';
import { type OrbitPlan, planOrbits } from '../../src/plan/orbits/plan.js';
import { type OrbitInput, parseOrbits } from '../../src/scenario/orbits/schema.js';
import { kernelModule } from '../kernel/load.js';

export interface Lane {
  readonly x: readonly [number, number, number];
  readonly u: readonly [number, number, number];
}

/** A block of a scenario under the test's own hand, in SI places and u = gamma v/c. */
export class OrbitBlock {
  readonly plan: OrbitPlan;
  readonly runner: OrbitRunner;
  constructor(input: OrbitInput) {
    this.plan = planOrbits(parseOrbits(input));
    this.runner = new OrbitRunner(kernelModule(), this.plan);
    this.runner.kernel.startOrbits(0, 0, Math.min(this.plan.blockSize, this.plan.particles));
  }
  #row(start: number, k: number): Float64Array {
    const { kernel } = this.runner;
    return new Float64Array(kernel.memory.buffer, start + k * (kernel.ORBIT_ROW.value as number), 1024);
  }
  get #x(): Float64Array[] {
    return [0, 1, 2].map((k) => this.#row(this.runner.kernel.ORBIT_X.value as number, k));
  }
  get #u(): Float64Array[] {
    return [0, 1, 2].map((k) => this.#row(this.runner.kernel.ORBIT_UX.value as number, k));
  }
  lane(i: number): Lane {
    const { lengthUnit } = this.plan.reference;
    const [x, u] = [this.#x.map((row) => row[i] * lengthUnit), this.#u.map((row) => row[i])];
    return { x: [x[0], x[1], x[2]], u: [u[0], u[1], u[2]] };
  }
  set(i: number, { x, u }: Lane): void {
    this.#x.forEach((row, k) => {
      row[i] = x[k] / this.plan.reference.lengthUnit;
    });
    this.#u.forEach((row, k) => {
      row[i] = u[k];
    });
    const inverse = this.#row(this.runner.kernel.ORBIT_INVERSE_GAMMA.value as number, 0);
    inverse[i] = 1 / Math.sqrt(1 + u[0] ** 2 + u[1] ** 2 + u[2] ** 2);
  }
  /** One step [s] from `time` [s] for the first lanes; returns the substeps. */
  step(time: number, step: number, lanes = 8): number {
    const { timeUnit } = this.plan.reference;
    return this.runner.kernel.advanceOrbits(0, lanes, time / timeUnit, step / timeUnit);
  }
}
