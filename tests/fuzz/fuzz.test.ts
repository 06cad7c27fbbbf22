import { describe, expect, it } from 'vitest';
import { control } from './control.js';
import { shares } from './target.js';
import { targets } from './targets.js';

/** FUZZ_SEED: that of a failure. `npm run fuzz` takes more cases and new ones. */
const seed = Number(process.env.FUZZ_SEED ?? 20261127);

describe(`a thousand cases, FUZZ_SEED=${seed}`, () => {
  it.each([...shares(targets, 1000)].map(([one, cases]) => [one.name, one, cases] as const))(
    '%s: nothing escapes but the errors of the project',
    async (_, one, cases) => {
      let judged = 0;
      const details = await one.check({ seed, numRuns: cases }, () => judged++);
      const { counterexample, errorInstance, counterexamplePath: path } = details;
      expect(
        details.failed,
        `seed ${seed}, path ${path}: ${JSON.stringify(counterexample)?.slice(0, 500)}: ${errorInstance}`,
      ).toBe(false);
      expect(judged).toBe(cases);
    },
  );

  it('would notice a TypeError, and shrinks what throws it', async () => {
    const { failed, counterexample, errorInstance } = await control(seed);
    expect(failed).toBe(true);
    expect(String(errorInstance)).toContain('escaped: TypeError');
    expect(String(counterexample)).toHaveLength(13);
  });
});
