/** Two curves as one table. */
import type { CurveRow } from '../messages.js';

/**
 * Columns: run, x, value, its standard error, and exact theory where there is one; in SI.
 * @example
 * const curve = { name: 'n', label: 'n', unit: '1', xLabel: 't', xUnit: 's', x: [0], value: [1], standardError: [0] }
 * curvesCsv([curve, curve]) // => 't [s],run,n [1],standard error [1],exact [1]\n0,A,1,0,\n0,B,1,0,\n'
 */
export function curvesCsv(curves: readonly CurveRow[]): string {
  const [{ xLabel, xUnit, label, unit }] = curves;
  const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const number = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? '' : String(value));
  const head = [`${xLabel} [${xUnit}]`, 'run', `${label} [${unit}]`, `standard error [${unit}]`, `exact [${unit}]`];
  const lines = curves.flatMap(({ x, value, standardError, reference }, i) =>
    Array.from(x, (at, k) =>
      [at, 'AB'[i], number(value[k]), number(standardError[k]), number(reference?.[k])].join(','),
    ),
  );
  return `${[head.map(quoted).join(','), ...lines].join('\n')}\n`;
}
