import { expect, it } from 'vitest';
import { slopeOf } from './slope.js';

const hours = Array.from({ length: 120 }, (_, i) => i / 120);
/** Noise with memory, as of a heap that is swept now and then. */
const saw = hours.map((_, i) => 100 + (i % 7) + 2 * Math.sin(i * i));

it('calls flat what saws and what is constant, and not what rises by a part of the noise in an hour', () => {
  expect(slopeOf(hours, saw).flat).toBe(true);
  expect(
    slopeOf(
      hours,
      hours.map(() => 1 / 3),
    ).flat,
  ).toBe(true);
  const rising = slopeOf(
    hours,
    saw.map((v, i) => v + 8 * hours[i]),
  );
  expect(rising.flat).toBe(false);
  expect(Math.abs(rising.slope - 8) / rising.standardError).toBeLessThan(5);
  // One descriptor a round.
  expect(
    slopeOf(
      hours,
      hours.map((_, i) => 20 + i),
    ).flat,
  ).toBe(false);
});

it('leaves the start out, and says nothing of a few samples', () => {
  expect(
    slopeOf(
      hours,
      hours.map((t, i) => (t < 0.3 ? 50 : 100) + (i % 3)),
    ).flat,
  ).toBe(true);
  expect(slopeOf([0, 1, 2], [1, 2, 3]).flat).toBeUndefined();
});
