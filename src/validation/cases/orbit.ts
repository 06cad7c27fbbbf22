/** One particle without collisions, followed through its tallies: <x> and <xi> of an ensemble of one. */
import type { Laboratory } from '../laboratory.js';

export interface Orbit {
  readonly particles: Record<string, unknown>;
  readonly species?: string;
  readonly field: Record<string, unknown>;
  /** [s] */
  readonly dt: number;
  /** Steps between two snapshots. */
  readonly steps: number;
  readonly snapshots: number;
}

/** Place [m] and pitch-angle cosine at every snapshot, the start included. */
export async function orbit(
  laboratory: Laboratory,
  { particles, species, field, dt, steps, snapshots }: Orbit,
): Promise<{ readonly s: Float64Array; readonly xi: Float64Array }> {
  const values = Array.from({ length: snapshots }, (_, i) => (i + 1) * (steps * dt));
  const { tallies } = await laboratory.run({
    ...(species ? { species } : {}),
    particles: { count: 1, ...particles },
    field,
    collisions: 'none',
    boundary: 'throat',
    motion: { kind: 'guidingCentre', step: `${dt} s` },
    times: { at: { unit: 's', values } },
  });
  const legendre = tallies.total('legendre');
  return {
    s: tallies.total('position'),
    xi: Float64Array.from({ length: snapshots + 1 }, (_, i) => legendre[9 * i + 1]),
  };
}
