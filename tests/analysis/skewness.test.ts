import { expect, it } from 'vitest';
import { jackknife, skewnessFactor } from '../../src/analysis/jackknife.js';
import { studentQuantile } from '../../src/analysis/student.js';
import { generator } from './chain.js';

it('intervals of means with heavy tails hold more of what they should', () => {
  const random = generator(4);
  const [groups, runs] = [32, 2000];
  const t = studentQuantile(0.975, groups - 1);
  const truth = Math.exp(0.5);
  let [plain, enlarged] = [0, 0];
  for (let run = 0; run < runs; run++) {
    const values = Array.from({ length: groups }, () =>
      Math.exp(Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random())),
    );
    const sums = values.map((x) => [Float64Array.of(x)]);
    const total = [Float64Array.of(values.reduce((a, b) => a + b, 0))];
    const { value, standardError, deviations } = jackknife(total, sums, new Array(groups).fill(1), ([s], n) =>
      Float64Array.of(s[0] / n),
    );
    const off = Math.abs(value[0] - truth) / standardError[0];
    if (off < t) plain++;
    if (off < t * skewnessFactor(deviations.map(([d]) => d))) enlarged++;
  }
  // a lognormal of skewness 6: the errors as they are hold 89 %
  expect(plain / runs).toBeLessThan(0.91);
  expect(enlarged / runs).toBeGreaterThan(0.92);
  expect(enlarged / runs).toBeLessThan(0.97);
});

it('leaves what is not skewed as it is', () => {
  const random = generator(5);
  let sum = 0;
  for (let run = 0; run < 500; run++) sum += skewnessFactor(Array.from({ length: 32 }, () => random() + random()));
  expect(sum / 500).toBeLessThan(1.005);
  expect(skewnessFactor([2, 2, 2])).toBe(1);
});
