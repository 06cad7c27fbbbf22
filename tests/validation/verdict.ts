/** The verdicts on random results that are not reference cases of their own; see random.ts. */
import type { Measured } from '../../src/validation/statistics.js';
import { near, refuted, z } from '../random.js';

export { type Measured, share } from '../../src/validation/statistics.js';
export { LIMIT, z } from '../random.js';

/** The verdict; `LOSSCONE_VERDICTS=1` prints it. */
export function agrees(label: string, measured: Measured, reference: number): void {
  const { value, error, count, degreesOfFreedom } = measured;
  const text = `${label} | N ${count} | ${value} +- ${error} | ${reference} | z ${z(measured, reference).toFixed(2)}`;
  if (process.env.LOSSCONE_VERDICTS) console.log(text);
  near([{ value, error, reference }], text, degreesOfFreedom);
}

/** The negative control: what is wrong must be found wrong. */
export function refutes(label: string, measured: Measured, wrong: number): void {
  const { value, error, degreesOfFreedom } = measured;
  refuted(z(measured, wrong), `${label} must be refuted: ${value} +- ${error}, wrong ${wrong}`, degreesOfFreedom);
}
