import { ALIVE, ID, LEVEL, OUTCOMES, parameters, S, SPEED, SPEED_BIN, XI } from '../layout';

export const FATE_CONFINED: usize = 0;
export const FATE_LOST_LEFT: usize = 1;
export const FATE_LOST_RIGHT: usize = 2;
export const FATE_TIME_LIMIT: usize = 3;
export const FATE_FAULT: usize = 4;

/** 1.5 * 2^20: adding it to |x| < 2^19 leaves x, rounded to 2^-32, in the low bits of the sum. */
export const MAGIC: f64 = 1572864.0;

/** x as a fixed-point integer of quantum 2^-32. */
export function fixed(x: f64): i64 {
  return reinterpret<i64>(x + MAGIC) - reinterpret<i64>(MAGIC);
}

export function addCount(address: usize): void {
  store<u32>(address, load<u32>(address) + 1);
}

/** Whether the lanes hold branches: these are tallied by their level alone, whatever the particle they come from has done. */
let branched: bool = false;

export function setBranched(value: i32): void {
  branched = value != 0;
}

/** How a particle ended: its fate and, where particles are listed, its row. A branch is counted by its level. */
export function endWith(lane: usize, fate: usize, time: f64): void {
  if (parameters.rareLevels > 0.0)
    addCount(<usize>parameters.tallyRareFates + ((<usize>load<u32>(LEVEL + (lane << 2)) * 5 + fate) << 2));
  if (branched) return;
  addCount(<usize>parameters.tallyFates + (fate << 2));
  keepOutcome(lane, fate, time);
}

/** Bin of a speed (over the reference speed); whatever lies outside the axis shares one last bin. */
export function speedBin(speed: f64): u32 {
  const at = (speed - parameters.speedLow) * parameters.speedInverseWidth;
  return <u32>(at >= 0.0 && at < parameters.speedBins ? at : parameters.speedBins);
}

export function xiBin(xi: f64): usize {
  const bins = parameters.xiBins;
  return <usize>Math.min(bins - 1.0, Math.max(0.0, Math.floor((xi + 1.0) * 0.5 * bins)));
}

/** Keeps how a particle ended, where particles are listed. */
function keepOutcome(lane: usize, fate: usize, time: f64): void {
  if (parameters.listed == 0.0) return;
  const at = lane << 3;
  const row = OUTCOMES + ((<usize>load<u32>(ID + (lane << 2))) << 6);
  store<f64>(row, <f64>fate);
  store<f64>(row, time, 8);
  store<f64>(row, load<f64>(S + at), 16);
  store<f64>(row, load<f64>(XI + at), 24);
  store<f64>(row, load<f64>(SPEED + at), 32);
}

function timeBin(time: f64): usize {
  return <usize>Math.min(parameters.lossBins - 1.0, Math.max(0.0, Math.floor(time * parameters.lossInverseWidth)));
}

/** A lane is no longer a number: who was followed until now is censored, not lost. */
export function recordFault(lane: usize, time: f64): void {
  endWith(lane, FATE_FAULT, time);
  if (!branched) addCount(<usize>parameters.tallyFaultTimes + (timeBin(time) << 2));
}

/** A particle has left: side 0 is -s. Dates it, counts it and ends its lane. */
export function recordLoss(lane: usize, side: usize, time: f64): void {
  const bins = <usize>parameters.lossBins;
  const bin = timeBin(time);
  store<u32>(ALIVE + (lane << 2), 0);
  endWith(lane, FATE_LOST_LEFT + side, time);
  if (parameters.rareLevels > 0.0) {
    const row = (<usize>load<u32>(LEVEL + (lane << 2)) * 2 + side) * bins + bin;
    addCount(<usize>parameters.tallyRareLosses + (row << 2));
    if (branched) return;
  }
  const speeds = <usize>parameters.speedBins + 1;
  const speed = parameters.forced != 0 ? speedBin(load<f64>(SPEED + (lane << 3))) : load<u32>(SPEED_BIN + (lane << 2));
  const row =
    ((side * bins + bin) * speeds + <usize>speed) * <usize>parameters.xiBins + xiBin(load<f64>(XI + (lane << 3)));
  addCount(<usize>parameters.tallyLosses + (row << 2));
  const scaled = time * parameters.timeScale;
  const sums = <usize>parameters.tallyLossTime + (side << 4);
  store<i64>(sums, load<i64>(sums) + fixed(scaled));
  store<i64>(sums, load<i64>(sums, 8) + fixed(scaled * scaled), 8);
}
