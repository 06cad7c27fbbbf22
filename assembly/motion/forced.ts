import { crossOne } from '../boundaries/ends';
import { rateAt } from '../collisions/rate';
import { cubic, cubicSlope, evaluate, gradient, strength } from '../fields/profile';
import { ALIVE, B, ENERGY, GRADIENT, M, NU, P, S, SPEED, XI, parameters } from '../layout';
import { clock } from './clock';

/**
 * Guiding-centre motion with a static potential and a parallel field E(s) g(t). With p in pRef, energies in pRef vRef and
 * gamma from the energy:
 *   ds/dt = pPar gammaRef/gamma,  dpPar/dt = -(mu/2) B'(s) gammaRef/gamma - phi'(s) + a(s) g(t),  mu = p^2 m constant.
 * Kick-drift-kick: symplectic where gamma is constant; with a relativistic gamma the energy error of a step is of second
 * order with the potential over m c^2 as its factor. With collisions the energy is pinned (static potential, plus the work
 * of the parallel field) before each kick, both components scaled together.
 */
let force: f64 = 0.0;
let energyOfPlace: f64 = 0.0;

function forcesAt(s: f64, time: f64): void {
  evaluate(s);
  force = 0.0;
  energyOfPlace = 0.0;
  if (parameters.potentialCells > 0.0) {
    energyOfPlace = cubic(<usize>parameters.potentialTable, parameters.potentialStart, parameters.potentialInverseStep, <i32>parameters.potentialCells, s);
    force = -cubicSlope;
  }
  if (parameters.forceCells > 0.0) force += parallelField(s, time);
}

function parallelField(s: f64, time: f64): f64 {
  const profile = cubic(<usize>parameters.forceTable, parameters.forceStart, parameters.forceInverseStep, <i32>parameters.forceCells, s);
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

export function momentum2Of(kinetic: f64): f64 {
  return (kinetic * (2.0 + kinetic * parameters.gammaRef * parameters.inverseC2)) / parameters.gammaRef;
}

/** Potential energy at a place, kernel units. */
export function potentialAt(s: f64): f64 {
  if (parameters.potentialCells == 0.0) return 0.0;
  return cubic(<usize>parameters.potentialTable, parameters.potentialStart, parameters.potentialInverseStep, <i32>parameters.potentialCells, s);
}

export function advanceForced(first: usize, lanes: usize, step: f64): void {
  const collides = parameters.operator != 0.0;
  const driven = parameters.forceCells > 0.0;
  const half = 0.5 * step;
  const ref = parameters.gammaRef;
  for (let lane = first; lane < first + lanes; lane++) {
    if (!load<u32>(ALIVE + (lane << 2))) continue;
    const at = lane << 3;
    const s0 = load<f64>(S + at);
    const p0 = load<f64>(P + at);
    let mu = p0 * p0 * load<f64>(M + at);
    let parallel = p0 * load<f64>(XI + at);
    forcesAt(s0, clock);
    parallel += half * (force - (0.5 * mu * gradient * ref) / gammaOf(parallel * parallel + mu * strength));
    const drift = (step * ref) / gammaOf(parallel * parallel + mu * strength);
    const s = s0 + drift * parallel;
    forcesAt(s, clock + step);
    parallel += half * (force - (0.5 * mu * gradient * ref) / gammaOf(parallel * parallel + mu * strength));
    let momentum2 = parallel * parallel + mu * strength;
    if (driven) {
      const work = parallelField(0.5 * (s0 + s), clock + half) * (s - s0);
      store<f64>(ENERGY + at, load<f64>(ENERGY + at) + work);
    }
    if (collides) {
      const kinetic = load<f64>(ENERGY + at) - energyOfPlace;
      if (kinetic > 0.0) {
        const pinned = momentum2Of(kinetic);
        const scale = Math.sqrt(pinned / momentum2);
        parallel *= scale;
        mu *= scale * scale;
        momentum2 = pinned;
      }
    }
    const p = Math.sqrt(momentum2);
    store<f64>(S + at, s);
    store<f64>(P + at, p);
    store<f64>(SPEED + at, (p * ref) / gammaOf(momentum2));
    store<f64>(XI + at, parallel / p);
    store<f64>(M + at, mu / momentum2);
    store<f64>(B + at, strength);
    store<f64>(GRADIENT + at, gradient);
    if (parameters.oneRate == 0.0) store<f64>(NU + at, rateAt(momentum2));
    if (Math.abs(s) > parameters.half) crossOne(lane, step);
    // a momentum beyond the stated bound would leave the tallies' range: the sweep counts it as a fault
    else if (momentum2 > parameters.maximumMomentum2) store<f64>(S + at, NaN);
  }
}
