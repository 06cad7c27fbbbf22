/** A comparison of motions as a file and as a table. */
import { LEAST_KICK, type OrbitDifferences } from '../analysis/fullOrbits/compare.js';
import type { Estimate } from '../analysis/types.js';
import { printableJson } from '../scenario/faults.js';
import type { OrbitData } from './data.js';
import { grouped, measured, symbols, wrap } from './format.js';
import { inVolts } from './orbitTable.js';
import { type SummaryNumber, summarise, summaryNumber } from './summary.js';
import { plural, short } from './tableContent.js';

/** Raised whenever a key of comparison.json changes its meaning or goes. */
export const comparisonSchema = 'losscone.comparison/1';

/** What is written of a comparison. */
export interface ComparisonData {
  readonly motions: readonly string[];
  readonly runs: readonly OrbitData[];
  readonly compared: readonly (OrbitDifferences & {
    readonly motion: string;
    readonly steps: number;
    readonly seconds: number;
  })[];
}

/** Above this |z| two numbers differ; above that sqrt(n m/(n + m)) D two distributions do: as rare by chance. */
const APART = 5;
const APART_AS_A_WHOLE = 2.75;

const indented = (line: string) => `  ${line}`;
const orNull = (value: number) => (Number.isFinite(value) ? value : null);

/** `comparison.json`: every number of every run, their differences, and what each run took. */
export function comparisonText({ motions, runs, compared }: ComparisonData): string {
  const [first] = runs;
  const differences = compared.map(({ motion, numbers, kicks, steps, seconds }) => ({
    motion,
    with: motions[0],
    steps,
    seconds,
    kicks: {
      least: LEAST_KICK,
      distance: orNull(kicks.distance),
      statistic: orNull(kicks.statistic),
      pValue: orNull(kicks.pValue),
      sizes: kicks.sizes,
      same: kicks.statistic < APART_AS_A_WHOLE,
    },
    numbers: Object.fromEntries(
      numbers.map(({ name, first, second, difference, z }): [string, Record<string, SummaryNumber | number | null>] => [
        name,
        {
          first: summaryNumber(first),
          second: summaryNumber(second),
          difference: summaryNumber(difference),
          z: orNull(z),
        },
      ]),
    ),
  }));
  const content = {
    schema: comparisonSchema,
    name: first.scenario.name,
    seed: first.scenario.seed,
    particles: first.particles.total,
    motions,
    differences,
    runs: Object.fromEntries(runs.map((run, i) => [motions[i], summarise(run)])),
  };
  return printableJson(`${JSON.stringify(content, null, 2)}\n`);
}

/** What the table shows; the file has all. */
const shown = new Set([
  'meanMuEnd',
  'muChange',
  'rmsMuChange',
  'rmsKick',
  'medianKick',
  'energyChange',
  'meanShiftX',
  'meanShiftY',
  'meanShiftZ',
  'rmsShiftX',
  'rmsShiftY',
  'rmsShiftZ',
]);

/**
 * A comparison as text: of each number its value in every motion, and what the others differ by from the first.
 * @param width widest line [columns], 80 or more
 */
export function comparisonTable({ motions, runs, compared }: ComparisonData, width = 80): string {
  const [{ scenario, particles }] = runs;
  const widest = Math.max(80, Math.min(100, width));
  const lines = wrap(
    `${scenario.name}: ${grouped(particles.total)} ${plural(scenario.species.name, particles.total)}, ${scenario.field.kind} field, seed ${scenario.seed}; differences from ${motions[0]}, of pairs`,
    widest,
    '  ',
  );
  const text = (estimate: Estimate) => {
    const { value, standardError, unit } = inVolts(estimate);
    return measured(value, standardError, unit);
  };
  const name = Math.max(...motions.map((motion) => motion.length));
  const cells: (readonly [string, string, string, string])[] = [];
  const heads: (readonly [number, string])[] = [];
  const rows = compared[0].numbers.filter(
    ({ name, first, second }) =>
      (shown.has(name) && !(Number.isNaN(first.value) && Number.isNaN(second.value))) || name.startsWith('fates.'),
  );
  for (const row of rows) {
    heads.push([cells.length, row.first.label.replace(/ \(.*|, .*/, '')]);
    cells.push([motions[0], text(row.first), '', '']);
    for (const { motion, numbers } of compared) {
      const one = numbers.find((number) => number.name === row.name);
      if (!one) continue;
      const z = Number.isFinite(one.z) ? `${one.z < 0 ? '-' : '+'}${Math.abs(one.z).toFixed(1)}` : '';
      cells.push([motion, text(one.second), text(one.difference), z]);
    }
  }
  const size = (k: number, head: string) => Math.max(head.length, ...cells.map((cell) => [...cell[k]].length));
  const sizes = [name, size(1, 'value'), size(2, 'difference'), size(3, 'z')];
  const line = (cell: readonly string[]) =>
    `    ${cell[0].padEnd(sizes[0])}${[1, 2, 3].map((k) => `  ${' '.repeat(sizes[k] - [...cell[k]].length)}${cell[k]}`).join('')}`.trimEnd();
  const rule = `  ${'─'.repeat(sizes.reduce((sum, n) => sum + n + 2, 0))}`;
  lines.push('', line(['', 'value', 'difference', 'z']), rule);
  cells.forEach((cell, i) => {
    const head = heads.find(([at]) => at === i);
    if (head) lines.push(`  ${head[1]}`);
    lines.push(line(cell));
  });
  lines.push(rule);
  for (const { motion, kicks, steps, seconds, numbers } of compared) {
    const worst = numbers.filter(({ z }) => Math.abs(z) >= APART);
    const apart = kicks.statistic >= APART_AS_A_WHOLE;
    const p =
      kicks.pValue < 1e-12
        ? '< 1e-12'
        : `= ${kicks.pValue < 1e-3 ? kicks.pValue.toExponential(0) : kicks.pValue.toFixed(3)}`;
    const words = Number.isNaN(kicks.statistic)
      ? 'kicks of mu: too few to compare'
      : `kicks of mu from ${LEAST_KICK} on: D sqrt(nm/(n + m)) = ${kicks.statistic.toFixed(2)} (p ${p}): ${apart ? 'another distribution' : 'no difference seen'}`;
    const beyond = `${worst.length} of ${numbers.length} numbers differ by more than ${APART} standard errors`;
    lines.push(
      ...wrap(
        `${motion}: ${words}; ${beyond}; ${short(steps)} of the steps and ${short(seconds)} of the time of ${motions[0]}`,
        widest - 2,
        '  ',
      ).map(indented),
    );
  }
  runs.forEach(({ steps, seconds, workers, hash }, i) => {
    lines.push(
      ...wrap(
        `${motions[i]}: ${measured(steps, 0, '1', true, 4)} particle-steps in ${short(seconds)} s, ${workers} ${plural('worker', workers)}`,
        widest - 2,
        '  ',
      ).map(indented),
      `    hash ${hash}`,
    );
  });
  return `${lines.map((one) => symbols(one)).join('\n')}\n`;
}
