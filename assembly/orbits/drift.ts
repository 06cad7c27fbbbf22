import { Nobody } from './advance';
import {
  bx,
  by,
  bz,
  crossedSpeed,
  curlX,
  curlY,
  curlZ,
  differentiate,
  effective,
  ex,
  ey,
  ez,
  slopeX,
  slopeY,
  slopeZ,
  strength,
} from './gradients';
import { ALIVE, FORM, INVERSE_GAMMA, orbit, UX, UY, UZ, X, Y, Z } from './layout';
import {
  centreX,
  centreY,
  centreZ,
  mu as measuredMu,
  measureFull,
  momentum2,
  along as pitchAtCentre,
  steepness,
} from './measure';

/**
 * The guiding centre in space, in its Hamiltonian form: with the parallel momentum u, mu = uPerp^2/B and
 * gamma^2 = 1 + u^2 + mu B,
 *   B* = B + (u/turn) curl b,      B*par = b.B*,
 *   dX/dt = [(u/gamma) B* + mu/(2 gamma turn) b x grad B + E x b]/B*par,
 *   du/dt = B*.(turn E - mu/(2 gamma) grad B)/B*par,
 * with E as `effective` leaves it: grad-B, curvature, E x B and polarisation drifts, for any gamma. Classical Runge-Kutta of
 * fourth order. UX holds u and UY holds mu of such a lane; X, Y, Z are the centre's.
 * Source: Northrop 1963; Cary & Brizard, Reviews of Modern Physics 81, 693 (2009), section III.
 */
let mu: f64 = 0.0;
let dx: f64 = 0.0;
let dy: f64 = 0.0;
let dz: f64 = 0.0;
let du: f64 = 0.0;

function rates(x: f64, y: f64, z: f64, u: f64, time: f64): void {
  differentiate(x, y, z, time);
  ratesHere(u);
}

/** At the place last differentiated. */
function ratesHere(u: f64): void {
  const gamma = Math.sqrt(1.0 + u * u + mu * strength);
  effective(u, gamma);
  const c = u / orbit.turn;
  const sx = strength * bx + c * curlX;
  const sy = strength * by + c * curlY;
  const sz = strength * bz + c * curlZ;
  const inverse = 1.0 / (strength + c * (bx * curlX + by * curlY + bz * curlZ));
  const half = (0.5 * mu) / gamma;
  const along = u / gamma;
  const across = half / orbit.turn;
  dx = inverse * (along * sx + across * (by * slopeZ - bz * slopeY) + (ey * bz - ez * by));
  dy = inverse * (along * sy + across * (bz * slopeX - bx * slopeZ) + (ez * bx - ex * bz));
  dz = inverse * (along * sz + across * (bx * slopeY - by * slopeX) + (ex * by - ey * bx));
  du =
    inverse *
    (sx * (orbit.turn * ex - half * slopeX) +
      sy * (orbit.turn * ey - half * slopeY) +
      sz * (orbit.turn * ez - half * slopeZ));
}

/** One step of a lane's guiding centre, whose place was the last to be differentiated. */
function step(lane: usize, time: f64, h: f64): void {
  const at = lane << 3;
  const x = load<f64>(at + X);
  const y = load<f64>(at + Y);
  const z = load<f64>(at + Z);
  const u = load<f64>(at + UX);
  mu = load<f64>(at + UY);
  const half = 0.5 * h;
  ratesHere(u);
  let ax = dx;
  let ay = dy;
  let az = dz;
  let au = du;
  rates(x + half * dx, y + half * dy, z + half * dz, u + half * du, time + half);
  ax += 2.0 * dx;
  ay += 2.0 * dy;
  az += 2.0 * dz;
  au += 2.0 * du;
  rates(x + half * dx, y + half * dy, z + half * dz, u + half * du, time + half);
  ax += 2.0 * dx;
  ay += 2.0 * dy;
  az += 2.0 * dz;
  au += 2.0 * du;
  rates(x + h * dx, y + h * dy, z + h * dz, u + h * du, time + h);
  const sixth = h / 6.0;
  store<f64>(at + X, x + sixth * (ax + dx));
  store<f64>(at + Y, y + sixth * (ay + dy));
  store<f64>(at + Z, z + sixth * (az + dz));
  store<f64>(at + UX, u + sixth * (au + du));
}

/** A step of one guiding centre, whose place was the last to be differentiated, in as many parts as its speed and E ask for. Returns the parts. */
export function advanceCentreWatched<W>(watch: W, lane: usize, time: f64, length: f64): f64 {
  const at = lane << 3;
  const u = load<f64>(at + UX);
  const u2 = u * u + load<f64>(at + UY) * strength;
  const speed = Math.sqrt(u2 / (1.0 + u2)) + crossedSpeed();
  const path = Math.min(orbit.centrePath, 0.1 / steepness());
  // who is slow now may not stay so
  const push = 0.5 * Math.abs(orbit.turn * (ex * bx + ey * by + ez * bz));
  const rate = Math.max(speed / path, Math.sqrt(push / path));
  const wanted = length * Math.max(rate, 1.0 / orbit.largestStep);
  const parts = wanted <= orbit.mostSubsteps ? Math.max(1.0, Math.ceil(wanted)) : orbit.mostSubsteps;
  const h = length / parts;
  for (let i: f64 = 0.0; i < parts; i += 1.0) {
    if (i > 0.0) differentiate(load<f64>(at + X), load<f64>(at + Y), load<f64>(at + Z), time + i * h);
    step(lane, time + i * h, h);
    watch.afterPart(lane, i + 1.0, parts, h);
  }
  return parts;
}

/** A step of the guiding centres of these lanes. Returns the parts. */
export function advanceCentres(first: usize, lanes: usize, time: f64, length: f64): f64 {
  return advanceCentresWatched<Nobody>(changetype<Nobody>(0), first, lanes, time, length);
}

/** The same before somebody's eyes. */
export function advanceCentresWatched<W>(watch: W, first: usize, lanes: usize, time: f64, length: f64): f64 {
  let work: f64 = 0.0;
  for (let lane = first; lane < first + lanes; lane++) {
    if (!load<u32>(ALIVE + (lane << 2))) continue;
    const at = lane << 3;
    differentiate(load<f64>(at + X), load<f64>(at + Y), load<f64>(at + Z), time);
    work += advanceCentreWatched<W>(watch, lane, time, length);
  }
  return work;
}

/** Puts the guiding centre and mu of a particle in its place; the same first-order ones that are measured. */
export function becomeCentre(lane: usize, time: f64): void {
  const at = lane << 3;
  measureFull(lane, time);
  // what is left of the energy beside the gyration's; with an E x B drift part of it is the drift's
  const left = momentum2 - measuredMu * strength;
  const size = orbit.electric == 0.0 && left > 0.0 ? Math.sqrt(left) : Math.abs(pitchAtCentre);
  const u = pitchAtCentre < 0.0 ? -size : size;
  store<f64>(at + X, centreX);
  store<f64>(at + Y, centreY);
  store<f64>(at + Z, centreZ);
  store<f64>(at + UX, u);
  store<f64>(at + UY, measuredMu);
  store<f64>(at + UZ, 0.0);
  store<u32>(FORM + (lane << 2), 1);
  store<f64>(at + INVERSE_GAMMA, 1.0 / Math.sqrt(1.0 + u * u + measuredMu * strength));
}
