import { PURPOSE_START, philox, uniform53, word0, word1, word2, word3 } from '../random/philox';
import { quantile } from '../start/quantile';
import { acrossTo, acrossX, acrossY, acrossZ, otherX, otherY, otherZ } from './across';
import { becomeCentre } from './drift';
import { bx, by, bz, fieldAt, strength } from './gradients';
import {
  ALIVE,
  EPSILON,
  FORM,
  ID,
  INVERSE_GAMMA,
  MU_BIN,
  MU0,
  orbit,
  PROBE,
  RAW_MU0,
  START_PHASE,
  START_XI,
  UX,
  UY,
  UZ,
  X,
  X0,
  Y,
  Y0,
  Z,
  Z0,
} from './layout';
import { centreX, centreY, centreZ, epsilon, measure, mu, rawMu } from './measure';

/** The cell of a table of (cumulative probability, x, y, z) that u falls into, and how far into it. */
let placeX: f64 = 0.0;
let placeY: f64 = 0.0;
let placeZ: f64 = 0.0;
function drawPlace(u: f64): void {
  const table = <usize>orbit.placeTable;
  let low = 0;
  let high = <i32>orbit.placeCells;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (load<f64>(table + ((<usize>middle) << 5)) <= u) low = middle;
    else high = middle;
  }
  const row = table + ((<usize>low) << 5);
  let share: f64 = 0.0;
  const next = high > low ? row + 32 : row;
  const c0 = load<f64>(row);
  const c1 = load<f64>(next);
  if (c1 > c0) share = (u - c0) / (c1 - c0);
  placeX = load<f64>(row, 8) + share * (load<f64>(next, 8) - load<f64>(row, 8));
  placeY = load<f64>(row, 16) + share * (load<f64>(next, 16) - load<f64>(row, 16));
  placeZ = load<f64>(row, 24) + share * (load<f64>(next, 24) - load<f64>(row, 24));
}

/** Draws `count` particles into the lanes 0, 1, ...; the rest of the lanes rest. */
export function startOrbits(particle: u32, particleHigh: u32, count: i32): void {
  const purpose = PURPOSE_START | (particleHigh << 8);
  memory.fill(ALIVE, 0, PROBE << 2);
  for (let i = 0; i < count; i++) {
    const at = (<usize>i) << 3;
    philox(particle + i, 0, purpose, 0);
    const momentum = quantile(<usize>orbit.speedTable, <i32>orbit.speedCells, uniform53(word0, word1));
    const xi = quantile(<usize>orbit.pitchTable, <i32>orbit.pitchCells, uniform53(word2, word3));
    philox(particle + i, 1, purpose, 0);
    drawPlace(uniform53(word0, word1));
    const turns = orbit.phaseLow + uniform53(word2, word3) * (orbit.phaseHigh - orbit.phaseLow);
    if (orbit.spreadX != 0.0 || orbit.spreadY != 0.0 || orbit.spreadZ != 0.0) {
      philox(particle + i, 2, purpose, 0);
      placeX += orbit.spreadX * (2.0 * uniform53(word0, word1) - 1.0);
      placeY += orbit.spreadY * (2.0 * uniform53(word2, word3) - 1.0);
      philox(particle + i, 3, purpose, 0);
      placeZ += orbit.spreadZ * (2.0 * uniform53(word0, word1) - 1.0);
    }
    fieldAt(placeX, placeY, placeZ, 0.0);
    acrossTo(bx, by, bz);
    const parallel = momentum * xi;
    const across = momentum * Math.sqrt(Math.max(0.0, 1.0 - xi * xi));
    const c = across * Math.cos(2.0 * Math.PI * turns);
    const s = across * Math.sin(2.0 * Math.PI * turns);
    const ux = parallel * bx + c * acrossX + s * otherX;
    const uy = parallel * by + c * acrossY + s * otherY;
    const uz = parallel * bz + c * acrossZ + s * otherZ;
    if (orbit.centred != 0.0) {
      const inverse = 1.0 / (orbit.turn * strength);
      placeX += (by * uz - bz * uy) * inverse;
      placeY += (bz * ux - bx * uz) * inverse;
      placeZ += (bx * uy - by * ux) * inverse;
    }
    store<f64>(at + X, placeX);
    store<f64>(at + Y, placeY);
    store<f64>(at + Z, placeZ);
    store<f64>(at + UX, ux);
    store<f64>(at + UY, uy);
    store<f64>(at + UZ, uz);
    store<f64>(at + INVERSE_GAMMA, 1.0 / Math.sqrt(1.0 + ux * ux + uy * uy + uz * uz));
    store<u32>(FORM + ((<usize>i) << 2), 0);
    measure(<usize>i, 0.0);
    if (orbit.centres == 1.0 || (orbit.centres == 2.0 && epsilon < orbit.leave)) {
      becomeCentre(<usize>i, 0.0);
      measure(<usize>i, 0.0);
    }
    store<f64>(at + RAW_MU0, rawMu);
    store<f64>(at + MU0, mu);
    store<f64>(at + X0, centreX);
    store<f64>(at + Y0, centreY);
    store<f64>(at + Z0, centreZ);
    store<f64>(at + EPSILON, epsilon);
    store<f64>(at + START_PHASE, turns);
    store<f64>(at + START_XI, xi);
    const bin = mu * orbit.muInverseWidth;
    store<u32>(MU_BIN + ((<usize>i) << 2), <u32>Math.min(orbit.muBins - 1.0, Math.max(0.0, bin)));
    store<u32>(ID + ((<usize>i) << 2), <u32>i);
    store<u32>(ALIVE + ((<usize>i) << 2), 1);
  }
}
