/** Diffusion of mu along full orbits: whether `<(mu - mu0)^2>` grows as diffusion makes it grow, and how fast. */
import type { Jackknifed } from '../jackknife.js';
import type { Estimate } from '../types.js';

const FEWEST = 4;
/** A growth must be so many times its scatter about a straight line to be called one. */
const ABOVE_SCATTER = 3;
/** The halves of a growth may differ by so much of their sum, or by so many standard errors, before it is called no diffusion. */
const UNEVEN = 0.5;
const SURE = 5;

/** Slope of the least-squares line through points `from` to `to` (exclusive), and the rms of what is left. */
function line(x: ArrayLike<number>, y: ArrayLike<number>, from: number, to: number): readonly [number, number] {
  const n = to - from;
  let [meanX, meanY, xx, xy] = [0, 0, 0, 0];
  for (let j = from; j < to; j++) {
    meanX += x[j] / n;
    meanY += y[j] / n;
  }
  for (let j = from; j < to; j++) {
    xx += (x[j] - meanX) ** 2;
    xy += (x[j] - meanX) * (y[j] - meanY);
  }
  const slope = xy / xx;
  let left = 0;
  for (let j = from; j < to; j++) left += (y[j] - meanY - slope * (x[j] - meanX)) ** 2;
  return [slope, Math.sqrt(left / n)];
}

/** Half the slope of the whole, of its early and of its late half, and half the rms of what a straight line leaves, from the first snapshot after the start on. */
export function growthOf(times: ArrayLike<number>, squares: ArrayLike<number>): Float64Array {
  const T = times.length;
  const middle = Math.ceil((T + 1) / 2);
  const [whole, left] = line(times, squares, 1, T);
  const [early] = line(times, squares, 1, middle);
  const [late] = line(times, squares, middle - 1, T);
  return Float64Array.of(whole / 2, early / 2, late / 2, left / 2);
}

/**
 * `D_mumu`, half the growth of `<(mu - mu0)^2>` between the first snapshot after the start and the last: the swing of a gyration and of a
 * bounce is in the first one already. A number only where the growth is that of diffusion: more than its own scatter about a straight line,
 * and as fast late as early. Where it slows down (mu nears its equilibrium) or speeds up, half of what the halves differ by beyond their
 * noise is in the error.
 * @param times of the snapshots [s]
 * @param found `growthOf` the snapshots, by the jackknife [J^2/T^2/s]
 * @param lost share of the particles that were lost
 */
export function diffusionOfMoment(times: ArrayLike<number>, found: Jackknifed, lost: number): Estimate {
  const [value, early, late, left] = found.value;
  const unit = 'J^2/T^2/s';
  const window = `from ${short(times[1])} to ${short(times[times.length - 1])} s`;
  const label = `D_mumu, half the growth of <(mu - mu0)^2> ${window}`;
  const none = (note: string): Estimate => ({ value: NaN, standardError: NaN, unit, label, note });
  if (times.length - 1 < FEWEST) return none(`needs ${FEWEST} snapshots after the start, and has ${times.length - 1}`);
  const span = times[times.length - 1] - times[1];
  if (!(value * span > ABOVE_SCATTER * left))
    return none(
      `no steady growth to be seen: <(mu - mu0)^2> swings by ${short(2 * left)} J^2/T^2 (D is below ${short((ABOVE_SCATTER * left) / span)})`,
    );
  const apart = late - early;
  const noise = Math.hypot(...found.deviations.map((row) => row[2] - row[1]));
  if (!(Math.abs(apart) < UNEVEN * (Math.abs(early) + Math.abs(late))) && !(Math.abs(apart) < SURE * noise))
    return none(
      `the growth is none of diffusion: ${short(early)} in the first half of the time, ${short(late)} in the second (a kick, a swing, or mu near its equilibrium: ask for other times)`,
    );
  const systematic = Math.sqrt(Math.max(0, apart * apart - noise * noise)) / 2;
  return {
    value,
    standardError: Math.hypot(found.standardError[0], systematic),
    degreesOfFreedom: found.degreesOfFreedom,
    unit,
    label,
    ...(lost > 0.01 && { note: `of those inside: ${(100 * lost).toPrecision(2)} % were lost, by their mu` }),
  };
}

const short = (x: number) =>
  Math.abs(x) < 1e-3 ? Number(x.toPrecision(3)).toExponential() : String(Number(x.toPrecision(3)));
