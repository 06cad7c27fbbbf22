/** The short table that a run ends with. */
import type { Estimate, Fate } from '../analysis/types.js';
import type { ResultData } from './data.js';
import { grouped, measured, symbols, wrap } from './format.js';

export interface TableOptions {
  /** ANSI colours; only on a terminal that has them. */
  readonly colour?: boolean;
  /** `±`, `×`, superscripts and rules; without it everything is ASCII. */
  readonly unicode?: boolean;
  /** Widest line [columns], 60 to 100; what lies outside is taken for the nearer of them. Only the hash may be longer. */
  readonly width?: number;
}

/** Terminals that are narrower get lines of this width. */
const NARROWEST = 60;
const WIDEST = 100;
/** Room for names that a table has in any case, for their longest word. */
const LEAST_NAME = 14;

const order = [
  'isotropisationRate',
  'pressureRate',
  'lossRate',
  'confinementTime',
  'medianLossTime',
  'steadyHeld',
  'steadyLossLeft',
  'steadyLossRight',
  'trappedFraction',
  'filling',
  'meanMuInitial',
  'meanMu',
  'dMuMu',
  'muDrift',
  'dXiXi',
  'lossProbability',
  'lossProbabilityLeft',
  'lossProbabilityRight',
] as const;

/** Rows that are left out where the data do not allow them, or where another one says the same. */
const extra = new Set<string>(['pressureRate', 'medianLossTime', 'dXiXi']);

const fateOrder: readonly Fate[] = ['confined', 'timeLimit', 'lostLeft', 'lostRight', 'fault'];

/** Above this |z| a deviation from exact theory is a failure (contract of the project), above the lower one worth a look. */
const verdict = { failure: 5, doubt: 3 };

interface Row {
  readonly label: string;
  readonly value: string;
  readonly theory: string;
  readonly z: string;
  readonly mark: string;
  readonly severity: 'none' | 'doubt' | 'failure';
}

/**
 * A run's numbers as text: each with its standard error and unit, exact theory and z where there is exact theory, and the
 * notes that say how far to trust them.
 *
 * @param result a run, finished or interrupted
 * @param options how it may look; plain text of at most 100 columns by default
 * @returns lines joined by `\n`, with a last `\n`
 */
export function resultTable(result: ResultData, options: TableOptions = {}): string {
  return tableOf(result, options, false) ?? (tableOf(result, options, true) as string);
}

/** The table with theory in columns of its own, or in the notes; undefined where the columns do not fit. */
function tableOf(result: ResultData, options: TableOptions, inNotes: boolean): string | undefined {
  const { colour = false, unicode = true } = options;
  const width = Math.max(NARROWEST, Math.min(WIDEST, options.width ?? WIDEST));
  const pretty = (text: string) => (unicode ? symbols(text) : ascii(text));
  const paint = (code: number, text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const notes: string[] = [];
  const mark = (texts: (string | undefined)[]): string => {
    const text = texts.filter((t) => t !== undefined && t !== '').join('; ');
    if (!text) return '';
    let index = notes.indexOf(text);
    if (index < 0) index = notes.push(text) - 1;
    return `[${index + 1}]`;
  };
  const toRow = (estimate: Estimate): Row => {
    const [name, aside] = splitLabel(estimate.label);
    const { value, standardError, unit, reference } = estimate;
    const hasTheory = reference !== undefined && Number.isFinite(reference) && !Number.isNaN(value);
    const z = hasTheory ? (value - reference) / standardError : Number.NaN;
    const size = Math.abs(z);
    const theory = hasTheory ? measured(reference, 0, unit, unicode, theoryDigits(reference, standardError)) : '';
    const deviation = Number.isFinite(z) ? `${z <= -0.05 ? '-' : '+'}${size.toFixed(size < 100 ? 1 : 0)}` : '';
    const beside = inNotes && theory ? `exact theory ${theory}${deviation && `, z = ${deviation}`}` : '';
    return {
      label: pretty(name),
      value: measured(value, standardError, unit, unicode),
      theory: inNotes ? '' : theory,
      z: inNotes ? '' : deviation,
      mark: mark([beside, aside, estimate.note, limitsText(estimate, unicode), fitText(estimate, unicode)]),
      severity: size >= verdict.failure ? 'failure' : size >= verdict.doubt ? 'doubt' : 'none',
    };
  };
  const { estimates } = result;
  const all = { ...estimates, medianLossTime: estimates.lossTimeQuartiles?.[1] };
  // of one speed they are the same but for the tallies' rounding
  const same = Math.abs((all.pressureRate?.value ?? NaN) / all.isotropisationRate.value - 1) < 1e-5;
  const quantities = order
    .filter((name) => !(extra.has(name) && Number.isNaN(all[name]?.value)) && !(same && name === 'pressureRate'))
    .map((name) => all[name])
    .filter((estimate) => estimate !== undefined);
  const fates = fateOrder
    .map((name) => estimates.fates[name])
    .filter((estimate) => estimate !== undefined && (estimate.value > 0 || Number.isNaN(estimate.value)));
  const blocks = [quantities.map(toRow), fates.map(toRow)];
  const rows = blocks.flat();
  const widest = (pick: (row: Row) => string, head: string) =>
    Math.max(head.length, ...rows.map((row) => [...pick(row)].length));
  const columns = {
    label: widest((row) => row.label, 'quantity'),
    value: widest((row) => row.value, 'value'),
    theory: widest((row) => row.theory, 'exact theory'),
    z: widest((row) => row.z, 'z'),
  };
  const hasTheory = rows.some((row) => row.theory !== '');
  const line = (label: string, value: string, theory: string, z: string, end: string) =>
    [
      `  ${label.padEnd(columns.label)}`,
      padStart(value, columns.value),
      ...(hasTheory ? [padStart(theory, columns.theory), padStart(z, columns.z)] : []),
      end,
    ]
      .join('  ')
      .trimEnd();
  const marks = Math.max(...rows.map((row) => row.mark.length));
  const beside = 2 + columns.value + (hasTheory ? 2 + columns.theory + 2 + columns.z : 0);
  const room = width - 2 - beside - 2 - marks;
  if (hasTheory && columns.label > room) return undefined;
  // longer names than there is room for begin on lines of their own
  columns.label = Math.min(columns.label, Math.max(LEAST_NAME, room));
  const ruleWidth = 2 + columns.label + beside;
  const rule = paint(2, `  ${(unicode ? '─' : '-').repeat(Math.max(40, ruleWidth - 2))}`);
  const lines = wrap(title(result, unicode), width, '  ').map((part) => paint(1, clip(part, width)));
  if (!result.complete)
    lines.push(
      ...wrap(
        `INCOMPLETE: ${grouped(result.particles.done)} of ${grouped(result.particles.total)} particles; the numbers below are of those`,
        width,
      ).map((part) => paint(33, part)),
    );
  if (result.precision) {
    const { reached, particles, why } = result.precision;
    for (const part of wrap(`${grouped(particles)} particles taken: ${why}`, width))
      lines.push(reached ? part : paint(33, part));
  }
  lines.push('', paint(2, line('quantity', 'value', 'exact theory', 'z', '')), rule);
  blocks.forEach((block, i) => {
    if (i > 0 && block.length > 0) lines.push(rule);
    for (const row of block) {
      const names = wrap(row.label, columns.label, '  ');
      const text = line(names.pop() ?? '', row.value, row.theory, row.z, '');
      const shown = (part: string) =>
        row.severity === 'none' ? part : paint(row.severity === 'failure' ? 31 : 33, part);
      lines.push(...names.map((part) => shown(`  ${part}`)));
      const plainEnd = row.mark
        ? `${' '.repeat(Math.max(0, ruleWidth - [...text].length))}  ${paint(2, row.mark)}`
        : '';
      lines.push(shown(text) + plainEnd);
    }
  });
  const end = estimates.equilibrium?.words;
  if (end) lines.push('', ...wrap(pretty(end), width - 2).map((part) => `  ${part}`));
  if (notes.length > 0) {
    lines.push('');
    notes.forEach((note, i) => {
      const head = `  [${i + 1}] `;
      wrap(pretty(note), width - head.length).forEach((part, k) => {
        lines.push(paint(2, `${k === 0 ? head : ' '.repeat(head.length)}${part}`));
      });
    });
  }
  if (result.warnings.length > 0) {
    lines.push('');
    for (const warning of result.warnings)
      wrap(`warning: ${pretty(warning)}`, width - 4).forEach((part, k) => {
        lines.push(paint(33, `${k === 0 ? '  ' : '    '}${part}`));
      });
  }
  lines.push('', ...wrap(footer(result, unicode), width - 2).map((part) => paint(2, `  ${part}`)));
  lines.push(paint(2, `  hash ${result.hash}`));
  return `${lines.join('\n')}\n`;
}

function title(result: ResultData, unicode: boolean): string {
  const { scenario, particles, plan } = result;
  const { nu, length, speed } = plan.reference;
  const strength = (nu * length) / speed;
  const kind = scenario.field.kind;
  const place =
    kind === 'uniform' ? 'uniform field' : `${kind} field, mirror ratio ${short(plan.reference.mirrorRatio)}`;
  const parts = [
    `${grouped(particles.total)} ${plural(scenario.species.name, particles.total)}`,
    place,
    ...(scenario.motion.kind !== 'homogeneous' && strength > 0 && Number.isFinite(strength)
      ? [`${unicode ? 'ν' : 'nu'} length/v = ${short(strength)}`]
      : []),
    `seed ${scenario.seed}`,
  ];
  return `${scenario.name}: ${parts.join(', ')}`;
}

function footer({ steps, seconds, workers, provenance }: ResultData, unicode: boolean): string {
  const rate =
    seconds > 0 ? `, ${measured(steps / seconds, 0, '1/s', unicode, 3).replace(/ 1\/s$/, ' per second')}` : '';
  return (
    `${measured(steps, 0, '1', unicode, 4)} particle-steps in ${short(seconds)} s${rate}; ${workers} ` +
    `${plural('worker', workers)}; losscone ${provenance.version}, ${provenance.runtime}`
  );
}

const plural = (noun: string, count: number) => (count === 1 || noun.endsWith('s') ? noun : `${noun}s`);

const short = (value: number) => String(Number(value.toPrecision(3)));

/** One digit more than the standard error lets the value have. */
export function theoryDigits(reference: number, standardError: number): number {
  if (!(standardError > 0) || reference === 0) return 6;
  const digits = Math.floor(Math.log10(Math.abs(reference))) - Math.floor(Math.log10(standardError)) + 3;
  return Math.max(2, Math.min(9, digits));
}

function limitsText({ limits, value, unit }: Estimate, unicode: boolean): string | undefined {
  if (!limits || Number.isNaN(value)) return undefined;
  const each = limits.map((limit) => `${measured(limit.value, 0, unit, unicode, 4)} for ${limit.label}`);
  return `tends to ${each.join(', to ')}`;
}

function fitText({ fit, label }: Estimate, unicode: boolean): string | undefined {
  if (!fit) return undefined;
  const [from, to] = [fit.from, fit.to].map((time) => measured(time, 0, 's', unicode, 3));
  // a mean is taken and not fitted: what is judged is whether one rate describes its window
  const how = label.includes('(mean of those left') ? 'as one rate' : 'fitted';
  if (fit.points === 1) return `${how} from the start to ${to}, 1 point`;
  // Two points lie on any line through them.
  const judged = fit.points > 2 ? `, the worst ${short(fit.worst)} standard errors off` : '';
  const quality =
    fit.chiSquared !== undefined && fit.pValue !== undefined
      ? `, chi^2/dof ${short(fit.chiSquared)} (p = ${fit.pValue < 0.001 ? fit.pValue.toExponential(0) : fit.pValue.toFixed(3)})`
      : '';
  return `${how} from ${from} to ${to}, ${fit.points} points${judged}${quality}`;
}

/** `rate (of what)` as the name and the aside, which goes to the notes. */
function splitLabel(label: string): [string, string | undefined] {
  const at = label.search(/ \(|, /);
  if (at < 0) return [label, undefined];
  const aside = label
    .slice(at)
    .replace(/^ \(([^)]*)\)/, '$1')
    .replace(/^, /, '');
  return [label.slice(0, at), aside];
}

const padStart = (text: string, width: number) => ' '.repeat(Math.max(0, width - [...text].length)) + text;

const clip = (text: string, width: number) =>
  [...text].length <= width ? text : `${[...text].slice(0, width - 3).join('')}...`;

/** What notes and warnings may hold beyond ASCII, in ASCII. */
function ascii(text: string): string {
  const known: Record<string, string> = {
    '±': '+/-',
    '×': 'x',
    '−': '-',
    μ: 'mu',
    µ: 'u',
    ν: 'nu',
    ξ: 'xi',
    '⟨': '<',
    '⟩': '>',
  };
  return [...text].map((c) => known[c] ?? (c.charCodeAt(0) < 128 && c.length === 1 ? c : '?')).join('');
}
