import { ALIVE, B, ID, M, NU, XI } from '../layout';
import { azimuthOf, cosineOfTurn } from '../math/elementary';
import { PURPOSE_REST, philox, uniform53, word0, word1, word2, word3 } from '../random/philox';
import { LARGEST_BY_LANE, turnByLane } from './lorentz';

/** nu dt beyond which a direction is forgotten: <xi> has decayed by exp(-16). Reached by 64 draws of four kicks. */
const FORGOTTEN: f64 = 8.0;

/**
 * In a potential nu(v) changes along the orbit, while the step was chosen at its start: a particle that climbs a hill slows down
 * and may scatter by much more than one kick by lane can turn. What is left of its nu dt is made up here by further rotations,
 * each small enough; from `FORGOTTEN` on by one uniform direction.
 */
export function scatterRest(first: usize, lanes: usize, kick: u32, purposeHigh: u32, base: u32, step: f64): void {
  for (let lane = first; lane < first + lanes; lane++) {
    const at = lane << 3;
    const rest = step * load<f64>(NU + at) - LARGEST_BY_LANE;
    if (!(rest > 0.0) || !load<u32>(ALIVE + (lane << 2))) continue;
    const particle = base + load<u32>(ID + (lane << 2));
    const b = load<f64>(B + at);
    let xi = load<f64>(XI + at);
    let perp2 = load<f64>(M + at) * b;
    const speed2 = perp2 + xi * xi;
    if (rest > FORGOTTEN) {
      philox(particle, kick, PURPOSE_REST | purposeHigh, 0);
      xi = Math.sqrt(speed2) * (2.0 * uniform53(word0, word1) - 1.0);
      perp2 = speed2 - xi * xi;
    } else {
      const draws = <u32>Math.ceil(rest / (4.0 * LARGEST_BY_LANE));
      const tau = f32x4.splat(<f32>(rest / <f64>(4 * draws)));
      for (let draw: u32 = 0; draw < draws; draw++) {
        philox(particle, kick, (PURPOSE_REST + draw) | purposeHigh, 0);
        const words = i32x4.replace_lane(
          i32x4.replace_lane(i32x4.replace_lane(i32x4.splat(word0), 1, word1), 2, word2),
          3,
          word3,
        );
        const w2 = turnByLane(words, tau);
        const cosine = cosineOfTurn(azimuthOf(words));
        xi = turned(xi, perp2, f32x4.extract_lane(w2, 0), f32x4.extract_lane(cosine, 0));
        perp2 = Math.max(0.0, speed2 - xi * xi);
        xi = turned(xi, perp2, f32x4.extract_lane(w2, 1), f32x4.extract_lane(cosine, 1));
        perp2 = Math.max(0.0, speed2 - xi * xi);
        xi = turned(xi, perp2, f32x4.extract_lane(w2, 2), f32x4.extract_lane(cosine, 2));
        perp2 = Math.max(0.0, speed2 - xi * xi);
        xi = turned(xi, perp2, f32x4.extract_lane(w2, 3), f32x4.extract_lane(cosine, 3));
        perp2 = Math.max(0.0, speed2 - xi * xi);
      }
    }
    store<f64>(XI + at, xi);
    store<f64>(M + at, perp2 / b);
  }
}

function turned(xi: f64, perp2: f64, w2: f32, cosine: f32): f64 {
  const turn = <f64>w2;
  return xi - (xi * turn - Math.sqrt(perp2 * turn * (2.0 - turn)) * <f64>cosine);
}
