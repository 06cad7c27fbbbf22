/** Where orbits in space start, and whether a particle can. */
import type { SpaceField, Vector } from '../../fields/space/index.js';
import { SPEED_OF_LIGHT } from '../../physics/constants.js';
import { philox } from '../../physics/philox.js';
import * as vectors from '../../physics/vectors.js';
import type { OrbitScenario } from '../../scenario/orbits/schema.js';
import { PlanError } from '../times.js';

/** The kernel's purpose of the numbers that a start takes, assembly/random/philox.ts. */
const PURPOSE_START = 1;
/** Particles of a box that are looked at one by one; of more, what starts where it cannot is counted as lost. */
const MOST_LOOKED_AT = 1 << 18;
/** Those of them at whose places the field is looked at as well. */
const MOST_FIELDS = 1024;
/** Of a field's strength: what is weaker is the rounding of a null. */
const NULL = 1e-12;

/** What the kernel makes of two random words: a number between 0 and 1. */
const uniform = (high: number, low: number) => ((high >>> 5) * 67108864 + (low >>> 6) + 0.5) * 1.1102230246251565e-16;

/**
 * The place that particle `index` of a box is given [m], as the kernel draws it but for rounding.
 * @example
 * placeInBox({ at: [1, 2, 3], halfWidth: [0, 0, 0] }, '1', 7) // => [1,2,3]
 */
export function placeInBox(
  { at, halfWidth }: { readonly at: Vector; readonly halfWidth: Vector },
  seed: string,
  index: number,
): Vector {
  if (halfWidth.every((half) => half === 0)) return at;
  const key = BigInt(seed);
  const words = (draw: number) =>
    philox(
      [index % 4294967296, draw, PURPOSE_START | (Math.floor(index / 4294967296) << 8), 0],
      [Number(key & 0xffffffffn), Number(key >> 32n)],
    );
  const [a, b] = [words(2), words(3)];
  return [
    at[0] + halfWidth[0] * (2 * uniform(a[0], a[1]) - 1),
    at[1] + halfWidth[1] * (2 * uniform(a[2], a[3]) - 1),
    at[2] + halfWidth[2] * (2 * uniform(b[0], b[1]) - 1),
  ];
}

/** What is wrong with a place to start at, after "particle 7 at (1, 2, 3) m"; null: nothing. */
function faultOf(place: Vector, field: SpaceField, { boundary }: OrbitScenario): string | null {
  const [x, y, z] = place;
  const ends = field.ends ?? {};
  const R = Math.sqrt(x * x + y * y);
  for (const [name, value, low, high] of [
    ['x', x, ends.lowX, ends.highX],
    ['y', y, ends.lowY, ends.highY],
    ['R', R, ends.lowR, ends.highR],
    ['z', z, ends.lowX === undefined && ends.lowR === undefined ? undefined : ends.lowZ, ends.highZ],
  ] as const)
    if (low !== undefined && high !== undefined && !(value >= low && value <= high))
      return `lies outside of the field's table: ${name} = ${value} m (must be from ${low} m to ${high} m)`;
  const r = vectors.size(place);
  const { innerRadius, outerRadius, lowZ, highZ, minorRadius } = boundary;
  if (innerRadius !== null && r < innerRadius)
    return `lies ${r} m from the origin, inside of ${innerRadius} m, where particles are lost (must be farther out)`;
  if (outerRadius !== null && r > outerRadius)
    return `lies ${r} m from the origin, beyond ${outerRadius} m, where particles are lost (must be nearer)`;
  if ((lowZ !== null && z < lowZ) || (highZ !== null && z > highZ))
    return `lies beyond z = ${z < (lowZ ?? -Infinity) ? lowZ : highZ} m, where particles are lost (must be between the ends)`;
  const outwards = R - (ends.majorRadius ?? 0);
  const fromAxis = Math.sqrt(outwards * outwards + z * z);
  if (minorRadius !== null && ends.majorRadius !== undefined && fromAxis > minorRadius)
    return `lies ${fromAxis} m from the magnetic axis, beyond ${minorRadius} m, where particles are lost (must be nearer)`;
  return null;
}

function fieldFaultOf([x, y, z]: Vector, field: SpaceField, { motion }: OrbitScenario): string | null {
  const { B, E } = field.at(x, y, z, 0);
  const size = vectors.size(B);
  if (!(size > NULL * field.strength && size < Infinity))
    return `has a magnetic field of ${size} T there (must be a place where B has a direction)`;
  const drift = vectors.size(vectors.cross(E, B)) / size / size;
  if (motion.kind !== 'fullOrbit' && drift >= SPEED_OF_LIGHT)
    return `has an E x B drift of ${drift} m/s there, faster than light (must be slower, or motion fullOrbit)`;
  return null;
}

/** Whether no place of a box can be wrong but for its field: its corners are right, and so is what lies nearest to the origin. */
function allRight(
  { at, halfWidth }: { readonly at: Vector; readonly halfWidth: Vector },
  field: SpaceField,
  scenario: OrbitScenario,
): boolean {
  if (scenario.boundary.minorRadius !== null || field.ends?.lowR !== undefined) return false;
  const nearest = (i: number) => at[i] - Math.max(-halfWidth[i], Math.min(halfWidth[i], at[i]));
  const corners = Array.from(
    { length: 8 },
    (_, k): Vector => [
      at[0] + (k & 1 ? 1 : -1) * halfWidth[0],
      at[1] + (k & 2 ? 1 : -1) * halfWidth[1],
      at[2] + (k & 4 ? 1 : -1) * halfWidth[2],
    ],
  );
  return [[nearest(0), nearest(1), nearest(2)] as const, ...corners].every(
    (place) => faultOf(place, field, scenario) === null,
  );
}

/**
 * Looks at where the particles start.
 * @throws PlanError that names the first particle that cannot start where it should, by its index and place
 */
export function checkStarts(scenario: OrbitScenario, field: SpaceField): void {
  const { particles, seed } = scenario;
  const box = particles.place.halfWidth.some((half) => half > 0);
  const most = allRight(particles.place, field, scenario) ? MOST_FIELDS : MOST_LOOKED_AT;
  const count = box ? Math.min(particles.count, most) : 1;
  for (let i = 0; i < count; i++) {
    const place = placeInBox(particles.place, seed, i);
    const fault = faultOf(place, field, scenario) ?? (i < MOST_FIELDS ? fieldFaultOf(place, field, scenario) : null);
    if (fault !== null) throw new PlanError(`particles.place: particle ${i} at (${place.join(', ')}) m ${fault}`);
  }
}

/** The fastest gyration [rad/s] where the particles start, of so much a tesla, and whose it is. */
export function fastestStart(
  { particles, seed }: OrbitScenario,
  field: SpaceField,
  perTesla: number,
): readonly [number, string] {
  const { place } = particles;
  const box = place.halfWidth.some((half) => half > 0);
  let [most, index] = [0, 0];
  for (let i = 0; i < (box ? Math.min(particles.count, MOST_FIELDS) : 1); i++) {
    const turn = perTesla * vectors.size(field.at(...placeInBox(place, seed, i), 0).B);
    if (turn > most) [most, index] = [turn, i];
  }
  return [most, box ? `particle ${index}` : 'the particle'];
}
