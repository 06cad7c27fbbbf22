import { sheetKickExponent } from '../../physics/sheetKick.js';
import { planOrbits } from '../../plan/orbits/plan.js';
import { PlanError } from '../../plan/times.js';
import type { OrbitScenario } from '../../scenario/index.js';
import type { AnyScenario } from '../kinds.js';
import { isOrbitScenario } from '../kinds.js';
import type { ScanPreset } from './preset.js';

/** Particles of a point: a block of 8, which is stepped together, in each of 64; twice as many where that takes no time. */
const COUNT = 512;
const CHEAP = 1e8;
/** Larmor radii and thicknesses from the sheet at least, and more where the kick is small: the field falls off as exp(-2z/L). */
const RADII = 8;
const THICKNESSES = 3;
/** Kicks below exp(-24) drown in rounding. */
const DEEPEST = 24;
/** What a thin sheet scatters and traps leaves slowly; a thick one is left at the speed of the start. */
const THIN = 1;
const SLOW = 6;
const STEADY = 2.2;

/** A start far enough from the sheet, and a time in which it is crossed. */
function adapt(scenario: AnyScenario): Record<string, unknown> {
  const { field, particles } = scenario as OrbitScenario;
  if (
    !isOrbitScenario(scenario) ||
    field.kind !== 'currentSheet' ||
    field.normalField === 0 ||
    particles.pitch.kind !== 'cosine'
  )
    throw new PlanError('scan: current-sheet-scan is for one pitch and a current sheet with a normal field');
  const { speed, larmorRadius, B } = planOrbits(scenario).reference;
  const xi = particles.pitch.xi;
  const ratio = Math.abs(field.normalField) / field.B0;
  const exponent = sheetKickExponent(ratio, field.thickness / (larmorRadius * (B / field.B0)), xi);
  const distance = Math.max(RADII * larmorRadius, (THICKNESSES + Math.min(DEEPEST, exponent) / 4) * field.thickness);
  const along = (speed * Math.abs(xi) * ratio) / Math.sqrt(1 + ratio * ratio);
  const seconds = ((exponent < THIN ? SLOW : STEADY) * distance) / along;
  // Rounded: it enters the hash, and should be short.
  const short = (x: number) => Number(x.toPrecision(4));
  const times = { ...scenario.times, at: null, until: { seconds: short(seconds) } };
  const { stepsEstimate } = planOrbits({ ...scenario, times, particles: { ...particles, count: COUNT } });
  const count = stepsEstimate < CHEAP ? 2 * COUNT : COUNT;
  return {
    'particles.place': ['0 m', '0 m', `${-short(distance)} m`],
    'times.until': `${short(seconds)} s`,
    'particles.count': count,
  };
}

export const currentSheetScan: ScanPreset = {
  name: 'current-sheet-scan',
  title:
    'The kick of mu in a current sheet against its thickness, with the normal field of the worked case and a tenth of it',
  description:
    'The spread of (mu - mu0)/mu0 of protons that crossed a current sheet, of order one where the sheet is thinner than a Larmor radius and falling exponentially with kappa^2 = (Bn/B0)^2 L/rho. What the sheet has trapped counts with the mu that it has.',
  yaml: `# Protons of vPerp = vPar = 1e6 m/s cross a current sheet; every point starts them far from its sheet.
name: current-sheet-scan
seed: 1
motion: { kind: fullOrbit, tolerance: 2e-3 } # the kick is right to tolerance x ln(kick)
species: proton
particles:
  speed: 1.41421356e6 m/s
  pitch: { kind: cosine, xi: 0.70710678 }
  place: [0 m, 0 m, -1e12 m]
field: { kind: currentSheet, B0: 5 nT, thickness: 500 km, normalField: 5 nT }
times: { count: 1, until: 1 s }
outputs: { figures: false }
`,
  axes: { 'field.thickness': '3e5..3e9 m:log:17', 'field.normalField': '5 nT, 0.5 nT' },
  adapt,
};
