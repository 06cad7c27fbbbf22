import { crossOne, fold } from '../boundaries/ends';
import { rateAt } from '../collisions/rate';
import { cubic, cubicSlope, evaluate, gradient, strength } from '../fields/profile';
import { ALIVE, B, ENERGY, FORCE, GRADIENT, M, NU, P, parameters, S, SPEED, WELL, XI } from '../layout';
import { clock } from './clock';

/**
 * Guiding-centre motion with a static potential and a parallel field E(s) g(t). With p in pRef, energies in pRef vRef and
 * gamma from the energy:
 *   ds/dt = pPar gammaRef/gamma,  dpPar/dt = -(mu/2) B'(s) gammaRef/gamma - phi'(s) + a(s) g(t),  mu = p^2 m constant.
 * Kick-drift-kick. gamma is a function of the place alone, by the particle's energy, and the drift is an implicit midpoint, so
 * that the step is its own inverse backwards and the energy error stays bounded for relativistic particles too. With collisions
 * the energy is pinned (static potential, plus the work of the parallel field) before each kick, both components scaled
 * together.
 */
let well: f64 = 0.0;
let force: f64 = 0.0;

/** Field and static potential at a place: strength, gradient, well, force. */
function look(s: f64): void {
  evaluate(s);
  well = 0.0;
  force = 0.0;
  if (parameters.potentialCells > 0.0) {
    well = potentialAt(s);
    force = -cubicSlope;
  }
}

/** What a lane's first step needs to know of its place; every step leaves it for the next. */
export function beginForced(lane: usize, s: f64): void {
  look(s);
  store<f64>(WELL + (lane << 3), well);
  store<f64>(FORCE + (lane << 3), force);
}

function parallelField(s: f64, time: f64): f64 {
  const profile = cubic(
    <usize>parameters.forceTable,
    parameters.forceStart,
    parameters.forceInverseStep,
    <i32>parameters.forceCells,
    s,
  );
  const at = Math.min(Math.max(time * parameters.forceTimeInverseStep, 0.0), parameters.forceTimeCells);
  const cell = Math.min(Math.floor(at), parameters.forceTimeCells - 1.0);
  const row = <usize>parameters.forceTimeTable + ((<usize>cell) << 3);
  const low = load<f64>(row);
  return profile * (low + (at - cell) * (load<f64>(row, 8) - low));
}

export function gammaOf(momentum2: f64): f64 {
  return Math.sqrt(1.0 + momentum2 * parameters.gammaRef * parameters.gammaRef * parameters.inverseC2);
}

/** Kinetic energy in pRef vRef of a momentum squared in pRef^2; exact for any speed, no cancellation. */
export function kineticOf(momentum2: f64): f64 {
  return (momentum2 * parameters.gammaRef) / (gammaOf(momentum2) + 1.0);
}

/** The Lorentz factor by kinetic energy. */
function gammaOfKinetic(kinetic: f64): f64 {
  return 1.0 + Math.max(0.0, kinetic) * parameters.gammaRef * parameters.inverseC2;
}

export function momentum2Of(kinetic: f64): f64 {
  return (kinetic * (2.0 + kinetic * parameters.gammaRef * parameters.inverseC2)) / parameters.gammaRef;
}

/** Potential energy at a place, kernel units. */
export function potentialAt(s: f64): f64 {
  if (parameters.potentialCells == 0.0) return 0.0;
  return cubic(
    <usize>parameters.potentialTable,
    parameters.potentialStart,
    parameters.potentialInverseStep,
    <i32>parameters.potentialCells,
    s,
  );
}

/** Square of a lane's midplane pitch cosine by the invariants, with a potential: 1 - mu Bmin / p0^2, p0 the momentum there. */
export function middleForced2(at: usize): f64 {
  const p = load<f64>(P + at);
  const momentum2 = p * p;
  const there = kineticOf(momentum2) + potentialAt(load<f64>(S + at)) - parameters.middlePotential;
  if (there <= 0.0) return 0.0;
  const momentum20 = momentum2Of(there);
  return Math.max(0.0, 1.0 - (momentum2 * load<f64>(M + at)) / momentum20);
}

export function advanceForced(first: usize, lanes: usize, step: f64): void {
  const collides = parameters.operator != 0.0;
  const driven = parameters.forceCells > 0.0;
  const half = 0.5 * step;
  const ref = parameters.gammaRef;
  const reflecting = parameters.boundaryKind == 2.0;
  const closed = reflecting || parameters.boundaryKind == 3.0;
  // gamma hardly changes along a slow particle's step: one round leaves (change of gamma)^2, below 1e-12
  const rounds = parameters.potentialCells == 0.0 ? 0 : parameters.inverseC2 < 1e-4 ? 1 : 8;
  for (let lane = first; lane < first + lanes; lane++) {
    if (!load<u32>(ALIVE + (lane << 2))) continue;
    const at = lane << 3;
    const s0 = load<f64>(S + at);
    const p0 = load<f64>(P + at);
    let mu = p0 * p0 * load<f64>(M + at);
    let parallel = p0 * load<f64>(XI + at);
    let energy = load<f64>(ENERGY + at);
    let gamma = gammaOfKinetic(energy - load<f64>(WELL + at));
    let push = load<f64>(FORCE + at);
    if (driven) push += parallelField(s0, clock);
    parallel += half * (push - (0.5 * mu * load<f64>(GRADIENT + at) * ref) / gamma);
    const path = step * ref * parallel;
    let s = s0 + path / gamma;
    for (let i = 0; i < rounds; i++) {
      const next = s0 + path / gammaOfKinetic(energy - potentialAt(0.5 * (s0 + s)));
      const change = Math.abs(next - s);
      s = next;
      if (change < 1e-15) break;
    }
    let place = s;
    const passes = closed && Math.abs(s) > parameters.half;
    if (passes) {
      place = fold(s);
      if (reflecting) {
        parallel = -parallel;
        // what lies beyond the wall is passed to and fro
        s = place;
      }
    }
    look(place);
    push = force;
    if (driven) {
      push += parallelField(place, clock + step);
      energy += parallelField(0.5 * (s0 + s), clock + half) * (s - s0);
      store<f64>(ENERGY + at, energy);
    }
    const kinetic = energy - well;
    gamma = gammaOfKinetic(kinetic);
    parallel += half * (push - (0.5 * mu * gradient * ref) / gamma);
    if (passes) {
      // the force jumps at an end, which costs a step first order in the energy, at random; but the energy and mu are known
      const known = Math.sqrt(Math.max(0.0, momentum2Of(Math.max(0.0, kinetic)) - mu * strength));
      parallel = parallel > 0.0 ? known : -known;
    }
    let momentum2 = parallel * parallel + mu * strength;
    if (collides) {
      if (kinetic > 0.0) {
        const pinned = momentum2Of(kinetic);
        const scale2 = pinned / momentum2;
        parallel *= Math.sqrt(scale2);
        mu *= scale2;
        momentum2 = pinned;
      }
    }
    const p = Math.sqrt(momentum2);
    const inverse = 1.0 / p;
    store<f64>(S + at, place);
    store<f64>(P + at, p);
    store<f64>(SPEED + at, (p * ref) / gammaOf(momentum2));
    store<f64>(XI + at, parallel * inverse);
    store<f64>(M + at, mu * inverse * inverse);
    store<f64>(WELL + at, well);
    store<f64>(FORCE + at, force);
    store<f64>(B + at, strength);
    store<f64>(GRADIENT + at, gradient);
    if (parameters.oneRate == 0.0) store<f64>(NU + at, rateAt(momentum2));
    if (Math.abs(place) > parameters.half) crossOne(lane, step);
    // a momentum beyond the stated bound would leave the tallies' range: the sweep counts it as a fault
    else if (momentum2 > parameters.maximumMomentum2) store<f64>(S + at, NaN);
  }
}
