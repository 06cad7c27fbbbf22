import { PURPOSE_GYROPHASE, philox, uniform53, word0, word1 } from '../random/philox';
import { advanceWatched, Nobody } from './advance';
import { advanceCentreWatched, becomeCentre } from './drift';
import { move } from './ends';
import { FORM, ID, ORBIT_GROUP, orbit, PROBE } from './layout';
import { epsilon, measure } from './measure';
import { becomeParticle } from './particle';

/**
 * Guiding centres where epsilon is small, particles where it is not. Lanes that hold particles stand before those that hold centres, so
 * that each pass steps its own; between two steps every lane's epsilon is looked at, and those change that passed a threshold:
 * centres above `enter`, particles below `leave`. The gyrophase that a centre has not is drawn, from (particle, step).
 */

/** A lane that neither a particle nor a probe of the fields has. */
const SPARE: usize = PROBE + 14;

function holdsCentre(lane: usize): bool {
  return load<u32>(FORM + (lane << 2)) != 0;
}

/** Brings particles before centres; returns how many particles there are. */
function sortForms(count: usize): usize {
  let low: usize = 0;
  let high = count;
  while (true) {
    while (low < high && !holdsCentre(low)) low++;
    while (low < high && holdsCentre(high - 1)) high--;
    if (low >= high) return low;
    move(low, SPARE);
    move(high - 1, low);
    move(SPARE, high - 1);
  }
}

/** A step of the lanes 0 .. count - 1, the number `number` of the run. Returns pushes of particles and steps of centres together. */
export function advanceHybrid(count: i32, particle: u32, particleHigh: u32, number: u32, time: f64, length: f64): f64 {
  return advanceHybridWatched<Nobody>(changetype<Nobody>(0), count, particle, particleHigh, number, time, length);
}

/** The same before somebody's eyes. */
export function advanceHybridWatched<W>(
  watch: W,
  count: i32,
  particle: u32,
  particleHigh: u32,
  number: u32,
  time: f64,
  length: f64,
): f64 {
  const all = <usize>count;
  for (let lane: usize = 0; lane < all; lane++) {
    if (holdsCentre(lane)) continue;
    measure(lane, time);
    if (epsilon < orbit.leave) becomeCentre(lane, time);
  }
  const purpose = PURPOSE_GYROPHASE | (particleHigh << 8);
  let work: f64 = 0.0;
  for (let lane = sortForms(all); lane < all; lane++) {
    measure(lane, time);
    if (epsilon > orbit.enter) {
      philox(particle + load<u32>(ID + (lane << 2)), number, purpose, 0);
      becomeParticle(lane, time, uniform53(word0, word1));
    } else work += advanceCentreWatched<W>(watch, lane, time, length);
  }
  const group = <usize>ORBIT_GROUP;
  const particles = sortForms(all);
  if (particles > 0) work += advanceWatched<W>(watch, 0, ((particles + group - 1) / group) * group, time, length);
  return work;
}
