import { rateIn } from '../collisions/rate';
import { PURPOSE_KICK, philox, uniform53, word0, word1, word2, word3 } from '../random/philox';
import { ID, orbit, UX, UY, UZ } from './layout';

/**
 * One exact step of pitch-angle scattering of the momentum itself: it turns by an angle Theta about a uniform azimuth, Theta from the
 * heat kernel of the sphere at tau = nu dt. With E = -ln u, `w = (1 - cos Theta)/2` is the closed series below, exact in law to
 * tau^5 for tau <= 0.03, which the plan keeps to. The momentum keeps its size, so that gamma stays what it was.
 */
function halfVersine(tau: f64, u: f64): f64 {
  const e = -Math.log(u);
  const e2 = e * e;
  const e3 = e2 * e;
  const w =
    tau *
    e *
    (1.0 -
      (tau * (1.0 + e)) / 3.0 +
      (tau * tau * (2.0 + 8.0 * e + 2.0 * e2)) / 45.0 -
      tau * tau * tau * (1.0 / 189.0 + e / 21.0 + (74.0 * e2) / 2835.0 + e3 / 315.0) +
      tau *
        tau *
        tau *
        tau *
        (-2.0 / 14175.0 +
          (16.0 * e) / 2025.0 +
          (298.0 * e2) / 42525.0 +
          (104.0 * e3) / 42525.0 +
          (2.0 * e2 * e2) / 14175.0));
  return Math.min(1.0, Math.max(0.0, w));
}

/** Turns the momenta of the lanes 0 .. count - 1 for a step of this length; the random numbers are those of (particle, step). */
export function scatter(count: i32, particle: u32, particleHigh: u32, step: u32, length: f64): void {
  const purpose = PURPOSE_KICK | (particleHigh << 8);
  for (let lane: usize = 0; lane < <usize>count; lane++) {
    const at = lane << 3;
    const ux = load<f64>(at + UX);
    const uy = load<f64>(at + UY);
    const uz = load<f64>(at + UZ);
    const u2 = ux * ux + uy * uy + uz * uz;
    if (!(u2 > 0.0)) continue;
    const nu = rateIn(<usize>orbit.rateTable, <i32>orbit.rateFirst, <i32>orbit.rateCells, u2);
    philox(particle + load<u32>(ID + (lane << 2)), step, purpose, 0);
    const w = halfVersine(nu * length, uniform53(word0, word1));
    const azimuth = 2.0 * Math.PI * uniform53(word2, word3);
    // two directions across u, of u's length
    const size = Math.sqrt(u2);
    const flat = ux * ux + uy * uy;
    let ax: f64 = 1.0;
    let ay: f64 = 0.0;
    if (flat > 0.0) {
      const inverse = 1.0 / Math.sqrt(flat);
      ax = -uy * inverse;
      ay = ux * inverse;
    }
    // the second is u/|u| x the first
    const bx = -uz * ay;
    const by = uz * ax;
    const bz = ux * ay - uy * ax;
    const cosine = 1.0 - 2.0 * w;
    const sine = Math.sqrt(4.0 * w * (1.0 - w));
    const c = sine * Math.cos(azimuth);
    const s = sine * Math.sin(azimuth);
    let x = cosine * ux + c * size * ax + s * bx;
    let y = cosine * uy + c * size * ay + s * by;
    let z = cosine * uz + s * bz;
    const scale = size / Math.sqrt(x * x + y * y + z * z);
    x *= scale;
    y *= scale;
    z *= scale;
    store<f64>(at + UX, x);
    store<f64>(at + UY, y);
    store<f64>(at + UZ, z);
  }
}
