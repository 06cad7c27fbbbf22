/** Arrays as NumPy reads them: .npy (NumPy Enhancement Proposal 1, version 1.0), several of them zipped as .npz. */
import { type Zippable, zipSync } from 'fflate';
import { trajectoryColumns } from '../analysis/fullOrbits/trajectories.js';
import type { Curve } from '../analysis/types.js';
import { type AnyResult, isOrbits } from './data.js';
import { ResultsWriteError } from './errors.js';
import { particleTable } from './particles.js';
import { summarise } from './summary.js';
import { type Binned, isBinned, isCurve, isEstimate } from './tables.js';

export type NpyData = Float64Array | BigInt64Array | BigUint64Array | Int32Array | string;

export interface NpyArray {
  readonly data: NpyData;
  /** Row-major, outermost first; `[]` for one number or text. */
  readonly shape: readonly number[];
}

/**
 * An array as a .npy file.
 *
 * @param array doubles (`<f8`), integers (`<i8`, `<u8`, `<i4`), or one text (`<U`), and its shape
 * @returns the file's bytes; the data begin at a multiple of 64
 * @throws Error where the shape does not hold the data
 * @example npy({ data: Float64Array.of(1, 2), shape: [2] }).length // 144
 */
export function npy({ data, shape }: NpyArray): Uint8Array {
  const size = shape.reduce((product, n) => product * n, 1);
  if (size !== (typeof data === 'string' ? 1 : data.length))
    throw new Error(`npy: ${data.length} numbers (must be ${size}, as the shape says)`);
  const { descr, bytes } = littleEndian(data);
  const dictionary = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.map((n) => `${n},`).join(' ')}), }`;
  const length = 64 * Math.ceil((10 + dictionary.length + 1) / 64);
  const out = new Uint8Array(length + bytes.length);
  out.set([0x93, ...Array.from('NUMPY', (c) => c.charCodeAt(0)), 1, 0]);
  new DataView(out.buffer).setUint16(8, length - 10, true);
  out.set(new TextEncoder().encode(`${dictionary.padEnd(length - 11)}\n`), 10);
  out.set(bytes, length);
  return out;
}

function littleEndian(data: NpyData): { descr: string; bytes: Uint8Array } {
  if (typeof data === 'string') {
    const codes = Array.from(data, (character) => character.codePointAt(0)!);
    const bytes = new Uint8Array(4 * Math.max(1, codes.length));
    const view = new DataView(bytes.buffer);
    codes.forEach((code, i) => {
      view.setUint32(4 * i, code, true);
    });
    return { descr: `<U${bytes.length / 4}`, bytes };
  }
  const descr =
    data instanceof Float64Array
      ? '<f8'
      : data instanceof BigInt64Array
        ? '<i8'
        : data instanceof BigUint64Array
          ? '<u8'
          : '<i4';
  // Every engine that runs WebAssembly keeps its numbers little-endian in memory.
  return { descr, bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}

/** A .npz is a zip of at most 4 GB. */
const mostBytes = 2 ** 32 - 2 ** 24;

/**
 * Arrays as a .npz file: the same arrays give the same bytes.
 *
 * @param arrays by name, without `.npy`
 * @returns the file's bytes
 * @throws ResultsWriteError where they are more than a zip holds
 */
export function npz(arrays: ReadonlyMap<string, NpyArray>): Uint8Array {
  const files: Zippable = {};
  let size = 0;
  for (const [name, array] of arrays) {
    files[`${name}.npy`] = npy(array);
    size += files[`${name}.npy`].length as number;
    if (size > mostBytes)
      throw new ResultsWriteError(`npz: more than ${mostBytes} bytes (name some of the arrays with --only)`);
  }
  return zipSync(files, { level: 4, mtime: new Date(1980, 0, 1) });
}

/**
 * A result's arrays:
 *
 *     summary                                          text: summary.json
 *     <curve>.x, .value, .standardError, .reference    <f8, one number for each point; `legendre.2.value` in lists of curves
 *     estimates.<name>                                 <f8 [2]: value, standardError (NaN: not determined)
 *     axes.time, .speed, .xi, .s, ...                  <f8: snapshot times; bin edges, one more than bins
 *     distribution-<name>.f, .standardError, .count    <f8, [time, speed or s, xi]
 *     steadyState-<name>.f, .standardError             the same without time, where there is a source
 *     particles.fate <i4, particles.startS, ... <f8    where single particles were asked for
 *     trajectories.<particle>.time, .x, .y, ...        <f8, one number for each point, where paths were asked for
 *
 * Everything is SI; `summary` has the units of the estimates, results.h5 those of all.
 *
 * @param result a run, or one read back from a file
 * @param only names as of `resultTables`; undefined: all. `summary` is always there, axes where something is on them
 * @returns arrays by name, in a fixed order
 */
export function resultArrays(result: AnyResult, only?: readonly string[]): Map<string, NpyArray> {
  const arrays = new Map<string, NpyArray>();
  const wanted = (name: string) => only === undefined || only.includes(name);
  const list = (name: string, data: Float64Array | Int32Array) => arrays.set(name, { data, shape: [data.length] });
  arrays.set('summary', { data: JSON.stringify(summarise(result)), shape: [] });
  const binned = (name: string, { f, standardError, counts, axes, shape }: Binned) => {
    for (const axis of axes) list(`axes.${axis.name}`, axis.edges);
    arrays.set(`${name}.f`, { data: f, shape });
    arrays.set(`${name}.standardError`, { data: standardError, shape });
    if (counts) arrays.set(`${name}.count`, { data: counts, shape });
  };
  const walk = (tree: object, path: string, table: string) => {
    for (const [key, value] of Object.entries(tree)) {
      if (typeof value !== 'object' || value === null) continue;
      const name = path ? `${path}.${key}` : key;
      const top = table || key;
      if (isCurve(value)) {
        if (!wanted(top)) continue;
        for (const part of ['x', 'value', 'standardError', 'reference'] as const) {
          const data = (value as Curve)[part];
          if (data) list(`${name}.${part}`, data);
        }
      } else if (isBinned(value)) {
        const table = name.replaceAll('.', '-');
        if (wanted(table)) binned(table, value as Binned);
      } else if (isEstimate(value)) {
        if (wanted('estimates')) list(`estimates.${name}`, Float64Array.of(value.value, value.standardError));
      } else walk(value, name, top);
    }
  };
  walk(result.estimates, '', '');
  for (const [name, value] of Object.entries(result.plan.reference))
    if (typeof value === 'number' && wanted('reference'))
      arrays.set(`reference.${name}`, { data: Float64Array.of(value), shape: [] });
  for (const [name, value] of Object.entries(result.distributions ?? {}))
    if (wanted(`distribution-${name}`)) binned(`distribution-${name}`, value);
  const particles = particleTable(result);
  if (particles && wanted('particles')) {
    list('particles.fate', particles.fate);
    for (const [name, values] of Object.entries(particles.values)) list(`particles.${name}`, values);
  }
  if (isOrbits(result) && wanted('trajectories'))
    for (const path of result.trajectories)
      for (const { name } of trajectoryColumns) list(`trajectories.${path.particle}.${name}`, path[name]);
  return arrays;
}
