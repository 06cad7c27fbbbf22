import { within } from './check.js';
import { effectivePotential, type LineProfile, type Orbit } from './orbit.js';
import { bisect } from './quadrature.js';

const CELLS = 512;

/**
 * Where a particle turns: the first place from `from` towards `direction` at which `U(s) = Kperp(mu B) + q phi` reaches its
 * energy. With no potential that is `B = Bmin/sin^2(alpha0)`. The well is scanned on 512 cells of the line, then halved to the
 * last bit: a barrier thinner than a cell can be missed.
 * @param line strength [T], potential [V], throats [m]
 * @param orbit the particle's invariants (orbitAt)
 * @param from place inside the well [m]
 * @param direction 1 towards +s, -1 towards -s
 * @returns s [m], or null where it passes the throat
 * @throws RangeError where `from` is outside the line, or the particle cannot be at `from`
 * @example
 * import { orbitAt } from './orbit.js';
 * const line = { strength: (s) => 0.5 * (1 + s * s), sLeft: -2, sRight: 2 };
 * mirrorPoint(line, orbitAt(PROTON, 1.6e-15, 0.6, 0.5), 0, 1) // ≈ 0.75
 * mirrorPoint(line, orbitAt(PROTON, 1.6e-15, 0.95, 0.5), 0, 1) // => null
 * const charged = { ...line, potential: (s) => 2500 * s * s };
 * mirrorPoint(charged, orbitAt(PROTON, 1.6021766e-15, 0.6, 0.5), 0, 1) // ≈ 0.6359983
 */
export function mirrorPoint(line: LineProfile, orbit: Orbit, from: number, direction: 1 | -1): number | null {
  const { sLeft, sRight } = line;
  within('from', from, sLeft, sRight, 'a place on the line');
  const end = direction > 0 ? sRight : sLeft;
  const beyond = (s: number) => effectivePotential(line, orbit, s) - orbit.energy;
  // A particle that starts at its turning point has U = E to rounding, and moves away from it into the well.
  if (beyond(from) > 1e-12 * Math.abs(orbit.energy)) {
    throw new RangeError(`from: ${from} is not inside the particle's well (must have U(s) <= its energy)`);
  }
  const cell = ((sRight - sLeft) / CELLS) * direction;
  let near = from;
  for (let i = 1; near !== end; i++) {
    const next = from + i * cell;
    const far = direction > 0 ? Math.min(next, end) : Math.max(next, end);
    if (beyond(far) > 0) return bisect(beyond, near, far);
    near = far;
  }
  return null;
}
