/**
 * P(lost before t) in a square well with both cones, for starts uniform in |xi| <= reach inside, by itself: nothing of it is
 * shared with the project.
 *
 * The chance u(xi, t) of a particle that stands at xi now obeys du/dt = d/dxi (1 - xi^2) du/dxi with u = 1 on the rim, so its
 * Laplace transform is F(xi)/(s F(rim)), F the even solution of ((1 - x^2) F')' = s F with F(0) = 1: a power series in x^2,
 * whose mean over the starts is one too. The inverse runs along s = q^2, q = q0 + i y, through the saddle q0 = angle/(2 t) of
 * the start that is nearest to the rim, where the integrand falls as exp(-y^2 t) and has the size of the result: the
 * trapezoidal rule gives all digits however small it is.
 */
export function lostBefore(ratio: number, tau: number, reach = 0): number {
  const rim2 = 1 - 1 / ratio;
  const angle = Math.asin(Math.sqrt(rim2)) - Math.asin(reach);
  const q0 = angle / (2 * tau);
  const step = Math.min(0.25 / Math.sqrt(tau), q0 / 6);
  let sum = 0;
  for (let j = 0; j * j * step * step * tau < 45; j++) {
    const y = j * step;
    const [sr, si] = [q0 * q0 - y * y, 2 * q0 * y];
    const [fr, fi] = evenSolution(sr, si, rim2).value;
    const [mr, mi] = evenSolution(sr, si, reach * reach).mean;
    // exp(s t) q M / (s F) = exp(s t) M / (q F)
    const [dr, di] = [q0 * fr - y * fi, q0 * fi + y * fr];
    const [nr, ni] = [mr * dr + mi * di, mi * dr - mr * di];
    const size = Math.exp(sr * tau) / (dr * dr + di * di);
    const real = size * (Math.cos(si * tau) * nr - Math.sin(si * tau) * ni);
    sum += (j === 0 ? 0.5 : 1) * real;
  }
  return (2 * step * sum) / Math.PI;
}

/** F of complex s at x^2, and its mean from -x to x. */
function evenSolution(sr: number, si: number, x2: number): { value: [number, number]; mean: [number, number] } {
  let [tr, ti] = [1, 0];
  let [fr, fi] = [1, 0];
  let [mr, mi] = [1, 0];
  for (let k = 0; k < 100_000; k++) {
    const scale = x2 / ((2 * k + 1) * (2 * k + 2));
    const [ar, ai] = [(2 * k * (2 * k + 1) + sr) * scale, si * scale];
    [tr, ti] = [tr * ar - ti * ai, tr * ai + ti * ar];
    fr += tr;
    fi += ti;
    mr += tr / (2 * k + 3);
    mi += ti / (2 * k + 3);
    if (k > 40 && Math.hypot(tr, ti) < 1e-17 * Math.hypot(fr, fi)) break;
  }
  return { value: [fr, fi], mean: [mr, mi] };
}
