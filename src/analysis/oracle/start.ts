/** Initial pitch of the oracle: one cosine, or a density that is smooth between its corners. */
import { gaussLegendre } from '../../plan/quadrature.js';
import { pitchCorners, pitchDensity } from '../references.js';
import type { AnalysisPitch } from '../types.js';

/** A point of the start with its share of the particles. */
export interface StartPoint {
  readonly xi: number;
  readonly weight: number;
}

/** Who starts where: exactly at one cosine, or by a density per unit xi (of any norm) between the first corner and the last. */
export type PitchStart =
  | { readonly xi: number }
  | { readonly density: (xi: number) => number; readonly corners: readonly number[] };

/**
 * The start that a scenario's `particles.pitch` describes.
 * @param pitch the scenario's
 * @param xiLossCone edge of the cone, for starts of trapped particles only
 */
export function startOf(pitch: AnalysisPitch, xiLossCone: number): PitchStart {
  if (pitch.kind === 'cosine') return { xi: pitch.xi as number };
  if (pitch.kind === 'beam' && (pitch.halfAngle ?? Math.PI) < 1e-8) return { xi: pitch.direction ?? 1 };
  const own = pitchCorners(pitch);
  const edge = pitch.only === 'trapped' ? xiLossCone : 1;
  const low = Math.max(own[0], -edge);
  const high = Math.min(own[own.length - 1], edge);
  return {
    density: (xi) => pitchDensity(pitch, xi),
    corners: [low, ...own.filter((xi) => xi > low && xi < high), high],
  };
}

/** Points of Gauss on every piece between corners and cuts, with weights that add to 1. */
export function startPoints(start: PitchStart, cuts: ArrayLike<number>, points = 24): StartPoint[] {
  if ('xi' in start) return [{ xi: start.xi, weight: 1 }];
  const { corners, density } = start;
  const [low, high] = [corners[0], corners[corners.length - 1]];
  const ends = [...corners, ...Array.from(cuts).filter((x) => x > low && x < high)].sort((a, b) => a - b);
  const { nodes, weights } = gaussLegendre(points);
  const found: StartPoint[] = [];
  let total = 0;
  for (let i = 0; i + 1 < ends.length; i++) {
    const half = (ends[i + 1] - ends[i]) / 2;
    if (!(half > 0)) continue;
    for (let q = 0; q < points; q++) {
      const xi = (ends[i] + ends[i + 1]) / 2 + half * nodes[q];
      const weight = half * weights[q] * density(xi);
      if (!(weight >= 0)) throw new RangeError(`start.density: ${weight} at xi = ${xi} (must be >= 0 and finite)`);
      found.push({ xi, weight });
      total += weight;
    }
  }
  if (!(total > 0)) throw new RangeError('start.density: is 0 everywhere (must be positive somewhere)');
  return found.map(({ xi, weight }) => ({ xi, weight: weight / total }));
}
