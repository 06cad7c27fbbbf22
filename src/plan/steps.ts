/**
 * The time step. Without a potential an orbit depends on the path length alone, so the motion asks for a path step that is
 * the same for all speeds; the collisions ask for `nu dt` below a bound. Each particle takes the longer of the steps
 * `shortest * 2^(k/2)` that satisfies both: its speed class k, a function of that particle alone.
 */
import type { LineField } from '../fields/index.js';
import type { Scenario } from '../scenario/index.js';

export interface StepChoice {
  /** Longest path of one step [m]. */
  readonly path: number;
  /** Largest `nu dt` of one step; infinite where a rotation of any size is exact. */
  readonly tau: number;
}

/** Where a rotation by lane is accurate to 5e-6; above it rotations are composed. */
export const TAU_BY_LANE = 0.03;

/**
 * Greatest wave number of the bounce [1/m]: `xi'' = -(B''/(2B)) ...` near the bottom of a well, and the mirror force
 * `B'/(2B)` on the slopes.
 */
export function bounceWaveNumber(field: LineField): number {
  const n = 2000;
  const ds = field.length / n;
  let most = 0;
  for (let i = 0; i <= n; i++) {
    const s = field.sLeft + i * ds;
    const B = field.strength(s);
    const slope = field.gradient(s);
    const curvature = i === n ? 0 : (field.gradient(s + ds) - slope) / ds;
    most = Math.max(most, Math.abs(slope) / (2 * B), Math.sqrt(Math.abs(curvature) / (2 * B)));
  }
  return most;
}

/**
 * The same of a potential energy w(s) [J] for the slowest particles, whose kinetic energy at its least place is `energy` [J]:
 * `sqrt(w''/(m v^2))` and `w'/(m v^2)` with `m v^2 = 2 energy`.
 */
export function potentialWaveNumber(slope: (s: number) => number, field: LineField, energy: number): number {
  const n = 2000;
  const ds = field.length / n;
  let most = 0;
  let last = slope(field.sLeft);
  for (let i = 1; i <= n; i++) {
    const next = slope(field.sLeft + i * ds);
    const curvature = Math.abs(next - last) / ds;
    most = Math.max(most, Math.abs(next) / (2 * energy), Math.sqrt(curvature / (2 * energy)));
    last = next;
  }
  return most;
}

/** Energy error of an orbit, `(k dl)^2/8`, for a path dl [m] of one step; from 1/2 on orbits are unstable. */
export function stepError(field: LineField, path: number): number {
  const turn = bounceWaveNumber(field) * path;
  return (turn * turn) / 8;
}

/** Steps that keep the energy error of an orbit, `(k dl)^2/8`, and the error of the splitting below the tolerance. */
export function stepChoice(scenario: Scenario, field: LineField, variableRate: boolean, potentialWave = 0): StepChoice {
  const { tolerance, kind } = scenario.motion;
  const exactAnyTau = kind === 'homogeneous' && scenario.collisions.operator === 'exact';
  let tau = exactAnyTau ? Infinity : Math.sqrt(tolerance);
  if (scenario.boundary.kind === 'cone') {
    // the bridge over a rim is a flat one: steps small against the cone's own angle
    tau = Math.min(tau, 8e-3, 0.08 / scenario.boundary.ratio);
  }
  if (scenario.collisions.operator === 'eulerMaruyama' || scenario.collisions.operator === 'binomial')
    tau = Math.min(tau, tolerance);
  if (variableRate) tau = Math.min(tau, TAU_BY_LANE);
  const waveNumber = Math.max(bounceWaveNumber(field), potentialWave);
  const bounce = waveNumber > 0 ? Math.sqrt(8 * tolerance) / waveNumber : Infinity;
  return { path: kind === 'homogeneous' ? Infinity : Math.min(bounce, field.length * Math.sqrt(tolerance)), tau };
}
