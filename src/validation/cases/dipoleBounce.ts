import { EARTH_RADIUS, SPEED_OF_LIGHT } from '../../physics/constants.js';
import { dipoleBounceIntegral } from '../../physics/dipole.js';
import type { Finding, ValidationCase } from '../case.js';
import type { Laboratory } from '../laboratory.js';
import { exactly } from '../statistics.js';
import { within } from '../verdict.js';
import { orbit } from './orbit.js';

const SHELL = 4;
const TOLERANCE = 1e-5;

/** Mean time between upward crossings of s = 0, found by cubic Hermite between snapshots `interval` apart. */
function period(s: Float64Array, speedAlong: (i: number) => number, interval: number): number {
  const crossings: number[] = [];
  for (let i = 1; i < s.length; i++) {
    if (!(s[i - 1] < 0 && s[i] >= 0)) continue;
    const [a, b] = [s[i - 1], s[i]];
    const [u, v] = [speedAlong(i - 1) * interval, speedAlong(i) * interval];
    const place = (x: number) => a + x * (u + x * (3 * (b - a) - 2 * u - v + x * (2 * (a - b) + u + v)));
    let [low, high] = [0, 1];
    for (let k = 0; k < 60; k++) {
      const middle = (low + high) / 2;
      if (place(middle) < 0) low = middle;
      else high = middle;
    }
    crossings.push((i - 1 + low) * interval);
  }
  // of one bounce there is no mean
  return crossings.length > 3 ? (crossings[crossings.length - 1] - crossings[0]) / (crossings.length - 1) : Number.NaN;
}

interface Mover {
  readonly speed: number;
  readonly species?: string;
  readonly particles: Record<string, unknown>;
}

/** T of tau_b = 4 (shellL R_E/v) T, with a few thousand steps a bounce. */
async function integral(laboratory: Laboratory, degrees: number, mover: Mover, shellL = SHELL): Promise<number> {
  const xi = degrees === 90 ? 1e-4 : Math.cos((degrees * Math.PI) / 180);
  const guess = (4 * SHELL * EARTH_RADIUS) / mover.speed;
  const dt = guess / 2000;
  const found = await orbit(laboratory, {
    species: mover.species,
    particles: { ...mover.particles, pitch: { kind: 'cosine', xi } },
    field: { kind: 'dipole', shellL, lossAltitude: '100 km' },
    dt,
    steps: 10,
    snapshots: 1000,
  });
  return period(found.s, (i) => found.xi[i] * mover.speed, 10 * dt) / guess;
}

const proton: Mover = { speed: 1e7, particles: { speed: '1e7 m/s' } };

/** The common approximation T = 1.3802 - 0.3198 (sin a + sqrt(sin a)), 1e-3 to 1e-2 off. */
function hamlin(degrees: number): number {
  const y = Math.sin((degrees * Math.PI) / 180);
  return 1.3802 - 0.3198 * (y + Math.sqrt(y));
}

async function at(laboratory: Laboratory, degrees: number, exact: number, shellL = SHELL): Promise<Finding> {
  const found = exactly(await integral(laboratory, degrees, proton, shellL));
  return within(`T(${degrees} deg), protons of 1e7 m/s`, '1', found, exact, TOLERANCE * exact, {
    controls: [{ what: 'the usual approximation', reference: hamlin(degrees) }],
    at: { series: 'exact', x: degrees },
  });
}

/** Electrons of 1 MeV: the same T with the true speed. */
async function relativistic(laboratory: Laboratory): Promise<Finding> {
  const [mass, energy] = [9.1093837139e-31, 1e6 * 1.602176634e-19];
  const gamma = 1 + energy / (mass * SPEED_OF_LIGHT ** 2);
  const speed = SPEED_OF_LIGHT * Math.sqrt(1 - 1 / gamma ** 2);
  const exact = 0.88685924;
  const found = exactly(await integral(laboratory, 45, { speed, species: 'electron', particles: { speed: '1 MeV' } }));
  const slow = Math.sqrt((2 * energy) / mass);
  return within('T(45 deg), electrons of 1 MeV', '1', found, exact, TOLERANCE * exact, {
    controls: [{ what: 'the non-relativistic speed', reference: (exact * speed) / slow }],
    at: { series: 'exact', x: 45 },
  });
}

export const dipoleBounce: ValidationCase = {
  id: 'C2',
  family: 'motion',
  title: 'bounce in a dipole: tau_b = 4 (shellL R_E/v) T(alpha)',
  source: 'Schulz & Lanzerotti 1974; T by quadrature to 8 digits',
  async measure(laboratory) {
    const findings: Finding[] = [];
    for (const [degrees, exact] of [
      [90, (Math.PI * Math.SQRT2) / 6],
      [45, 0.88685924],
      [30, 0.99972741],
    ])
      findings.push(await at(laboratory, degrees, exact));
    findings.push(await relativistic(laboratory));
    const angles = Array.from({ length: 36 }, (_, i) => 20 + 2 * i);
    return {
      findings,
      figure: {
        xLabel: 'equatorial pitch angle (°)',
        yLabel: 'T(alpha) = tau_b v/(4 shellL R_E)',
        series: [
          {
            label: 'exact',
            curve: angles.map((a) => [a, dipoleBounceIntegral(Math.min(1, Math.sin((a * Math.PI) / 180)))] as const),
          },
        ],
      },
    };
  },
  faults: [
    {
      what: 'a shell of 4.001 in place of 4',
      measure: async (laboratory) => [await at(laboratory, 45, 0.88685924, 4.001)],
    },
  ],
};
