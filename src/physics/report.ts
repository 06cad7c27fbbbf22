import { adiabaticity } from './adiabaticity.js';
import { parabolicBouncePeriod, parabolicScale } from './bounce.js';
import { within } from './check.js';
import { ELEMENTARY_CHARGE } from './constants.js';
import { type BackgroundSpecies, coulombScatteringRate } from './coulomb.js';
import { muDiffusion } from './diffusion.js';
import { acos } from './elementary.js';
import { gyrofrequency, larmorRadius } from './gyration.js';
import { isotropisationRate } from './legendre.js';
import { lossConeAngle, lossConeCosine } from './lossCone.js';
import { lossEigenvalueOfParabola, lossRate } from './lossModes.js';
import { meanLossTime } from './lossTimes.js';
import { gyrationAction, magneticMomentFromPitch, orbitalMoment } from './magneticMoment.js';
import { lorentzFactorFromEnergy, momentumFromEnergy, speedFromEnergy } from './relativity.js';
import type { Species } from './species.js';
import { trappedFractionAtMidplane, trappedFractionOfParabolicTube } from './trappedFraction.js';

/** Far beyond what nature has, and far from where squares of doubles overflow or vanish. */
export const LEAST_ENERGY = 1e-40;
export const MOST_ENERGY = 1e12;
export const LEAST_FIELD = 1e-20;
export const MOST_FIELD = 1e12;

/** What else is known; every row that needs something that is not given is left out. */
export interface ReportOptions {
  /** Pitch-angle cosine where the field is B, -1 .. 1; 0 if left out. */
  xi?: number;
  /** B/|grad B| [m]. */
  gradientLength?: number;
  /** Radius of curvature of the line [m]. */
  curvatureRadius?: number;
  /** Angular frequency of changes of the field [rad/s]. */
  frequency?: number;
  /** Bmax/B of a mirror whose least field is B, > 1. */
  mirrorRatio?: number;
  /** Throat to throat [m]; with mirrorRatio the mirror is taken as parabolic. */
  length?: number;
  /** Scattering rate [1/s] ... */
  nu?: number;
  /** ... or the background it comes from, with its Coulomb logarithm (15 if left out). */
  background?: readonly BackgroundSpecies[];
  coulombLogarithm?: number;
}

/** A line of the report. `unit` is SI or deg, '' for a pure number; a `value` that is text is a verdict. */
export interface ReportRow {
  quantity: string;
  symbol: string;
  value: number | string;
  unit: string;
  note: string;
}

/** Everything the formulary says about one particle. */
export interface ParticleReport {
  rows: ReportRow[];
}

/**
 * What `losscone physics` prints: motion, moment, adiabaticity, mirror and scattering of one particle. All numbers are exact
 * functions of the input: they carry no statistical error.
 * @param species mass [kg] and charge [C]
 * @param kineticEnergy [J], 1e-40 to 1e12
 * @param B [T], 1e-20 to 1e12; in a mirror its least value
 * @param options what else is known
 * @returns rows of quantity, symbol, value, unit and note
 * @throws RangeError naming the argument that is out of range
 * @example
 * const report = particleReport(PROTON, 10e3 * ELEMENTARY_CHARGE, 0.5, { mirrorRatio: 5, length: 2 });
 * const value = (symbol) => report.rows.find((row) => row.symbol === symbol).value;
 * value('v') // ≈ 1.384101e6
 * value('rho') // ≈ 0.0288995
 * value('alphaLC') // ≈ 26.5650512
 * value('tau_b') // ≈ 2.26977e-6
 */
export function particleReport(
  species: Species,
  kineticEnergy: number,
  B: number,
  options: ReportOptions = {},
): ParticleReport {
  const rows: ReportRow[] = [];
  const add = (quantity: string, symbol: string, value: number | string, unit: string, note = '') =>
    rows.push({ quantity, symbol, value, unit, note });
  const { mass, charge } = species;
  within('kineticEnergy', kineticEnergy, LEAST_ENERGY, MOST_ENERGY, 'a kinetic energy in J');
  within('B', B, LEAST_FIELD, MOST_FIELD, 'a field strength in T');
  const xi = within('xi', options.xi ?? 0, -1, 1, 'a pitch-angle cosine');
  const speed = speedFromEnergy(kineticEnergy, mass);
  const gamma = lorentzFactorFromEnergy(kineticEnergy, mass);
  const momentum = momentumFromEnergy(kineticEnergy, mass);
  const sine = Math.sqrt((1 - xi) * (1 + xi));
  const mu = magneticMomentFromPitch(momentum, xi, mass, B);
  const Omega = gyrofrequency(B, charge, mass, gamma);
  const rho = larmorRadius(momentum, charge, B);

  add('kinetic energy', 'K', kineticEnergy, 'J', `${Number((kineticEnergy / ELEMENTARY_CHARGE).toPrecision(10))} eV`);
  add('speed', 'v', speed, 'm/s', `v/c = ${(speed / 299792458).toPrecision(4)}`);
  add('Lorentz factor', 'gamma', gamma, '');
  add('momentum', 'p', momentum, 'kg m/s');
  add('pitch-angle cosine', 'xi', xi, '', `pitch angle ${((acos(xi) * 180) / Math.PI).toPrecision(4)} deg`);
  const turns = charge > 0 ? 'against the right-hand turn about B' : 'with the right-hand turn about B';
  add('gyrofrequency', 'Omega', Omega, 'rad/s', `gyrates ${turns}`);
  add('gyration period', 'tau_g', (2 * Math.PI) / Omega, 's');
  add('Larmor radius', 'rho', rho, 'm', 'of the whole momentum: the length that decides adiabaticity');
  if (xi !== 0) add('radius of the orbit', 'rhoPerp', rho * sine, 'm', 'of the momentum across the field');
  add('magnetic moment', 'mu', mu, 'J/T', 'the adiabatic invariant pPerp^2/(2 m B)');
  add('orbital moment', 'I A', orbitalMoment(mu, gamma), 'J/T', 'current times area, mu/gamma');
  add('action of the gyration', 'J', gyrationAction(mu, mass, charge), 'J s', '(2 pi m/|q|) mu');
  addAdiabaticity(add, rho, Omega, options);
  if (options.mirrorRatio !== undefined) addMirror(add, speed, xi, B, options.mirrorRatio, options.length);
  const { background, coulombLogarithm = 15 } = options;
  const nu = options.nu ?? (background && coulombScatteringRate(speed, species, background, coulombLogarithm));
  if (options.nu === undefined && background)
    add('Coulomb logarithm', 'lnLambda', coulombLogarithm, '', 'taken for every species of the background');
  if (nu !== undefined) addScattering(add, { nu, momentum, mass, B, xi, speed }, options);
  return { rows };
}

type Add = (quantity: string, symbol: string, value: number | string, unit: string, note?: string) => void;

function addAdiabaticity(add: Add, rho: number, Omega: number, options: ReportOptions): void {
  const { gradientLength, curvatureRadius, frequency } = options;
  if (gradientLength === undefined && curvatureRadius === undefined && frequency === undefined) return;
  const found = adiabaticity(rho, { gradientLength, curvatureRadius, frequency, gyrofrequency: Omega });
  add('adiabaticity', 'epsilon', found.epsilon, '', 'rho max(|grad B|/B, 1/Rc)');
  if (curvatureRadius !== undefined) add('curvature parameter', 'kappa', found.kappa, '', 'sqrt(Rc/rho)');
  if (frequency !== undefined) add('frequency of the field', 'omega/Omega', found.frequencyRatio, '');
  add('conservation of mu', 'verdict', found.verdict, '', found.message);
}

function addMirror(add: Add, speed: number, xi: number, B: number, mirrorRatio: number, length?: number): void {
  const edge = lossConeCosine(mirrorRatio);
  const held = Math.abs(xi) < edge;
  add('mirror ratio', 'R', mirrorRatio, '', `throat at ${Number((B * mirrorRatio).toPrecision(6))} T`);
  add('loss cone', 'alphaLC', (lossConeAngle(mirrorRatio) * 180) / Math.PI, 'deg', 'sin^2 alphaLC = 1/R');
  add('edge of the loss cone', 'xiLC', edge, '', held ? 'this particle is trapped' : 'this particle is lost');
  if (held) add('field at the mirror point', 'Bm', B / ((1 - xi) * (1 + xi)), 'T', 'B/(1 - xi^2)');
  add('trapped fraction', 'f_trapped', trappedFractionAtMidplane(mirrorRatio), '', 'isotropic at the midplane');
  if (length === undefined) return;
  const scale = parabolicScale(mirrorRatio, length);
  const tube = trappedFractionOfParabolicTube(mirrorRatio);
  add('trapped fraction, flux tube', 'f_tube', tube, '', 'isotropic and uniform in a parabolic flux tube');
  if (!held) return;
  const reach = (scale * Math.abs(xi)) / Math.sqrt((1 - xi) * (1 + xi));
  add('mirror point', 's_m', reach, 'm', 'parabolic mirror, from the midplane');
  add('bounce period', 'tau_b', parabolicBouncePeriod(speed, xi, scale), 's', 'parabolic mirror');
}

function addScattering(
  add: Add,
  at: { nu: number; momentum: number; mass: number; B: number; xi: number; speed: number },
  { mirrorRatio, length }: ReportOptions,
): void {
  const { nu, momentum, mass, B, xi, speed } = at;
  add('scattering rate', 'nu', nu, '1/s', 'Lorentz operator without a factor 1/2: nu = nu_D/2 = nu_perp/4');
  add('isotropisation rate', '6 nu', isotropisationRate(nu), '1/s', 'decay of <P2>');
  add('diffusion of mu', 'D_mumu', muDiffusion(momentum, mass, B, nu, xi), '(J/T)^2/s', '<dmu^2>/(2 dt) at this place');
  if (mirrorRatio === undefined || !(nu > 0)) return;
  add('loss rate, velocity space', 'lambda', lossRate(mirrorRatio, nu), '1/s', 'slowest mode, cones on a uniform line');
  if (length !== undefined) {
    const rate = lossEigenvalueOfParabola(mirrorRatio) * nu;
    add('loss rate, parabolic mirror', 'lambda_p', rate, '1/s', 'slowest mode, bouncing much faster than scattering');
  }
  add(
    'mean loss time',
    'tau_loss',
    meanLossTime(mirrorRatio, xi, nu),
    's',
    'ln[R(1 - xi^2)]/(2 nu), any mirror, same limit',
  );
  if (length !== undefined)
    add('strength of scattering', 'nu L/v', (nu * length) / speed, '', 'in a mirror of this length');
}
