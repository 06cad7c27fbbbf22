/** The one verdict on random results that are not reference cases of their own: |z| < 5, fixed seeds, never retried. */
import { expect } from 'vitest';
import { LIMIT } from '../../src/validation/index.js';
import type { Measured } from '../../src/validation/statistics.js';

export { LIMIT } from '../../src/validation/index.js';
export { type Measured, share } from '../../src/validation/statistics.js';

export const z = ({ value, error }: Measured, reference: number) => (value - reference) / error;

/** The verdict; `LOSSCONE_VERDICTS=1` prints it. */
export function agrees(label: string, measured: Measured, reference: number): void {
  const { value, error, count } = measured;
  const text = `${label} | N ${count} | ${value} +- ${error} | ${reference} | z ${z(measured, reference).toFixed(2)}`;
  if (process.env.LOSSCONE_VERDICTS) console.log(text);
  expect(Math.abs(z(measured, reference)), text).toBeLessThan(LIMIT);
}

/** The negative control: what is wrong must be found wrong. */
export function refutes(label: string, measured: Measured, wrong: number): void {
  const score = Math.abs(z(measured, wrong));
  expect(score, `${label} must be refuted: ${measured.value} +- ${measured.error}, wrong ${wrong}`).toBeGreaterThan(
    LIMIT,
  );
}
