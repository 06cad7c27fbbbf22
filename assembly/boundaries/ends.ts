import { evaluate, gradient, strength } from '../fields/profile';
import { ALIVE, B, GRADIENT, M, NU, P, parameters, S, SPEED, XI } from '../layout';
import { clock } from '../motion/clock';
import { recordFault, recordLoss } from '../tallies/losses';

/**
 * Largest |xi| of a particle on its way out: with a long step the energy error of an orbit takes xi well above 1 before the next
 * pin, but beyond this the orbit is unstable.
 */
const SOUND_XI: f64 = 2.0;

/** Four lanes of a tile of which at least one may stand beyond an end of the line. Rare, so one at a time. */
export function cross(first: usize, lane: usize, step: f64): void {
  for (let i = first + lane; i < first + lane + 4; i++) {
    if (Math.abs(load<f64>(S + (i << 3))) > parameters.half) crossOne(i, step);
  }
}

export function crossOne(lane: usize, step: f64): void {
  if (!load<u32>(ALIVE + (lane << 2))) {
    park(lane);
    return;
  }
  const kind = <i32>parameters.boundaryKind;
  const at = lane << 3;
  const s = load<f64>(S + at);
  if (kind == 1) {
    // an orbit that too long a step tears apart goes anywhere, also out
    if (!(Math.abs(load<f64>(XI + at)) <= SOUND_XI)) {
      recordFault(lane, clock);
      park(lane);
      return;
    }
    recordLoss(lane, s > 0.0 ? 1 : 0, clock + step * fractionOfCrossing(at, s, step));
    park(lane);
    return;
  }
  // the force jumps at an end, which costs a step first order in the energy, at random; but the speed and mu are known
  const place = fold(s);
  evaluate(place);
  const xi = Math.sqrt(Math.max(0.0, 1.0 - load<f64>(M + at) * strength));
  store<f64>(XI + at, s > 0.0 != (kind == 2) ? xi : -xi);
  store<f64>(S + at, place);
  store<f64>(B + at, strength);
  store<f64>(GRADIENT + at, gradient);
}

/**
 * Where a particle beyond a closed end goes on: from the other end of a ring, or back from a wall, where its direction turns
 * round as well. Beyond the opposite end after folding once, the step was far too long: not a number, which the sweep counts
 * as a fault.
 */
export function fold(s: f64): f64 {
  const half = parameters.half;
  const place = s > 0.0 ? s - 2.0 * half : s + 2.0 * half;
  if (Math.abs(place) > half) return NaN;
  return parameters.boundaryKind == 2.0 ? -place : place;
}

/** Where in the step the end was crossed: the drift was straight, so the place is linear in time. */
function fractionOfCrossing(at: usize, s: f64, step: f64): f64 {
  evaluate(s);
  const path = step * load<f64>(SPEED + at);
  const xi = load<f64>(XI + at) + (parameters.forced != 0 ? 0.0 : 0.25 * path * load<f64>(M + at) * gradient);
  const travelled = Math.abs(path * xi);
  const beyond = Math.abs(s) - parameters.half;
  return beyond < travelled ? 1.0 - beyond / travelled : 0.0;
}

/** An ended lane goes on as a ghost until the next sweep; it rests where it harms nobody. */
export function park(lane: usize): void {
  const at = lane << 3;
  evaluate(0.0);
  store<f64>(S + at, 0.0);
  store<f64>(XI + at, 0.0);
  store<f64>(M + at, 1.0 / strength);
  store<f64>(B + at, strength);
  store<f64>(GRADIENT + at, gradient);
  store<f64>(SPEED + at, 1.0);
  store<f64>(P + at, 1.0);
  store<f64>(NU + at, 0.0);
  store<u32>(ALIVE + (lane << 2), 0);
}
