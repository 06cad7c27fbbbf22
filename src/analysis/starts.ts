import { gaussLegendre } from '../plan/quadrature.js';
import { pitchCorners, pitchDensity } from './references.js';
import type { AnalysisPlan, AnalysisScenario } from './types.js';

/** Starting pitches, and places where particles start along the whole line; and of each the fewest between two cuts. */
const PITCHES = 480;
const PITCHES_ALONG = 40;
const PLACES = 48;
const FEWEST_PITCHES = 2;
const FEWEST_PLACES = 2;
/** Cells of the line on which a field strength is searched for. */
const CELLS = 512;

/** A place and a pitch of the start, with its share of the particles (not normalised). */
export interface Start {
  readonly s: number;
  readonly xi: number;
  readonly weight: number;
}

/** Where particles start, and the field there. */
export interface StartingLine {
  readonly sLeft: number;
  readonly sMid: number;
  readonly length: number;
  strength(s: number): number;
}

/**
 * Places and pitches of the start with their weights, in a flux tube by ds/B: Gauss's points between where bins begin, by
 * pitch, and between the places from which they can be reached.
 * @param cuts values of `m = (1 - xi^2) Bmin/B` at which to cut, as the edges of bins are
 */
export function starts(
  scenario: AnalysisScenario,
  plan: AnalysisPlan,
  field: StartingLine,
  cuts: readonly number[] = [],
): Start[] {
  const { place, pitch } = scenario.particles;
  const { Bmin, mirrorRatio } = plan.reference;
  const one = pitch.kind === 'cosine' ? [pitch.xi as number] : null;
  const corners = one ?? pitchCorners(pitch);
  const along = place.kind === 'fluxTube';
  const levels = [...corners, ...(one ? [] : [0])].flatMap((xi) => cuts.map((m) => ((1 - xi * xi) * Bmin) / m));
  const places = along
    ? between([field.sLeft, ...crossings(field, levels), field.sLeft + field.length], FEWEST_PLACES, PLACES)
    : [{ at: place.kind === 'point' ? (place.s ?? field.sMid) : field.sMid, weight: 1 }];
  return places.flatMap(({ at: s, weight: share }) => {
    const B = field.strength(s);
    if (one) return [{ s, xi: one[0], weight: share / B }];
    const rim = pitch.only === 'trapped' ? Math.sqrt(Math.max(0, 1 - B / (Bmin * mirrorRatio))) : 1;
    const low = Math.max(corners[0], -rim);
    const high = Math.min(corners[corners.length - 1], rim);
    const edges = cuts.map((m) => Math.sqrt(1 - (m * B) / Bmin)).flatMap((xi) => [-xi, xi]);
    const ends = [...corners, ...edges, low, high].filter((xi) => xi >= low && xi <= high);
    return between(ends, FEWEST_PITCHES, along ? PITCHES_ALONG : PITCHES)
      .map(({ at: xi, weight }) => ({ s, xi, weight: (share * weight * pitchDensity(pitch, xi)) / B }))
      .filter(({ weight }) => weight > 0);
  });
}

/** Gauss's points between these ends, in all about `whole` of them. */
function between(ends: readonly number[], fewest: number, whole: number): { at: number; weight: number }[] {
  const sorted = [...ends].sort((x, y) => x - y);
  const length = sorted[sorted.length - 1] - sorted[0];
  const found: { at: number; weight: number }[] = [];
  for (let i = 0; i + 1 < sorted.length; i++) {
    const width = sorted[i + 1] - sorted[i];
    if (!(width > 1e-9 * length)) continue;
    const { nodes, weights } = gaussLegendre(Math.max(fewest, Math.ceil((whole * width) / length)));
    for (let q = 0; q < nodes.length; q++)
      found.push({ at: sorted[i] + ((1 + nodes[q]) * width) / 2, weight: (weights[q] * width) / 2 });
  }
  return found;
}

/** Places where the field has one of these strengths. */
function crossings(field: StartingLine, levels: readonly number[]): number[] {
  const place = (i: number) => field.sLeft + (i * field.length) / CELLS;
  const B = Float64Array.from({ length: CELLS + 1 }, (_, i) => field.strength(place(i)));
  return levels.flatMap((level) => {
    const found: number[] = [];
    for (let i = 0; i < CELLS; i++) {
      if (!((B[i] - level) * (B[i + 1] - level) < 0)) continue;
      let [low, high] = [place(i), place(i + 1)];
      for (let step = 0; step < 30; step++) {
        const middle = (low + high) / 2;
        if ((field.strength(middle) - level) * (B[i] - level) > 0) low = middle;
        else high = middle;
      }
      found.push((low + high) / 2);
    }
    return found;
  });
}
