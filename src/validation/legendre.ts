/** Legendre sums of the reference cases, written apart from src/physics so that the two have nothing in common. */
import { gaussLegendre } from '../plan/quadrature.js';

/** P_0 .. P_last at x. */
export function legendres(last: number, x: number): number[] {
  const P = [1, x];
  for (let l = 1; l < last; l++) P.push(((2 * l + 1) * x * P[l] - l * P[l - 1]) / (l + 1));
  return P.slice(0, last + 1);
}

/** Mean of a polynomial g(xi) of at most `degree` after nu t = tau from one cosine: each Legendre part decays by its own rate. */
export function scatteredMean(g: (xi: number) => number, degree: number, xi0: number, tau: number): number {
  const { nodes, weights } = gaussLegendre(degree + 2);
  const values = nodes.map((x) => ({ P: legendres(degree, x), g: g(x) }));
  const start = legendres(degree, xi0);
  let mean = 0;
  for (let j = 0; j <= degree; j++) {
    const part = values.reduce((sum, { P, g: value }, i) => sum + weights[i] * value * P[j], 0);
    mean += ((2 * j + 1) / 2) * part * start[j] * Math.exp(-j * (j + 1) * tau);
  }
  return mean;
}

/** Variance of P_l(xi) after nu t = tau from one cosine. */
export function legendreVariance(l: number, xi0: number, tau: number): number {
  const mean = legendres(l, xi0)[l] * Math.exp(-l * (l + 1) * tau);
  return scatteredMean((x) => legendres(l, x)[l] ** 2, 2 * l, xi0, tau) - mean * mean;
}

/** P(xi' <= x) after nu t = tau from one cosine, by the heat kernel's own sum; for xi0 = 1 the law of cos Theta. */
export function heatKernelCdf(xi0: number, tau: number): (x: number) => number {
  const last = Math.ceil(Math.sqrt(40 / tau)) + 2;
  const weights = legendres(last, xi0).map((P, l) => 0.5 * P * Math.exp(-l * (l + 1) * tau));
  return (x) => {
    let before = 1;
    let value = x;
    let sum = (1 + x) / 2;
    for (let l = 1; l <= last; l++) {
      const next = ((2 * l + 1) * x * value - l * before) / (l + 1);
      sum += weights[l] * (next - before);
      before = value;
      value = next;
    }
    return sum;
  };
}
