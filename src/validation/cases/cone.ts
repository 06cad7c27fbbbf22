/** A loss cone in velocity space: particles scatter where they are and are lost as they enter the cone. */
import { type Ensemble, type Laboratory, line, seconds } from '../laboratory.js';
import { NU } from './still.js';

export interface Cone {
  readonly ratio: number;
  readonly count: number;
  readonly pitch: Record<string, unknown>;
  /** nu t at the end. */
  readonly end: number;
  readonly sides?: 'left' | 'right' | 'both';
  readonly rate?: number;
  /** nu dt; absent: the engine's own choice. */
  readonly step?: number;
}

export function cone(
  laboratory: Laboratory,
  { ratio, count, pitch, end, sides = 'both', rate = 1, step }: Cone,
): Promise<Ensemble> {
  return laboratory.run({
    particles: { count, pitch },
    field: line,
    collisions: { operator: 'exact', rate: `${rate * NU} /s` },
    boundary: { kind: 'cone', ratio, sides },
    motion: step === undefined ? 'homogeneous' : { kind: 'homogeneous', step: `${step / NU} s` },
    times: seconds(end / NU),
  });
}

/** lambda/nu of the slowest even mode by mirror ratio: n(n+1), n the first root of 2F1(-n/2, (n+1)/2; 1/2; 1 - 1/R). */
export const eigenvalues: readonly (readonly [ratio: number, lambda: number])[] = [
  [1.5, 6],
  [2, 3.476733],
  [5, 1.457449],
  [10, 1.001153],
  [100, 0.479996],
];
