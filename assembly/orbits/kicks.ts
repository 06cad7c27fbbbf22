import { addCount } from '../tallies/losses';
import { MU0, orbit, START_PHASE, START_XI } from './layout';

/**
 * Kicks of mu, (mu - mu0)/mu0, by how a particle started: by the gyrophase and the pitch cosine that were drawn for it; and their
 * distribution. A particle without a mu of its own at the start has none.
 */

/** Kicks beyond it count as it, so that a chunk of 2^14 particles cannot overflow: 2^14 2^6 / 2^-42 < 2^63. */
const LARGEST: f64 = 64.0;
/** 2^42 and 2^36: quanta of kicks, and of their squares from 2^-26 on. */
const QUANTA: f64 = 4398046511104.0;
const SQUARE_QUANTA: f64 = 68719476736.0;
/** 2^-26 and 2^74: of smaller squares another sum has room for, down to those of kicks of 1e-11. */
const SMALL_SQUARE: f64 = 1.4901161193847656e-8;
const SMALL_QUANTA: f64 = 18889465931478580854784.0;
/** The distribution's axis: octaves of |kick| from 2^-40 to 2^7 either side of one bin for all that are smaller. */
const LOWEST: f64 = -40.0;
const OCTAVES: f64 = 47.0;

/** Kick of a lane whose mu is `now`; NaN where there is none. */
function kickOf(lane: usize, now: f64): f64 {
  const start = load<f64>(MU0 + (lane << 3));
  return start > 0.0 ? (now - start) / start : NaN;
}

/** Bin of a kick: what is beyond the axis is put into the outermost. */
function kickBin(kick: f64): usize {
  const bins = OCTAVES * orbit.kickBins;
  const at = (Math.log2(Math.abs(kick)) - LOWEST) * orbit.kickBins;
  if (!(at >= 0.0)) return <usize>bins;
  const step = Math.min(bins - 1.0, Math.floor(at)) + 1.0;
  return <usize>(kick > 0.0 ? bins + step : bins - step);
}

function addSums(row: usize, kick: f64): void {
  const square = kick * kick;
  store<i64>(row, load<i64>(row) + <i64>nearest(kick * QUANTA));
  if (square < SMALL_SQUARE) store<i64>(row, load<i64>(row, 16) + <i64>nearest(square * SMALL_QUANTA), 16);
  else store<i64>(row, load<i64>(row, 8) + <i64>nearest(square * SQUARE_QUANTA), 8);
}

function binOf(share: f64, bins: f64): usize {
  return <usize>Math.min(bins - 1.0, Math.max(0.0, Math.floor(share * bins)));
}

/** Adds the kick of a lane whose mu is `now` to row t of the tallies by time. */
export function addKick(lane: usize, t: usize, now: f64): void {
  const kick = kickOf(lane, now);
  if (kick != kick) return;
  addCount(<usize>orbit.tallyKick + ((t * (2 * <usize>(OCTAVES * orbit.kickBins) + 1) + kickBin(kick)) << 2));
  const bounded = Math.min(LARGEST, Math.max(-LARGEST, kick));
  const phase = t * <usize>orbit.phaseBins + binOf(load<f64>(START_PHASE + (lane << 3)), orbit.phaseBins);
  addCount(<usize>orbit.tallyKickPhaseCount + (phase << 2));
  addSums(<usize>orbit.tallyKickPhase + phase * 24, bounded);
  const xi = 0.5 * (1.0 + load<f64>(START_XI + (lane << 3)));
  const pitch = t * <usize>orbit.startXiBins + binOf(xi, orbit.startXiBins);
  addCount(<usize>orbit.tallyKickPitchCount + (pitch << 2));
  addSums(<usize>orbit.tallyKickPitch + pitch * 24, bounded);
}

/** Adds the kick of a lane that is lost with this mu. */
export function addLostKick(lane: usize, now: f64): void {
  const kick = kickOf(lane, now);
  if (kick == kick) addCount(<usize>orbit.tallyLostKick + (kickBin(kick) << 2));
}
