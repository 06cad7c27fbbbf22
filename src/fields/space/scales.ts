/** Lengths over which a field in space changes at a place. */
import type { FieldScales } from '../../physics/adiabaticity.js';
import * as vectors from '../../physics/vectors.js';
import type { SpaceField, Vector } from './types.js';

/** Distance of the differences, of the field's scale: errors of its square and of rounding over it. */
const PROBE = 1e-4;

/**
 * `B/|grad B|` and the radius of curvature `1/|(b grad) b|` at t = 0, by central differences.
 * @param field in space
 * @param at place [m], where B is not zero
 * @returns both [m]; Infinity in a field that does not change there
 * @example
 * import { buildDipole } from './dipole.js'
 * scalesAt(buildDipole({ B0: 3e-5, radius: 1 }), [6, 0, 0]).gradientLength // ≈ 2
 * scalesAt(buildDipole({ B0: 3e-5, radius: 1 }), [6, 0, 0]).curvatureRadius // ≈ 2
 */
export function scalesAt(
  field: SpaceField,
  at: Vector,
): Required<Pick<FieldScales, 'gradientLength' | 'curvatureRadius'>> {
  const h = PROBE * field.scale;
  if (!Number.isFinite(h)) return { gradientLength: Infinity, curvatureRadius: Infinity };
  const B = (place: Vector) => field.at(...place, 0).B;
  const slope = (along: Vector, of: (place: Vector) => number) =>
    (of(vectors.plus(at, along, h)) - of(vectors.plus(at, along, -h))) / (2 * h);
  const strength = vectors.size(B(at));
  const axes: Vector[] = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ];
  const gradient = axes.map((axis) => slope(axis, (place) => vectors.size(B(place)))) as unknown as Vector;
  const along = vectors.times(B(at), 1 / strength);
  const unit = (place: Vector) => vectors.times(B(place), 1 / vectors.size(B(place)));
  const turn = axes.map((_, i) => slope(along, (place) => unit(place)[i])) as unknown as Vector;
  // Less is rounding over the distance of the differences.
  const length = (inverse: number) => (inverse * h > 1e-13 ? 1 / inverse : Infinity);
  return { gradientLength: length(vectors.size(gradient) / strength), curvatureRadius: length(vectors.size(turn)) };
}
