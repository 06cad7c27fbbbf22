import { ALIVE, B, ID, NU, parameters, XI, XI_BEFORE } from '../layout';
import { PURPOSE_RIM, philox, replicaOf, uniform53, word0, word1, word2, word3 } from '../random/philox';
import { recordLoss } from '../tallies/losses';
import { park } from './ends';

/**
 * An absorbing cone in velocity space: |xi| above the rim is lost. Seen only once a step, the rim would let particles that
 * crossed it and came back escape notice, and mean loss times would come out long by a rim displaced by
 * 0.5826 sqrt(2 nu dt). So between two checks a particle is killed with the probability that a Brownian path in the polar
 * angle between the two ends touched the rim, exp(-d1 d2 / (nu dt)), d the angle to the rim. A killed step counts half.
 */
export function remember(first: usize, lanes: usize): void {
  for (let at = first << 3, end = (first + lanes) << 3; at < end; at += 16)
    v128.store(XI_BEFORE + at, v128.load(XI + at));
}

export function absorb(first: usize, lanes: usize, kick: u32, purposeHigh: u32, base: u32, step: f64, time: f64): void {
  const sides = <i32>parameters.coneSides;
  const ratio = parameters.mirrorRatio;
  for (let lane = first; lane < first + lanes; lane++) {
    const at = lane << 3;
    const before = load<f64>(XI_BEFORE + at);
    const after = load<f64>(XI + at);
    const tau = step * load<f64>(NU + at);
    const rim2 = 1.0 - load<f64>(B + at) / ratio;
    const rim = rim2 > 0.0 ? Math.sqrt(rim2) : 0.0;
    // angles are longer than differences of cosines: far from the rim nothing can have happened (exp(-40) = 4e-18)
    const right = (sides & 2) != 0 && (after >= rim || before >= rim || (rim - before) * (rim - after) < 40.0 * tau);
    const left = (sides & 1) != 0 && (after <= -rim || before <= -rim || (rim + before) * (rim + after) < 40.0 * tau);
    if (!(right || left) || !load<u32>(ALIVE + (lane << 2))) continue;
    const particle = base + load<u32>(ID + (lane << 2));
    philox(particle, kick, PURPOSE_RIM | purposeHigh, replicaOf(lane, particle));
    const u = uniform53(word0, word1);
    const v = uniform53(word2, word3);
    let side: usize = 2;
    if (right && touched(before, after, rim, tau, u)) side = 1;
    if (left && touched(-before, -after, rim, tau, v)) side = side == 1 && after > 0.0 ? 1 : 0;
    if (side < 2) {
      recordLoss(lane, side, time);
      park(lane);
    }
  }
}

function touched(before: f64, after: f64, rim: f64, tau: f64, u: f64): bool {
  if (after >= rim || before >= rim) return true;
  if (tau <= 0.0) return false;
  return u < Math.exp((-angle(before, rim) * angle(after, rim)) / tau);
}

/** Polar angle between the direction and the rim. */
function angle(xi: f64, rim: f64): f64 {
  return Math.acos(Math.max(-1.0, xi)) - Math.acos(rim);
}
