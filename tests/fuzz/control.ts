/** What a fuzzer must notice: one case in some hundreds throws what is none of the project's errors. */
import fc from 'fast-check';
import { target } from './target.js';

export const control = (seed: number) =>
  target('control', 1, fc.string({ maxLength: 20, size: 'max' }), (text) => {
    const section = text.length > 12 ? undefined : { text };
    return section!.text.length;
  }).check({ seed, numRuns: 500 }, () => {});
