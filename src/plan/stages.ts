/** What the kernel needs for each (speed class, interval between snapshots): the step and the law of its kicks. */
import type { Scenario } from '../scenario/index.js';
import { angleLaw } from './angle.js';

/** How a kick is made; the numbers are the kernel's. */
const KICK = { small: 0, any: 1, byLane: 2, normal: 3, sign: 4 } as const;

export const STAGE_NUMBERS = 12;

/** Steps of an interval from which rounding them up to whole draws costs less than what it saves. */
const WORTH_ROUNDING = 12;

/** One speed class through one interval. */
export interface Stage {
  /** Row in the table of stages. */
  readonly row: number;
  readonly steps: number;
  /** Kicks a step. */
  readonly repeats: number;
  /** Number of the first draw of four kicks, counted from the start of the run. */
  readonly quad: number;
  /** Start of the interval and length of a step, kernel time. */
  readonly time: number;
  readonly step: number;
}

export interface Stages {
  readonly table: Float64Array;
  /** `[interval][class]`. */
  readonly schedule: readonly (readonly Stage[])[];
}

/**
 * Lays out the stages.
 * @param times snapshot times, kernel units
 * @param durations longest step of each class, kernel units
 * @param nu the one rate, or null where it differs by particle
 * @param repeats kicks a step
 * @param wholeDraws whether steps may be shortened so that an interval takes whole draws of four kicks
 */
export function layOutStages(
  operator: Scenario['collisions']['operator'],
  times: Float64Array,
  durations: readonly number[],
  nu: number | null,
  repeats: number,
  wholeDraws: boolean,
): Stages {
  const rows: number[] = [];
  const known = new Map<string, number>();
  const quads = durations.map(() => 0);
  const schedule = [];
  for (let j = 1; j < times.length; j++) {
    const interval = times[j] - times[j - 1];
    schedule.push(
      durations.map((longest, k) => {
        const enough = Math.max(1, Math.ceil(interval / longest - 1e-9));
        // kicks are drawn four at a time: rather than lose the rest of the last draw, the steps are a little shorter
        const steps = wholeDraws && enough >= WORTH_ROUNDING ? Math.ceil(enough / 4) * 4 : enough;
        const step = interval / steps;
        const key = `${step}`;
        let row = known.get(key);
        if (row === undefined) {
          row = rows.length / STAGE_NUMBERS;
          rows.push(...stageRow(operator, step, nu, repeats));
          known.set(key, row);
        }
        const quad = quads[k];
        quads[k] += Math.ceil((steps * repeats) / 4);
        return { row, steps, repeats, quad, time: times[j - 1], step };
      }),
    );
  }
  return { table: Float64Array.from(rows), schedule };
}

function stageRow(operator: string, step: number, nu: number | null, repeats: number): number[] {
  const none = [0, 0, 0, 0, 0, 0, 0, 0];
  if (operator === 'eulerMaruyama') return [step, repeats, KICK.normal, ...none, 0];
  if (operator === 'binomial') return [step, repeats, KICK.sign, ...none, 0];
  if (operator === 'none' || nu === null) return [step, repeats, KICK.byLane, ...none, 0];
  const law = angleLaw((nu * step) / repeats);
  return [step, repeats, law.small ? KICK.small : KICK.any, ...law.coefficients, law.offset];
}
