/** Fraction of an ensemble that a mirror holds, by its invariants, without potential. Closed forms derived for this project. */
import { mirrorRatioAbove1, notNegative } from './check.js';
import { atan, exp, lgamma, log } from './elementary.js';
import { lossConeCosine } from './lossCone.js';
import type { LineProfile } from './orbit.js';
import { integrate, signChanges } from './quadrature.js';

/**
 * Isotropic at the midplane: `sqrt(1 - 1/R)`.
 * @param mirrorRatio R, > 1
 * @example
 * trappedFractionAtMidplane(2) // ≈ 0.707106781
 */
export function trappedFractionAtMidplane(mirrorRatio: number): number {
  return lossConeCosine(mirrorRatio);
}

/**
 * Pancake at the midplane, density per dxi `(1 - xi^2)^(n/2)`, i.e. sin^n(alpha): the fraction with |xi| < xiLC.
 * By two series of positive terms, the one of the lost particles where R is large.
 * @param mirrorRatio R, > 1
 * @param power n, >= 0 (0 is isotropic)
 * @example
 * trappedFractionOfPancake(5, 0) // ≈ 0.894427191
 * trappedFractionOfPancake(5, 2) // ≈ 0.983869910
 */
export function trappedFractionOfPancake(mirrorRatio: number, power: number): number {
  const small = 1 / mirrorRatioAbove1('mirrorRatio', mirrorRatio); // 1 - xiLC^2
  const a = notNegative('power', power, 'a power') / 2;
  // ∫_0^1 (1 - x^2)^a dx = sqrt(pi) Gamma(a + 1)/(2 Gamma(a + 3/2))
  const logWhole = lgamma(0.5) + lgamma(a + 1) - log(2) - lgamma(a + 1.5);
  const series = (first: number, ratio: (n: number) => number): number => {
    let sum = first;
    let term = first;
    for (let n = 0; term > 1e-17 * sum && n < 1e6; n++) {
      term *= ratio(n);
      sum += term;
    }
    return sum;
  };
  if (small < 0.5) {
    const lost = series(1, (n) => (((n + 0.5) * (n + a + 1)) / ((n + a + 2) * (n + 1))) * small);
    return 1 - (exp((a + 1) * log(small) - logWhole) * lost) / (2 * (a + 1));
  }
  const edge = Math.sqrt(1 - small);
  const held = series(1, (n) => ((n + a + 1.5) / (n + 1.5)) * edge * edge);
  return edge * exp((a + 1) * log(small) - logWhole) * held;
}

/**
 * Isotropic and uniform in the flux tube (weight ds/B): `∫ sqrt(1 - B/Bmax) ds/B / ∫ ds/B`, Bmax at the lower throat;
 * places where B > Bmax hold nothing.
 * @param line strength [T] and throats [m]
 * @returns fraction, relative error about 1e-10 where B is smooth
 * @example
 * trappedFractionOfFluxTube({ strength: (s) => 0.5 * (1 + s * s), sLeft: -1, sRight: 1 }) // ≈ 0.585786438
 */
export function trappedFractionOfFluxTube(line: LineProfile): number {
  const { sLeft, sRight } = line;
  const Bmax = Math.min(line.strength(sLeft), line.strength(sRight));
  const inside = (s: number) => Bmax - line.strength(s);
  // Where an inner throat is as high as the outer ones the root has a corner, which a rule for smooth functions must not meet.
  const roots = [...signChanges(inside, sLeft, sRight, 512), ...touches(inside, sLeft, sRight, 512)];
  const edges = [sLeft, ...roots.sort((a, b) => a - b), sRight];
  let held = 0;
  let all = 0;
  for (let i = 1; i < edges.length; i++) {
    const [a, b] = [edges[i - 1], edges[i]];
    if (!(b > a)) continue;
    all += integrate((s) => 1 / line.strength(s), a, b);
    if (inside((a + b) / 2) > 0) {
      held += integrate((s) => Math.sqrt(Math.max(0, inside(s)) / Bmax) / line.strength(s), a, b);
    }
  }
  return held / all;
}

/** Local minima of f inside (a, b), seen on a grid and narrowed down by thirds. */
function touches(f: (s: number) => number, a: number, b: number, cells: number): number[] {
  const at = (i: number) => a + ((b - a) * i) / cells;
  const places: number[] = [];
  for (let i = 1; i < cells; i++) {
    if (!(f(at(i)) <= f(at(i - 1)) && f(at(i)) < f(at(i + 1)))) continue;
    let [left, right] = [at(i - 1), at(i + 1)];
    for (let k = 0; k < 80; k++) {
      const third = (right - left) / 3;
      if (f(left + third) < f(right - third)) right -= third;
      else left += third;
    }
    places.push((left + right) / 2);
  }
  return places;
}

/**
 * The same for a parabolic tube, closed form: `pi (sqrt R - 1)/(2 sqrt R atan sqrt(R - 1))`.
 * @param mirrorRatio R, > 1
 * @example
 * trappedFractionOfParabolicTube(2) // ≈ 0.585786438
 */
export function trappedFractionOfParabolicTube(mirrorRatio: number): number {
  const root = Math.sqrt(mirrorRatioAbove1('mirrorRatio', mirrorRatio));
  const excess = mirrorRatio - 1;
  return (Math.PI * excess) / (2 * root * (root + 1) * atan(Math.sqrt(excess)));
}
