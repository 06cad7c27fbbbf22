/** Reference cases as text and as `validate.json`. */
import type { CaseResult, ControlResult, JudgedFinding } from '../validation/index.js';
import { formula, grouped, measured, symbols } from './format.js';
import { theoryDigits } from './table.js';

/** Raised whenever a key changes its meaning or goes. */
export const validationSchema = 'losscone.validation/1';

export interface ValidationTextOptions {
  readonly colour?: boolean;
}

/** How a validation was asked for, and whether it came to its end. */
export interface ValidationHead {
  readonly version: string;
  readonly seed: string;
  readonly size: 'quick' | 'full';
  /** Whether every case asked for was run. */
  readonly complete: boolean;
}

const paint = (code: number, text: string, colour: boolean | undefined) =>
  colour && text !== '' ? `\u001b[${code}m${text}\u001b[0m` : text;

const pad = (text: string, width: number) => text + ' '.repeat(Math.max(0, width - [...text].length));
const padStart = (text: string, width: number) => ' '.repeat(Math.max(0, width - [...text].length)) + text;

/** A unit on a blackboard: `(v/nu)^2` as `(v/ν)²`. */
const inUnit = (text: string) => symbols(text);

/** Estimate and reference of a finding as they are printed, with the unit. */
function numbers(finding: JudgedFinding): [estimate: string, reference: string, score: string] {
  const { test, estimate, standardError, reference, tolerance, unit, score } = finding;
  const signed = (x: number) => `${x <= -0.005 ? '-' : '+'}${Math.abs(x).toFixed(Math.abs(x) < 100 ? 2 : 0)}`;
  if (test === 'kolmogorov') return [`√N D = ${estimate.toFixed(3)}`, `< ${reference}`, estimate.toFixed(2)];
  const found = inUnit(measured(estimate, standardError, unit, true, 9));
  const digits = standardError > 0 ? theoryDigits(reference, standardError) : 9;
  const exact = inUnit(measured(reference, 0, unit, true, digits));
  if (test === 'above' || test === 'below') return [found, `${test === 'above' ? '>' : '<'} ${exact}`, signed(score)];
  if (tolerance > 0 || test === 'tolerance')
    return [found, `${exact} ± ${inUnit(measured(Number(tolerance.toPrecision(2)), 0, unit, true, 2))}`, signed(score)];
  return [found, exact, signed(score)];
}

const verdicts: Record<JudgedFinding['test'], string> = {
  z: 'z',
  kolmogorov: '√N D',
  tolerance: 'of tolerance',
  above: 'z, one-sided',
  below: 'z, one-sided',
};

/**
 * A case as a table: estimate with standard error and unit, reference, score and verdict of every finding, and its controls.
 *
 * @param result of `validate`
 * @param options colours
 * @returns lines joined by `\n`, with a last `\n`
 */
export function caseTable(result: CaseResult, { colour }: ValidationTextOptions = {}): string {
  const rows = result.findings.map((finding) => ({ finding, label: symbols(finding.label), texts: numbers(finding) }));
  const widest = (head: string, texts: readonly string[]) =>
    Math.max(head.length, ...texts.map((text) => [...text].length));
  const widths = [
    widest(
      'finding',
      rows.map(({ label }) => label),
    ),
    ...['estimate', 'reference', 'score'].map((head, i) =>
      widest(
        head,
        rows.map(({ texts }) => texts[i]),
      ),
    ),
  ];
  const line = (cells: readonly string[], end: string) =>
    `  ${pad(cells[0], widths[0])}  ${cells
      .slice(1)
      .map((cell, i) => padStart(cell, widths[i + 1]))
      .join('  ')}  ${end}`.trimEnd();
  const lines = [
    paint(1, `${result.id}  ${formula(result.title)}`, colour),
    paint(2, `  ${formula(result.source)}`, colour),
    paint(2, line(['finding', 'estimate', 'reference', 'score'], ''), colour),
  ];
  for (const { finding, label, texts } of rows) {
    const end = `${verdicts[finding.test]}: ${finding.passed ? 'agrees' : 'FAILS'}`;
    const text = line([label, ...texts], end);
    lines.push(finding.passed ? text : paint(31, text, colour));
  }
  if (result.controls.length > 0) lines.push('', ...controlLines(result.controls, colour));
  return `${lines.join('\n')}\n`;
}

function controlLines(controls: readonly ControlResult[], colour: boolean | undefined): string[] {
  const shown = controls.map(({ what, finding, refuted }) => ({
    refuted,
    what: symbols(`${what}: ${finding.label}`),
    score: numbers(finding)[2],
  }));
  const width = Math.max(...shown.map(({ what }) => [...what].length));
  return [
    paint(2, '  negative controls, which must fail', colour),
    ...shown.map(({ what, score, refuted }) => {
      const text = `  ${pad(what, width)}  ${padStart(score, 9)}  ${refuted ? 'fails, as it must' : 'PASSES AND MUST NOT'}`;
      return refuted ? text : paint(31, text, colour);
    }),
  ];
}

/** How near to its limit a finding comes; one-sided ones have none. */
const nearness = ({ test, score, reference }: JudgedFinding) =>
  test === 'above' || test === 'below'
    ? 0
    : Math.abs(score) / (test === 'kolmogorov' ? reference : test === 'z' ? 5 : 1);

/**
 * The table that a validation ends with: one line a case, and last how often a sound build would fail it by chance.
 *
 * @param results of `validate`
 * @param head whether every case was run
 * @param options colours
 */
export function validationTable(
  results: readonly CaseResult[],
  { complete }: Pick<ValidationHead, 'complete'>,
  { colour }: ValidationTextOptions = {},
): string {
  const rows = results.map((result) => {
    const worst = result.findings.reduce((a, b) => (nearness(b) > nearness(a) ? b : a));
    const failed = result.findings.filter(({ passed }) => !passed).length;
    const slack = result.controls.filter(({ refuted }) => !refuted).length;
    const verdict = failed > 0 ? `FAILS (${failed})` : slack > 0 ? `CONTROLS PASS (${slack})` : 'agrees';
    return {
      sound: failed === 0 && slack === 0,
      cells: [
        result.id,
        String(result.findings.length),
        `${numbers(worst)[2]} ${verdicts[worst.test]}`,
        String(result.controls.length || ''),
        grouped(result.particles),
        result.seconds.toFixed(1),
        verdict,
      ],
    };
  });
  const heads = ['case', 'findings', 'worst score', 'controls', 'particles', 'time (s)', 'verdict'];
  const widths = heads.map((head, i) => Math.max(head.length, ...rows.map(({ cells }) => [...cells[i]].length)));
  const line = (cells: readonly string[]) =>
    `  ${cells.map((cell, i) => (i === 0 || i === cells.length - 1 ? pad(cell, widths[i]) : padStart(cell, widths[i]))).join('  ')}`.trimEnd();
  const findings = results.flatMap((result) => result.findings);
  const failed = findings.filter(({ passed }) => !passed).length;
  const alarm = results.reduce((sum, result) => sum + result.falseAlarm, 0);
  const random = findings.filter(({ test }) => test === 'z' || test === 'kolmogorov').length;
  const sum = failed === 0 ? 'all agree' : `${failed} FAIL`;
  return `${[
    paint(2, line(heads), colour),
    ...rows.map(({ cells, sound }) => (sound ? line(cells) : paint(31, line(cells), colour))),
    '',
    `  ${findings.length} findings: ${sum}${complete ? '' : '; INCOMPLETE, not every case was run'}`,
    `  false alarm: ${random} random verdicts; a sound build fails at least one with probability ${measured(alarm, 0, '1', true, 2)} or less`,
  ].join('\n')}\n`;
}

const finite = (x: number) => (Number.isFinite(x) ? x : null);

/** A validation as `validate.json`: every finding with its verdict, controls, hashes, provenance. No NaN or Infinity. */
export function validationText(results: readonly CaseResult[], head: ValidationHead): string {
  const finding = (one: JudgedFinding) => ({
    label: one.label,
    unit: one.unit,
    estimate: finite(one.estimate),
    standardError: finite(one.standardError),
    reference: one.reference,
    test: one.test,
    ...(one.tolerance > 0 || one.test === 'tolerance' ? { tolerance: one.tolerance } : {}),
    score: finite(one.score),
    passed: one.passed,
    particles: one.particles,
    ...(Number.isFinite(one.degreesOfFreedom) ? { degreesOfFreedom: one.degreesOfFreedom } : {}),
  });
  const document = {
    schema: validationSchema,
    ...head,
    passed: results.every(({ passed }) => passed),
    controlsRefuted: results.every(({ controls }) => controls.every(({ refuted }) => refuted)),
    falseAlarm: results.reduce((sum, result) => sum + result.falseAlarm, 0),
    provenance: results.at(-1)?.provenance ?? null,
    cases: results.map((result) => ({
      id: result.id,
      title: result.title,
      source: result.source,
      passed: result.passed,
      falseAlarm: result.falseAlarm,
      particles: result.particles,
      seconds: result.seconds,
      findings: result.findings.map(finding),
      controls: result.controls.map(({ what, refuted, finding: one }) => ({ what, refuted, finding: finding(one) })),
      hashes: result.hashes,
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
