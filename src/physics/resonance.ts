/**
 * Cyclotron resonance with a circularly polarised wave along a uniform field:
 *   omega - k vPar = sigma q B0/(gamma m),
 * sigma = 1 where the field turns as positive ions do (`Bx + i By` goes as `exp i(k z - omega t)`), -1 as electrons do. The wave then turns
 * with the particle, and its force along B adds up.
 * Source: Kennel & Petschek, Journal of Geophysical Research 71, 1 (1966); Karpman, Space Science Reviews 16, 361 (1974).
 */
import { positive } from './check.js';
import { SPEED_OF_LIGHT } from './constants.js';
import { lorentzFactorFromSpeed } from './relativity.js';

/** A circularly polarised wave along z. */
export interface CircularWave {
  /** Wave number along B0 [rad/m], of either sign. */
  readonly k: number;
  /** Angular frequency [rad/s], >= 0. */
  readonly omega: number;
  readonly sigma: 1 | -1;
  /** Size of its magnetic field [T]. */
  readonly amplitude: number;
}

export interface Resonance {
  /** Resonant parallel velocity [m/s]; with its pitch cosine beyond -1 or 1 no particle of this speed has it. */
  readonly parallelSpeed: number;
  readonly pitchCosine: number;
  /** Angular frequency at which a trapped particle swings about the resonance [rad/s]; NaN where no particle has it. */
  readonly trappingFrequency: number;
  /** Half width of the trapped region at this speed [m/s], and in the pitch cosine. */
  readonly halfWidth: number;
  readonly halfWidthCosine: number;
}

/**
 * Where particles of one speed are in resonance, and how wide it is:
 *   vPar = (omega - sigma q B0/(gamma m))/k,   omega_tr^2 = |k| vPerp |q| Bw/(gamma m) (1 - omega^2/(k c)^2),
 * and half width `2 omega_tr/|k|` in vPar at this energy (the separatrix of the pendulum that the phase is).
 * @param wave along B0
 * @param B0 uniform field [T], > 0
 * @param species mass [kg], > 0, and charge [C]
 * @param speed of the particles [m/s], above 0 and below that of light
 * @returns the resonance; a wave faster than light (omega > k c) traps nothing, and its frequency is NaN
 * @throws RangeError for numbers out of range
 * @example
 * const whistler = { k: 1e-4, omega: 4400, sigma: -1, amplitude: 1e-10 };
 * resonance(whistler, 1e-7, ELECTRON, 1e8).parallelSpeed // ≈ -1.2181e8
 * resonance({ ...whistler, k: 2e-4 }, 1e-7, ELECTRON, 1e8).pitchCosine // ≈ -0.609
 */
export function resonance(
  { k, omega, sigma, amplitude }: CircularWave,
  B0: number,
  { mass, charge }: { readonly mass: number; readonly charge: number },
  speed: number,
): Resonance {
  positive('B0', B0, 'a field strength in T');
  positive('speed', speed, 'a speed in m/s');
  const gamma = lorentzFactorFromSpeed(speed);
  const parallelSpeed = (omega - (sigma * charge * B0) / (gamma * mass)) / k;
  const pitchCosine = parallelSpeed / speed;
  const across = speed * Math.sqrt(1 - pitchCosine * pitchCosine);
  const phaseSpeed = omega / (k * SPEED_OF_LIGHT);
  const slow = 1 - phaseSpeed * phaseSpeed;
  const trappingFrequency = Math.sqrt(((Math.abs(k) * across * Math.abs(charge) * amplitude) / (gamma * mass)) * slow);
  const halfWidth = (2 * trappingFrequency) / Math.abs(k);
  return { parallelSpeed, pitchCosine, trappingFrequency, halfWidth, halfWidthCosine: halfWidth / speed };
}

/**
 * The parallel momenta with which particles of one perpendicular momentum are in resonance: none, one or two, since gamma goes with
 * them. A wave slower than light has one, a faster one two or none: `(k^2 c^2 - omega^2) u^2 + 2 W k c u + W^2 - omega^2 (1 + uPerp^2) = 0`, u = pPar/(m c), W = sigma q B0/m, of which those
 * with `omega gamma = W + k c u` count.
 * @param perpendicular momentum [kg m/s], >= 0
 * @returns momenta along B0 [kg m/s], the smaller first
 * @example
 * const whistler = { k: 1e-4, omega: 4400, sigma: -1, amplitude: 1e-10 };
 * resonantMomenta(whistler, 1e-7, ELECTRON, 0)[0] // ≈ -1.166339e-22
 * resonantMomenta({ ...whistler, omega: 3.3e4 }, 1e-7, ELECTRON, 0).length // => 2
 */
export function resonantMomenta(
  { k, omega, sigma }: CircularWave,
  B0: number,
  { mass, charge }: { readonly mass: number; readonly charge: number },
  perpendicular: number,
): number[] {
  const unit = mass * SPEED_OF_LIGHT;
  const W = (sigma * charge * B0) / mass;
  const kc = k * SPEED_OF_LIGHT;
  const uPerp = perpendicular / unit;
  const across = 1 + uPerp * uPerp;
  const [a, half, c] = [kc * kc - omega * omega, W * kc, W * W - omega * omega * across];
  const discriminant = half * half - a * c;
  if (!(discriminant >= 0)) return [];
  // the root without cancellation, and the other from the product of both
  const far = -(half + Math.sign(half || 1) * Math.sqrt(discriminant));
  const roots = a === 0 ? [-c / (2 * half)] : far === 0 ? [0] : [far / a, c / far];
  const gamma = (u: number) => Math.sqrt(across + u * u);
  return [...new Set(roots)]
    .filter(
      (u) => Math.abs(omega * gamma(u) - W - kc * u) <= 1e-9 * (Math.abs(W) + Math.abs(kc * u) + omega * gamma(u)),
    )
    .map((u) => u * unit)
    .sort((x, y) => x - y);
}
