import { EARTH_RADIUS } from '../physics/constants.js';
import { asinh } from '../physics/elementary.js';
import { SectionFault } from '../scenario/faults.js';
import { plainNumber, quantity, section, tag } from '../scenario/leaves.js';
import { fieldStrength } from './keys.js';
import { tabulate } from './tabulate.js';
import type { FieldProfile, LineField } from './types.js';

const schema = section(
  {
    kind: tag('dipole', "A line of the Earth's dipole"),
    shellL: plainNumber({
      description: 'L-shell: the radius of the line at the equator, in Earth radii',
      what: 'an L-shell of a closed line',
      min: 1.05,
      max: 50,
      example: 4,
    }),
    lossAltitude: quantity('length', {
      description: 'Altitude above the surface where particles are lost in the atmosphere: the throats',
      what: 'an altitude of the atmosphere',
      min: 0,
      max: 1e7,
      example: '100 km',
    }).prefault('100 km'),
    B0: quantity('magneticField', {
      ...fieldStrength('Field at the equator on the surface'),
      example: '29.81 uT',
    }).prefault('29.81 uT'),
  },
  "A field line of the Earth's dipole, lost at a given altitude.",
);

const ROOT3 = Math.sqrt(3);

/**
 * A dipole's line `r = shellL R_E cos^2(latitude)` by its arc length s from the equator, north positive. With `x = sin(latitude)`:
 * `B = (B0/shellL^3) sqrt(1 + 3x^2)/(1 - x^2)^3`, `ds/dx = shellL R_E sqrt(1 + 3x^2)`.
 * Source: Schulz & Lanzerotti, Particle Diffusion in the Radiation Belts (1974), section I.2.
 * @param spec shellL [R_E], lossAltitude [m], B0 [T] at the equator on the surface
 * @throws SectionFault where the line does not rise above lossAltitude
 * @example
 * buildDipole({ shellL: 4, lossAltitude: 100e3, B0: 2.981e-5 }).Bmin // ≈ 4.6578e-7
 */
export function buildDipole(spec: { shellL: number; lossAltitude: number; B0: number }): LineField {
  const { shellL, lossAltitude, B0 } = spec;
  const radius = shellL * EARTH_RADIUS;
  const top = radius - EARTH_RADIUS;
  if (!(lossAltitude < 0.99 * top)) {
    const message = `${lossAltitude} m is above the line, whose top stands at ${top} m (must be below 0.99 of it)`;
    throw new SectionFault({ path: 'lossAltitude', found: `${lossAltitude} m`, message });
  }
  const equator = B0 / (shellL * shellL * shellL);
  const arc = (x: number) => (radius * (x * Math.sqrt(1 + 3 * x * x) + asinh(ROOT3 * x) / ROOT3)) / 2;
  const sineAt = (s: number): number => {
    // Newton on the convex arc length from its upper bound s/radius >= x converges from one side, for either sign.
    let x = Math.max(-1, Math.min(1, s / radius));
    for (let i = 0; i < 60; i++) {
      const next = x - (arc(x) - s) / (radius * Math.sqrt(1 + 3 * x * x));
      if (Math.abs(next - x) <= 2e-16 * Math.abs(next)) return next;
      x = next;
    }
    return x;
  };
  const strengthAt = (x: number) => {
    const cos2 = 1 - x * x;
    return (equator * Math.sqrt(1 + 3 * x * x)) / (cos2 * cos2 * cos2);
  };
  const strength = (s: number) => strengthAt(sineAt(s));
  const gradient = (s: number) => {
    const x = sineAt(s);
    const logSlope = (3 * x) / (1 + 3 * x * x) + (6 * x) / (1 - x * x);
    return (strengthAt(x) * logSlope) / (radius * Math.sqrt(1 + 3 * x * x));
  };
  const foot = Math.sqrt(1 - (EARTH_RADIUS + lossAltitude) / radius);
  const half = arc(foot);
  return tabulate({
    kind: 'dipole',
    sLeft: -half,
    sRight: half,
    sMid: 0,
    Bmin: equator,
    Bmax: strengthAt(foot),
    strength,
    gradient,
  });
}

export const dipole = {
  kind: 'dipole',
  schema,
  example: { kind: 'dipole', shellL: 4, lossAltitude: '100 km' },
  build: buildDipole,
} as const satisfies FieldProfile<'dipole', typeof schema>;
