import { describe, expect, it } from 'vitest';
import { kernelModule } from '../kernel/load.js';
import { leastCoverage, lowShare, otherSpread, sound, soundCoverage, soundSpread } from '../random.js';
import { calibrateReal, realCases } from './realRuns.js';

// 60 runs: a coverage of 95 % has a standard error of 2.8 %, a spread over quoted errors one of 9 % (more where the
// quoted errors themselves spread: of rates known to a quarter).
const RUNS = 60;

describe('quoted errors of runs of the engine', () => {
  for (const one of realCases.filter(({ name }) => /^(closed beam|mirror)/.test(name))) {
    it(`are the spread of the estimates: ${one.name}`, { timeout: 120000 }, () => {
      const particles = { ...(one.input.particles as object), count: 2048 };
      const found = calibrateReal(kernelModule(), { ...one, input: { ...one.input, particles } }, RUNS);
      for (const { name, given, coverage, spread, bias } of found) {
        expect(given, name).toBeGreaterThan(RUNS / 2);
        soundCoverage(coverage, given, name);
        soundSpread(spread, given, name);
        sound(bias, name, given - 1);
      }
      // errors of half the size are found out, though some of these are quoted cautiously
      const [shares, spreads] = [found.map(({ narrow }) => narrow), found.map((each) => 2 * each.spread)];
      lowShare(Math.round(Math.min(...shares) * RUNS), RUNS, leastCoverage(RUNS));
      otherSpread(Math.max(...spreads), RUNS);
    });
  }
});
