import { describe, expect, it } from 'vitest';
import { faultsUntil, timeOfFaults, withoutFaults } from '../../src/analysis/faults.js';
import { near, refuted } from '../random.js';
import { generator } from './chain.js';

const N = 560_000;
const BINS = 40;
const END = 4;
const edges = Array.from({ length: BINS + 1 }, (_, k) => (k * END) / BINS);

/** Particles lost at rate 1, each struck by a fault at rate 1/2 if it is not lost before. */
function simulate(seed: number) {
  const random = generator(seed);
  const lost = new Float64Array(2 * BINS);
  const faults = new Float64Array(BINS);
  let [sum, square, inside] = [0, 0, 0];
  for (let i = 0; i < N; i++) {
    const [loss, fault] = [-Math.log(random()), -2 * Math.log(random())];
    const first = Math.min(loss, fault);
    if (first > END) inside++;
    else if (fault < loss) faults[Math.floor((first / END) * BINS)]++;
    else {
      lost[(random() < 0.5 ? 0 : BINS) + Math.floor((first / END) * BINS)]++;
      sum += loss;
      square += loss * loss;
    }
  }
  return { lost, faults, sum, square, inside };
}

describe('numerical faults', () => {
  it('are followed until they happen and then counted as those who were left: the mean loss time stays what it is', () => {
    const { lost, faults, sum, inside } = simulate(1);
    const mean = (sum + inside * (END + 1) + timeOfFaults(lost, faults, edges, N, 1)) / N;
    // of censored exponentials: the mean over the root of the losses that were seen
    const error = 1 / Math.sqrt(lost.reduce((a, b) => a + b, 0));
    near([{ value: mean, error, reference: 1 }], 'mean loss time');
    // The control: left out, those that live long are left out.
    const seen = N - faults.reduce((a, b) => a + b, 0);
    refuted(((sum + inside * (END + 1)) / seen - 1) / error / 4);
  });

  it('leave the numbers alive as if there were none', () => {
    const { lost, faults } = simulate(2);
    const inside = edges.map(
      (_, k) =>
        N -
        [...lost].reduce((sum, n, i) => sum + (i % BINS < k ? n : 0), 0) -
        faults.slice(0, k).reduce((a, b) => a + b, 0),
    );
    const alive = withoutFaults(inside, faultsUntil(faults, edges, edges));
    for (const k of [BINS / 8, BINS / 2]) {
      const reference = N * Math.exp(-edges[k]);
      const error = Math.sqrt(2 * reference);
      near([{ value: alive[k], error, reference }], 'alive');
      refuted((inside[k] - reference) / error / 4);
    }
  });

  it('change nothing where there are none', () => {
    expect([...withoutFaults([5, 3, 1, 0], [0, 0, 0, 0])]).toEqual([5, 3, 1, 0]);
    expect(timeOfFaults(new Float64Array(4), new Float64Array(2), [0, 1, 2], 7, 3)).toBe(0);
  });
});
