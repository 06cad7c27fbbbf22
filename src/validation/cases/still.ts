/** Scattering alone: nothing moves, one kick of nu dt = `tau` an interval. */
import { type Ensemble, type Laboratory, line, seconds } from '../laboratory.js';
import { legendreVariance } from '../legendre.js';
import type { Measured } from '../statistics.js';

/** Scattering rate of the cases without motion [1/s]; only nu t counts. */
export const NU = 1e4;

export interface Still {
  readonly tau: number;
  readonly kicks?: number;
  readonly xi: number;
  readonly count: number;
  readonly rate?: number;
  readonly operator?: string;
  /** Whether every particle is listed. */
  readonly listed?: boolean;
}

export function still(
  laboratory: Laboratory,
  { tau, kicks = 1, xi, count, rate = 1, operator = 'exact', listed = false }: Still,
): Promise<Ensemble> {
  return laboratory.run({
    particles: { count, pitch: { kind: 'cosine', xi } },
    field: line,
    collisions: { operator, rate: `${NU * rate} /s` },
    boundary: 'none',
    // the exact step takes an interval in one kick
    motion: operator === 'exact' ? 'homogeneous' : { kind: 'homogeneous', step: `${tau / NU} s` },
    times: seconds(...Array.from({ length: kicks }, (_, i) => (tau * (i + 1)) / NU)),
    outputs: { figures: false, particles: listed ? count : 0 },
  });
}

/** <P_l> at a snapshot with its exact error: nu t = tau in all, from one cosine. */
export function moment({ tallies, particles }: Ensemble, l: number, time: number, xi0: number, tau: number): Measured {
  const sum = tallies.total('legendre')[time * 9 + l];
  return { value: sum / particles, error: Math.sqrt(legendreVariance(l, xi0, tau) / particles), count: particles };
}
