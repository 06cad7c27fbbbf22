/** The distributions of starting pitch and place, as the kernel draws them. */
import type { LineField } from '../fields/index.js';
import { cos, pow } from '../physics/elementary.js';
import type { Scenario } from '../scenario/index.js';
import {
  evenly,
  fromDensity,
  fromRows,
  type QuantileTable,
  shareBelow,
  single,
  uniformBetween,
} from './quantileTable.js';

const CELLS = 4096;

/** Starting pitch cosines at the place of the start. */
export function pitchLaw(scenario: { readonly particles: Pick<Scenario['particles'], 'pitch'> }): QuantileTable {
  const pitch = scenario.particles.pitch;
  switch (pitch.kind) {
    case 'isotropic':
      return uniformBetween(-1, 1);
    case 'beam': {
      const rim = cos(pitch.halfAngle);
      if (rim >= 1) return single(pitch.direction);
      return pitch.direction > 0 ? uniformBetween(rim, 1) : uniformBetween(-1, -rim);
    }
    case 'cosine':
      return single(pitch.xi);
    case 'pancake':
      return fromDensity(evenly(-1, 1, CELLS), (xi) => pow(Math.max(0, 1 - xi * xi), pitch.power / 2));
    case 'table':
      return fromRows(pitch.xi, pitch.density, Math.max(1, Math.ceil(CELLS / pitch.xi.length)));
  }
}

/** Starting places [m]; in a flux tube by ds/B, and by the share that is trapped there if only those start. */
export function placeLaw(scenario: Scenario, field: LineField, pitches: QuantileTable): QuantileTable {
  const place = scenario.particles.place;
  if (place.kind === 'midplane') return single(field.sMid);
  if (place.kind === 'point') return single(place.s);
  const trapped = scenario.particles.pitch.only === 'trapped';
  const { boundary } = scenario;
  const throat = boundary.kind === 'cone' ? boundary.ratio * field.Bmin : field.Bmax;
  return fromDensity(evenly(field.sLeft, field.sRight, CELLS), (s) => {
    const B = field.strength(s);
    if (!trapped) return 1 / B;
    const rim = Math.sqrt(Math.max(0, 1 - B / throat));
    return (shareBelow(pitches, rim) - shareBelow(pitches, -rim)) / B;
  });
}
