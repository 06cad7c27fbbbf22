import { pitchCorners, pitchDensity } from './references.js';
import type { AnalysisPlan, AnalysisScenario } from './types.js';

/** Starting pitches, and places where particles start along the whole line. */
const PITCHES = 480;
const PLACES = 24;

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

/** Places and pitches of the start with their weights: midpoints, in a flux tube by ds/B. */
export function starts(scenario: AnalysisScenario, plan: AnalysisPlan, field: StartingLine): Start[] {
  const { place, pitch } = scenario.particles;
  const along = place.kind === 'fluxTube';
  const places = along ? PLACES : 1;
  const found: Start[] = [];
  for (let k = 0; k < places; k++) {
    const across = field.sLeft + ((k + 0.5) * field.length) / places;
    const s = along ? across : place.kind === 'point' ? (place.s ?? field.sMid) : field.sMid;
    const B = field.strength(s);
    if (pitch.kind === 'cosine') {
      found.push({ s, xi: pitch.xi as number, weight: 1 / B });
      continue;
    }
    const corners = pitchCorners(pitch);
    const [low, high] = [corners[0], corners[corners.length - 1]];
    const rim = Math.sqrt(Math.max(0, 1 - B / Bmax(plan)));
    const pitches = along ? PITCHES / 4 : PITCHES;
    for (let i = 0; i < pitches; i++) {
      const xi = low + ((i + 0.5) * (high - low)) / pitches;
      if (pitch.only === 'trapped' && Math.abs(xi) > rim) continue;
      const weight = pitchDensity(pitch, xi) / B;
      if (weight > 0) found.push({ s, xi, weight });
    }
  }
  return found;
}

/** The field beyond which a particle is not trapped: of the cone, or of the throat. */
function Bmax({ reference }: AnalysisPlan): number {
  return reference.Bmin * reference.mirrorRatio;
}
