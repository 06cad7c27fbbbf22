/**
 * P(lost before t) in a square well with both cones, for a start at xi = 0, by itself: nothing of it is shared with the project.
 *
 * The chance u(xi, t) of a particle that stands at xi now obeys du/dt = d/dxi (1 - xi^2) du/dxi with u = 1 on the rim, so its
 * Laplace transform at xi = 0 is 1/(s F(s)), F the even solution of ((1 - x^2) F')' = s F with F(0) = 1, taken on the rim: a
 * power series in x^2. The inverse runs along s = q^2, q = q0 + i y, through the saddle q0 = angle/(2 t), where the
 * integrand falls as exp(-y^2 t) and has the size of the result: the trapezoidal rule gives all digits however small it is.
 */
export function lostBefore(ratio: number, tau: number): number {
  const rim2 = 1 - 1 / ratio;
  const angle = Math.asin(Math.sqrt(rim2));
  const q0 = angle / (2 * tau);
  const step = Math.min(0.25 / Math.sqrt(tau), q0 / 6);
  let sum = 0;
  for (let j = 0; j * j * step * step * tau < 45; j++) {
    const y = j * step;
    const [sr, si] = [q0 * q0 - y * y, 2 * q0 * y];
    const [fr, fi] = evenSolution(sr, si, rim2);
    // exp(s t) q / (s F) = exp(s t) / (q F)
    const [dr, di] = [q0 * fr - y * fi, q0 * fi + y * fr];
    const size = Math.exp(sr * tau) / (dr * dr + di * di);
    const real = size * (Math.cos(si * tau) * dr + Math.sin(si * tau) * di);
    sum += (j === 0 ? 0.5 : 1) * real;
  }
  return (2 * step * sum) / Math.PI;
}

/** F of complex s at x^2. */
function evenSolution(sr: number, si: number, x2: number): [number, number] {
  let [tr, ti] = [1, 0];
  let [fr, fi] = [1, 0];
  for (let k = 0; k < 100_000; k++) {
    const scale = x2 / ((2 * k + 1) * (2 * k + 2));
    const [ar, ai] = [(2 * k * (2 * k + 1) + sr) * scale, si * scale];
    [tr, ti] = [tr * ar - ti * ai, tr * ai + ti * ar];
    fr += tr;
    fi += ti;
    if (k > 40 && Math.hypot(tr, ti) < 1e-17 * Math.hypot(fr, fi)) break;
  }
  return [fr, fi];
}
