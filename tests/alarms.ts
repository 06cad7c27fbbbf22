/**
 * A reporter: how often the random tests of this run would fail although nothing is wrong, summed over all verdicts
 * (Bonferroni: a bound, however they depend on each other). The run fails where it is 1e-3 or more.
 */
import type { Reporter, TestModule } from 'vitest/node';

export const MOST = 1e-3;

interface Told {
  name: string;
  falseAlarm?: number;
  verdicts?: number;
  controls?: number[];
  powers?: number[];
}

/** The sum, in words. */
export function summarise(tests: readonly Told[]): { falseAlarm: number; text: string } {
  const random = tests.filter(({ verdicts }) => verdicts !== undefined);
  const falseAlarm = random.reduce((sum, one) => sum + (one.falseAlarm ?? 0), 0);
  const verdicts = random.reduce((sum, one) => sum + (one.verdicts ?? 0), 0);
  const without = random.filter(({ controls }) => controls === undefined);
  const powers = random.flatMap((one) => one.powers ?? []);
  const sharp = powers.filter((power) => power >= 8).length;
  return {
    falseAlarm,
    text:
      `false alarms: ${falseAlarm.toExponential(1)} by ${verdicts} verdicts in ${random.length} random tests (below ${MOST}); ` +
      `${random.length - without.length} of them with a negative control of their own; ` +
      `a fault of 2 % is 8 standard errors or more in ${sharp} of ${powers.length} verdicts on a number`,
  };
}

export default class Alarms implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) =>
      [...module.children.allTests()].map(
        (test): Told => ({ name: `${module.moduleId} ${test.fullName}`, ...test.meta() }),
      ),
    );
    const { falseAlarm, text } = summarise(tests);
    if (!tests.some(({ verdicts }) => verdicts !== undefined)) return;
    console.log(`\n${text}`);
    if (process.env.LOSSCONE_VERDICTS)
      for (const { name, falseAlarm = 0, verdicts, controls = [], powers = [] } of tests)
        if (verdicts !== undefined)
          console.log(
            `${falseAlarm.toExponential(1)} | ${verdicts} | ${controls.map((x) => x.toFixed(1)).join(' ') || 'no control'} | ` +
              `2 %: ${powers.map((x) => x.toFixed(1)).join(' ')} | ${name}`,
          );
    if (!(falseAlarm < MOST)) {
      console.error('false alarms: too many (fewer verdicts, or rarer ones)');
      process.exitCode = 1;
    }
  }
}
