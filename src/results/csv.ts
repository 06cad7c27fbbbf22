/** Tables as CSV (RFC 4180, lines end in LF): numbers that read back to the same bits, text that no spreadsheet runs. */
import { joined } from './bytes.js';
import type { Cell, Table } from './tables.js';

/** Rows that are put together before they become bytes: text of any length would not fit into one string. */
const rowsAtATime = 4096;

/**
 * A table as the bytes of a CSV file: one line of names with units, `time [s]`, then the rows.
 *
 * A number is written with the fewest digits that read back to the same double; NaN as `NaN`, what there is not as nothing.
 * Text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV injection).
 *
 * @param table of `resultTables`
 * @returns UTF-8
 */
export function tableCsv(table: Table): Uint8Array {
  const encoder = new TextEncoder();
  const parts = [
    encoder.encode(`${table.columns.map(({ name, unit }) => text(unit ? `${name} [${unit}]` : name)).join(',')}\n`),
  ];
  for (let start = 0; start < table.rows; start += rowsAtATime) {
    let lines = '';
    for (let row = start; row < Math.min(table.rows, start + rowsAtATime); row++)
      lines += `${table.columns.map(({ cell }) => csvCell(cell(row))).join(',')}\n`;
    parts.push(encoder.encode(lines));
  }
  return joined(parts);
}

/**
 * A cell of a CSV file.
 *
 * @param value a number, text, or undefined for none
 * @returns what stands between the commas
 * @example csvCell(-0) // '-0'
 * @example csvCell("=1+1") // => "'=1+1"
 */
export function csvCell(value: Cell): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return text(value);
  return Object.is(value, -0) ? '-0' : String(value);
}

/**
 * Rows of cells as CSV text.
 *
 * @param rows header first
 * @example
 * csvText([['rate [1/s]', 'note'], [1e-7, '=1+1']]) // => "rate [1/s],note\n1e-7,'=1+1\n"
 */
export function csvText(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(csvCell).join(',')}\n`).join('');
}

function text(value: string): string {
  const clean = value.replaceAll('\0', '\ufffd');
  // Also after blanks, which some programs skip, and the wide forms of the signs.
  const safe = /^\s*[=+\-@|%＝＋－＠]|^[\t\r\n]/.test(clean) ? `'${clean}` : clean;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
