/** Comma-separated values after RFC 4180, safe to open in a spreadsheet. */

/** A cell: a number, or a text; NaN and undefined are empty. */
export type Cell = number | string | undefined;

/**
 * A table as CSV text.
 *
 * Numbers have all of their digits. A text that a spreadsheet would take for a formula gets an apostrophe in front.
 *
 * @param rows header first
 * @example
 * csvText([['rate [1/s]', 'note'], [1e-7, '=1+1'], [NaN, 'a, "b"']]) // => "rate [1/s],note\r\n1e-7,'=1+1\r\n,\"a, \"\"b\"\"\"\r\n"
 */
export function csvText(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

function cellText(cell: Cell): string {
  if (typeof cell === 'number') return Number.isNaN(cell) ? '' : String(cell);
  if (cell === undefined) return '';
  const harmless = /^[=+\-@\t\r\n|%]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
