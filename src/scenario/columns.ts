/** Columns of numbers: lists in the scenario itself, or the columns of a CSV file beside it. */
import type * as z from 'zod';
import { Refusal, show } from './faults.js';
import { isMapping, type Limits, leaf, type Meta, withinLimits } from './leaves.js';
import { toldRange } from './limits.js';
import { quantityShape, unitPattern } from './unitPattern.js';
import { asDimension, DIMENSIONS, type Dimension, readAs, readUnitAlone, wantedOf } from './units.js';

/** Rows a table may have. */
export const MAX_ROWS = 100_000;

/** A table file named by a scenario, as `attachFiles` leaves it in place of the name: its text, or why there is none. */
export class TableFile {
  constructor(
    readonly name: string,
    readonly text: string | null,
    readonly problem: string,
  ) {}
}

/** What a column is told: its dimensions (none: plain numbers), its limits and fewest rows. */
export interface ColumnOptions {
  readonly description: string;
  readonly dimensions: readonly Dimension[];
  readonly limits?: Limits;
  readonly increasing?: boolean;
  readonly rows: number;
  /** What a value may be, where limits in one unit do not say it. */
  readonly range?: string;
}

/** A column as read: values in SI, and the dimension they turned out to have (null: plain numbers). */
export interface Column {
  readonly dimension: Dimension | null;
  readonly values: number[];
}

/** Values nearer to each other have slopes, or slopes of slopes, that no number holds, in any SI unit. */
const CLOSEST = 1e-90;

const row = (i: number) => `row ${i + 1}`;

function listOf(input: unknown, right: string): ArrayLike<unknown> {
  if (input === undefined) throw new Refusal('is missing', right);
  if (!Array.isArray(input)) throw new Refusal(`${show(input)} is not a list`, right);
  return input;
}

/** Values of a list of quantities, of plain numbers, or of `{ unit, values }`. */
function readValues(input: unknown, options: ColumnOptions): Column {
  const { dimensions } = options;
  if (dimensions.length === 0) {
    const right = 'must be a list of numbers, e.g. [0, 0.5, 1]';
    const list = listOf(input, right);
    return { dimension: null, values: Array.from(list, (value, i) => finiteNumber(value, i)) };
  }
  const example = DIMENSIONS[dimensions[0]];
  const right = `must be a list, e.g. [${example.example}, ...] or { unit: ${example.unit}, values: [...] }`;
  if (isMapping(input) && !(input instanceof TableFile)) {
    const extra = Object.keys(input).find((key) => key !== 'unit' && key !== 'values');
    if (extra !== undefined) throw new Refusal(`${show(extra)} is not a key of a list`, right);
    if (typeof input.unit !== 'string') throw new Refusal(`unit ${show(input.unit)} is not a unit`, right);
    return withUnit(listOf(input.values, right), input.unit, dimensions);
  }
  const list = listOf(input, right);
  let dimension: Dimension | null = null;
  const values = Array.from(list, (value, i) => {
    const read = atRow(i, () => readAs(value, dimension === null ? dimensions : [dimension]));
    dimension = read.dimension;
    return read.value;
  });
  return { dimension: dimension ?? dimensions[0], values };
}

function withUnit(list: ArrayLike<unknown>, unit: string, dimensions: readonly Dimension[]): Column {
  const convert = readUnitAlone(unit, wantedOf(dimensions));
  const { dimension } = asDimension(show(unit), convert(1), dimensions);
  const values = Array.from(list, (value, i) => {
    const number = finiteNumber(value, i);
    return asDimension(show(number), convert(number), dimensions).value;
  });
  return { dimension, values };
}

function atRow<T>(i: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refusal) throw new Refusal(`${row(i)}: ${error.found}`, error.right);
    throw error;
  }
}

function finiteNumber(value: unknown, i: number): number {
  const number = typeof value === 'bigint' ? Number(value) : value;
  if (typeof number !== 'number')
    throw new Refusal(`${row(i)}: ${show(value)} is not a number`, 'must be a finite number');
  if (!Number.isFinite(number)) throw new Refusal(`${row(i)}: ${show(value)} is not finite`, 'must be a finite number');
  return number;
}

/** Checks what every column must hold; says which row fails. */
function checkColumn(column: Column, options: ColumnOptions): Column {
  const { values } = column;
  if (values.length < options.rows) {
    throw new Refusal(
      `has ${values.length} row${values.length === 1 ? '' : 's'}`,
      `must have at least ${options.rows}`,
    );
  }
  if (values.length > MAX_ROWS) throw new Refusal(`has ${values.length} rows`, `must have at most ${MAX_ROWS}`);
  const unit =
    column.dimension === null ? '' : column.dimension === 'temperature' ? 'J' : DIMENSIONS[column.dimension].unit;
  for (let i = 0; i < values.length; i++) {
    values[i] += 0; // -0 becomes 0
    if (options.limits !== undefined) {
      const shown = `${row(i)}: ${values[i]}${unit === '' ? '' : ` ${unit}`}`;
      withinLimits(shown, values[i], options.limits, unit);
    }
    if (options.increasing && i > 0 && !(values[i] > values[i - 1])) {
      throw new Refusal(
        `${row(i)}: ${values[i]} does not increase after ${values[i - 1]}`,
        'must increase from row to row',
      );
    }
    if (options.increasing && i > 0 && values[i] - values[i - 1] < CLOSEST) {
      throw new Refusal(
        `${row(i)}: ${values[i]} is ${values[i] - values[i - 1]} after the one before`,
        `must be at least ${CLOSEST}: leave one of them out`,
      );
    }
  }
  return column;
}

/** What a column may hold, in words. */
function rangeOf({ limits, dimensions, increasing, rows, range }: ColumnOptions, unit: string): string {
  const own = limits ? toldRange(limits, dimensions.length === 0 ? '' : unit) : 'any finite number';
  return [range ?? own, increasing && 'increasing', `${rows} or more values`].filter(Boolean).join(', ');
}

/** A column given in the scenario itself. */
export function column(options: ColumnOptions) {
  const { dimensions, description, rows } = options;
  const unit = dimensions.length === 0 ? '1' : dimensions.map((d) => DIMENSIONS[d].unit).join(' or ');
  const list = (items: object) => ({ type: 'array', minItems: rows, maxItems: MAX_ROWS, items });
  const numbers = list({ type: 'number' });
  const shape =
    dimensions.length === 0
      ? numbers
      : {
          anyOf: [
            list(quantityShape(...dimensions)),
            {
              type: 'object',
              properties: {
                unit: { type: 'string', pattern: `^\\s*${unitPattern(dimensions)}\\s*$` },
                values: numbers,
              },
              required: ['unit', 'values'],
              additionalProperties: false,
            },
          ],
        };
  const meta: Meta = { description, unit, range: rangeOf(options, unit), ...shape };
  return leaf<readonly string[] | readonly number[] | { unit: string; values: readonly number[] }, Column>(
    (input) => checkColumn(readValues(input, options), options),
    meta,
  );
}

const FILE_PATTERN = /^(?!\.)[A-Za-z0-9._-]+(\/(?!\.)[A-Za-z0-9._-]+)*$/;

/** Whether a name is a plain path below the scenario's own folder: nothing absolute, hidden or upwards. */
export const isTableFileName = (name: string): boolean => name.length <= 200 && FILE_PATTERN.test(name);

/** The name of a file of one kind; by the time a schema sees it, `attachFiles` has put the file in its place. */
export function fileBeside(description: string, what: string, example: string) {
  return leaf<string, TableFile>(
    (value) => {
      if (value instanceof TableFile) {
        if (value.text === null) throw new Refusal(`${show(value.name)} cannot be read`, value.problem);
        return value;
      }
      throw new Refusal(`${show(value)} is not a file name`, `must be ${what} beside the scenario, e.g. ${example}`);
    },
    { description, type: 'string', range: 'a path below the folder of the scenario', pattern: FILE_PATTERN.source },
  );
}

const tableFile = fileBeside(
  'CSV file beside the scenario, in place of the lists: one row a line, a header line `s [m], B [T]` if wanted',
  'a CSV file',
  'field.csv',
).optional();

/** Cells between commas, semicolons or tabs, without the blanks beside them; blanks are made one first, for they may be a megabyte. */
function cellsOf(line: string): string[] {
  const single = line.replace(/\s+/g, (blanks) => (blanks.includes('\t') ? '\t' : ' '));
  return single.split(/[ \t]?[,;][ \t]?|\t/);
}

/** Splits a CSV text into columns, with the units its header names. */
function readCsv(text: string, names: readonly string[]): { units: (string | null)[]; columns: number[][] } {
  const units: (string | null)[] = names.map(() => null);
  const columns: number[][] = names.map(() => []);
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/, MAX_ROWS + 100);
  let header = true;
  for (let number = 0; number < lines.length; number++) {
    const line = lines[number].trim();
    if (line === '' || line.startsWith('#')) continue;
    const cells = cellsOf(line);
    if (cells.length === 2 * names.length && line.includes(';') && line.includes(','))
      throw new Refusal(`line ${number + 1} has decimal commas`, 'write points: 0.5; 2');
    if (cells.length !== names.length) {
      throw new Refusal(
        `line ${number + 1} has ${cells.length} column${cells.length === 1 ? '' : 's'}`,
        `must have ${names.length}: ${names.join(', ')}`,
      );
    }
    const numeric = cells.every((cell) => /^[+-]?(\d|\.\d|nan|inf)/i.test(cell));
    if (header && !numeric) {
      readHeader(cells, names, units);
      continue;
    }
    header = false;
    for (let i = 0; i < cells.length; i++) {
      // Number() would take 0x10 for 16.
      const value = cells[i] === '' || /[xob]/i.test(cells[i]) ? Number.NaN : Number(cells[i]);
      if (!Number.isFinite(value)) {
        throw new Refusal(
          `line ${number + 1}: ${show(cells[i])} is not a finite number`,
          `must be ${names[i]} as a number`,
        );
      }
      columns[i].push(value);
    }
    if (columns[0].length > MAX_ROWS)
      throw new Refusal(`has more than ${MAX_ROWS} rows`, `must have at most ${MAX_ROWS}`);
  }
  return { units, columns };
}

/** A header cell is `name`, `name [unit]`, `name (unit)`, or the unit alone on a second header line. */
function readHeader(cells: readonly string[], names: readonly string[], units: (string | null)[]): void {
  for (let i = 0; i < cells.length; i++) {
    const match = /^"?([^[("]*?)\s*(?:[[(]\s*([^\])]*?)\s*[\])])?"?$/.exec(cells[i]);
    if (match === null) throw new Refusal(`header ${show(cells[i])}`, `must be ${names[i]} or ${names[i]} [unit]`);
    if (match[2] !== undefined) units[i] = match[2];
    else if (match[1].toLowerCase() !== names[i].toLowerCase()) {
      if (match[1] === '') continue;
      const isUnit = /^[A-Za-z/^*0-9 -]+$/.test(match[1]) && !/^[a-z]{3,}$/i.test(match[1]);
      if (!isUnit) throw new Refusal(`header ${show(cells[i])}`, `must be ${names[i]} or ${names[i]} [unit]`);
      units[i] = match[1];
    }
  }
}

/**
 * A section with the columns of a table, as lists or from a `file`: its output holds the columns' values.
 * @param shape the section's other keys
 * @param columns the table's columns, in the order of the file's
 */
export function tableSection<const Shape extends z.ZodRawShape, const Name extends string>(
  shape: Shape,
  columns: Readonly<Record<Name, ColumnOptions>>,
  make: (shape: Shape & Record<string, z.ZodType>) => z.ZodObject,
) {
  const names = Object.keys(columns) as Name[];
  const optional = Object.fromEntries(names.map((name) => [name, column(columns[name]).optional()]));
  const schema = make({ ...shape, file: tableFile, ...optional } as unknown as Shape & Record<string, z.ZodType>);
  return schema.transform((input, ctx): z.output<z.ZodObject<Shape>> & Record<Name, Column> => {
    const { file, ...rest } = input as Record<string, unknown> & { file?: TableFile };
    const refuse = (path: string, message: string) =>
      ctx.addIssue({ code: 'custom', message, path: [path], input: undefined });
    const table = { ...rest } as Record<string, unknown>;
    if (file === undefined) {
      for (const name of names) {
        if (rest[name] === undefined)
          refuse(name, `is missing (give the lists ${names.join(' and ')}, or file: a CSV file)`);
      }
    } else {
      for (const name of names) {
        if (rest[name] !== undefined) refuse(name, 'is given twice, here and in the file (leave one out)');
      }
      try {
        const csv = readCsv(file.text ?? '', names);
        names.forEach((name, i) => {
          const options = columns[name];
          try {
            const unit =
              csv.units[i] ?? (options.dimensions.length === 0 ? null : DIMENSIONS[options.dimensions[0]].unit);
            const read =
              options.dimensions.length === 0 || unit === null
                ? { dimension: null, values: csv.columns[i] }
                : withUnit(csv.columns[i], unit, options.dimensions);
            table[name] = checkColumn(read, options);
          } catch (error) {
            if (!(error instanceof Refusal)) throw error;
            refuse('file', `${show(file.name)}: ${name}: ${error.message}`);
          }
        });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        refuse('file', `${show(file.name)}: ${error.message}`);
      }
    }
    const lengths = names.map((name) => (table[name] as Column | undefined)?.values.length);
    if (file === undefined && lengths.every((n) => n !== undefined) && lengths.some((n) => n !== lengths[0])) {
      refuse(names[1], `has ${lengths[1]} rows, ${names[0]} has ${lengths[0]} (must be as long)`);
    }
    return table as z.output<z.ZodObject<Shape>> & Record<Name, Column>;
  });
}
