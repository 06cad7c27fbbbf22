/**
 * A reporter: how often the random tests of this run would fail although nothing is wrong, summed over all verdicts
 * (Bonferroni: a bound, however they depend on each other), and what faults they would see. The run fails where that sum is 1e-3 or more,
 * and where a random test has no negative control of its own or does not say what it sees. `LOSSCONE_VERDICTS=1` prints each test's.
 */
import type { Reporter, TestModule } from 'vitest/node';

export const MOST = 1e-3;

/** Faults by which tests are counted. */
const FAULTS = [0.02, 0.05, 0.1, 0.2, 0.5];

export interface Told {
  name: string;
  falseAlarm?: number;
  verdicts?: number;
  controls?: number[];
  powers?: { seen: number; least: number }[];
}

const percent = (x: number) => `${Number((100 * x).toPrecision(2))} %`;

/** The least fault that a test sees almost surely, by the sharpest of its verdicts. */
export const leastFault = ({ powers = [] }: Told) => Math.min(...powers.map(({ least }) => least));

/** The sum, in words, and what is wrong with it. */
export function summarise(tests: readonly Told[]): { falseAlarm: number; text: string; faults: string[] } {
  const random = tests.filter(({ verdicts }) => verdicts !== undefined);
  const falseAlarm = random.reduce((sum, one) => sum + (one.falseAlarm ?? 0), 0);
  const verdicts = random.reduce((sum, one) => sum + (one.verdicts ?? 0), 0);
  const least = random.map(leastFault);
  const seen = FAULTS.map((fault) => `${least.filter((one) => one <= fault).length} a fault of ${percent(fault)}`);
  const powers = random.flatMap((one) => one.powers ?? []);
  const sharp = powers.filter((power) => power.least <= FAULTS[0]).length;
  const dullest = Math.max(...least.filter(Number.isFinite));
  const without = ({ controls = [] }: Told) => controls.length === 0;
  const faults = [
    ...(falseAlarm < MOST ? [] : ['false alarms: too many (fewer verdicts, or rarer ones)']),
    ...random
      .filter(without)
      .map(({ name }) => `${name}: no negative control (a wrong reference or input that must fail)`),
    ...random
      .filter((one) => !Number.isFinite(leastFault(one)))
      .map(({ name }) => `${name}: no power (how far would a fault of 2 % stand?)`),
  ];
  const text =
    `false alarms: ${falseAlarm.toExponential(1)} by ${verdicts} verdicts in ${random.length} random tests (below ${MOST}), ` +
    `${random.filter((one) => !without(one)).length} of them with a negative control of their own. ` +
    `Of these tests ${seen.join(', ')} almost surely (8 standard errors), by its sharpest verdict; ` +
    `the dullest sees ${dullest > 0 ? percent(dullest) : 'nothing'}. Of ${powers.length} verdicts ${sharp} see 2 %`;
  return { falseAlarm, text, faults };
}

/** A test in a line: false alarm, verdicts, how many limits off the nearest control was, chance to see 2 %, least fault seen, name. */
export function row(test: Told): string {
  const { name, falseAlarm = 0, verdicts = 0, controls = [], powers = [] } = test;
  const seen = Math.max(0, ...powers.map((power) => power.seen));
  const control = controls.length > 0 ? `${controls.length} from ${Math.min(...controls).toFixed(1)}` : 'none';
  const cells = [falseAlarm.toExponential(1), verdicts, control, percent(seen), percent(leastFault(test)), name];
  return cells.join(' | ');
}

export default class Alarms implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const all = modules.flatMap((module) => [...module.children.allTests()]);
    // one that failed has not come to its controls, and fails the run as it is
    const tests = all
      .filter((test) => test.result().state === 'passed')
      .map((test): Told => ({ name: `${test.module.relativeModuleId} ${test.fullName}`, ...test.meta() }));
    const random = tests.filter(({ verdicts }) => verdicts !== undefined);
    if (random.length === 0) return;
    const { text, faults } = summarise(random);
    console.log(`\n${text}`);
    if (process.env.LOSSCONE_VERDICTS) {
      console.log('false alarm | verdicts | controls (limits) | 2 % seen | least fault seen | test');
      for (const test of random.toSorted((a, b) => leastFault(a) - leastFault(b))) console.log(row(test));
    }
    for (const fault of faults) console.error(fault);
    if (faults.length > 0) process.exitCode = 1;
  }
}
