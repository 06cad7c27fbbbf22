/** The loss rate of a parabolic mirror from weak to strong scattering: its three limits, one after the other. */
import { mirrorRatioAbove1, positive } from './check.js';
import { diffusionEigenvalue } from './diffusiveLoss.js';
import { lossEigenvalueOfParabola } from './lossModes.js';
import { parabolicFluxTubeLength } from './lossTimes.js';

/** Loss rate over nu of a parabolic mirror in each of its limits; x = nu length/v. */
export interface MirrorLossLimits {
  /** Weak scattering, x << 1: bounces average it. A constant, `P_n(2/sqrt R - 1) = 0`, n(n + 1). */
  readonly weak: number;
  /** Strong scattering, 1/R << x << R: the loss cone is full, `length/(2 R V x)`, V = ∫ Bmin/B ds. */
  readonly strong: number;
  /** Diffusive, x >> R: `k length^2/(6 x^2)`. */
  readonly diffusive: number;
  /** `1/(1/weak + 1/strong + 1/diffusive)`: the lifetimes added. No theory: a third too small where the limits meet. */
  readonly joined: number;
}

const eigenvalues = new Map<number, { weak: number; k: number; V: number }>();

/** What depends on the mirror ratio alone, for a length of 1. */
function limitsOf(R: number) {
  let found = eigenvalues.get(R);
  if (!found) {
    const root = Math.sqrt(R - 1);
    const line = { strength: (s: number) => 1 + s * s, sLeft: -root, sRight: root };
    found = {
      weak: lossEigenvalueOfParabola(R),
      k: diffusionEigenvalue(line) * 4 * (R - 1),
      V: parabolicFluxTubeLength(R, 1),
    };
    eigenvalues.set(R, found);
  }
  return found;
}

/**
 * The limits of the loss rate over nu of one speed in a parabolic mirror that is open at its throats.
 * @param mirrorRatio R, > 1
 * @param strength nu length/v, > 0
 * @returns loss rate over nu, in each limit
 * @example
 * mirrorLossLimits(5, 1e-4).weak // ≈ 1.711831
 * mirrorLossLimits(5, 1).strong // ≈ 0.180644
 * mirrorLossLimits(5, 1000).diffusive // ≈ 7.44204e-7
 */
export function mirrorLossLimits(mirrorRatio: number, strength: number): MirrorLossLimits {
  const R = mirrorRatioAbove1('mirrorRatio', mirrorRatio);
  const x = positive('strength', strength, 'nu length/v');
  const { weak, k, V } = limitsOf(R);
  const strong = 1 / (2 * R * V * x);
  const diffusive = k / (6 * x * x);
  return { weak, strong, diffusive, joined: 1 / (1 / weak + 1 / strong + 1 / diffusive) };
}
