/**
 * The little of HDF5 that results need, over h5wasm's in-memory files: the same bytes in Node and in a browser, and no
 * half-written file on a disk. h5wasm (4 MB) is loaded on first use only.
 *
 * Strings are fixed length (variable-length ones crash some openPMD readers); their bytes are UTF-8.
 */
import type { Dataset, Group, File as H5File } from 'h5wasm';

export type { Dataset, Group };

type Numbers = Float64Array | BigInt64Array | BigUint64Array;

let counter = 0;

/** The library, loaded on first use: whoever knows that a file will be written may load it before. */
export async function loadHdf5() {
  const h5wasm = await import('h5wasm');
  const module = await h5wasm.ready;
  // Without it the library prints its error stack on stderr and carries on with an invalid handle.
  module.activate_throwing_error_handler();
  return { File: h5wasm.File, fs: module.FS as unknown as MemoryFiles };
}

/** What of Emscripten's file system is used. */
interface MemoryFiles {
  writeFile(path: string, bytes: Uint8Array): void;
  readFile(path: string): Uint8Array;
  unlink(path: string): void;
  analyzePath(path: string): { exists: boolean };
}

/**
 * Builds an HDF5 file in memory.
 *
 * @param build fills the file
 * @returns the file's bytes
 */
export async function buildHdf5(build: (file: H5File) => void): Promise<Uint8Array> {
  const { File, fs } = await loadHdf5();
  const path = `/write-${counter++}.h5`;
  let file: H5File | undefined;
  try {
    file = new File(path, 'w');
    build(file);
    file.flush();
    file.close();
    file = undefined;
    return fs.readFile(path);
  } finally {
    file?.close();
    if (fs.analyzePath(path).exists) fs.unlink(path);
  }
}

/**
 * Opens an HDF5 file that is in memory.
 *
 * @param bytes the file
 * @param use reads from it; nothing of the file may be kept beyond
 * @returns what `use` returns
 * @throws whatever the library throws for bytes that are not a whole HDF5 file
 */
export async function openHdf5<R>(bytes: Uint8Array, use: (file: H5File) => R): Promise<R> {
  const { File, fs } = await loadHdf5();
  const path = `/read-${counter++}.h5`;
  let file: H5File | undefined;
  try {
    fs.writeFile(path, bytes);
    file = new File(path, 'r');
    // Reading is synchronous: no other file is read before this one is done.
    allowance = { bytes: uncompressedAtMost(bytes.length), objects: mostObjects };
    return use(file);
  } finally {
    file?.close();
    if (fs.analyzePath(path).exists) fs.unlink(path);
  }
}

/** Results shrink five- to tenfold, with all of their tallies zero; small ones of nothing but zeros may declare this many bytes. */
const mostShrunk = 32;
const always = 2 ** 28;
/** Groups and datasets of a results file: some hundreds. Links may form rings, so they are counted. */
const mostObjects = 20_000;

const uncompressedAtMost = (size: number) => Math.min(Math.max(always, mostShrunk * size), nodeBufferLimit);
/** No typed array of a reader is larger. */
const nodeBufferLimit = 2 ** 32;

/** What may still be read of the file that is open. */
let allowance = { bytes: 0, objects: 0 };

/** A file that declares more than it can hold. */
export class Hdf5Excess extends Error {}

/** Counts an object, and the bytes it declares, before any memory is taken for them. @throws Error */
function spend(bytes: number): void {
  allowance.bytes -= bytes;
  allowance.objects--;
  if (allowance.bytes < 0) throw new Hdf5Excess('declares more numbers than the file can hold');
  if (allowance.objects < 0) throw new Hdf5Excess(`holds more than ${mostObjects} groups and datasets`);
}

/** Before a dataset is read. */
function admit(data: Dataset): void {
  const { shape, size } = data.metadata;
  spend((shape ?? []).reduce((product, n) => product * n, size));
}

const encoder = new TextEncoder();

/** Adds an attribute: text, a number (f64), or several of either. */
export function attribute(
  object: Group | Dataset,
  name: string,
  value: string | number | boolean | readonly string[] | readonly number[] | Float64Array,
): void {
  if (typeof value === 'string') {
    object.create_attribute(name, value, [], `S${Math.max(1, encoder.encode(value).length)}`);
  } else if (typeof value === 'number') {
    object.create_attribute(name, value, [], '<d');
  } else if (typeof value === 'boolean') {
    object.create_attribute(name, value ? 1 : 0, [], '<b');
  } else if (value.length > 0 && typeof value[0] === 'string') {
    const width = Math.max(1, ...(value as readonly string[]).map((text) => encoder.encode(text).length));
    object.create_attribute(name, value as string[], [value.length], `S${width}`);
  } else {
    object.create_attribute(name, Float64Array.from(value as ArrayLike<number>), [value.length], '<d');
  }
}

/** Adds an unsigned 32-bit attribute. */
export function integerAttribute(object: Group | Dataset, name: string, value: number): void {
  object.create_attribute(name, new Uint32Array([value]), [], '<I');
}

/**
 * Adds a dataset of numbers.
 *
 * @param shape row-major, outermost first; `[]` for one number
 * @param compress gzip (20 MB/s): for histograms, which shrink tenfold; in chunks of one outermost index where there are several
 */
export function dataset(
  group: Group,
  name: string,
  data: Numbers,
  shape: readonly number[],
  compress = false,
): Dataset {
  const dtype = data instanceof Float64Array ? '<d' : data instanceof BigInt64Array ? '<q' : '<Q';
  const chunks = shape.length > 2 ? [1, ...shape.slice(1)] : [...shape];
  return group.create_dataset({
    name,
    data,
    shape: [...shape],
    dtype,
    ...(compress && data.length > 1024 ? { chunks, compression: 'gzip' as const, compression_opts: 2 } : {}),
  });
}

/** Adds a text of any length as a dataset of one string. */
export function textDataset(group: Group, name: string, text: string): Dataset {
  return group.create_dataset({ name, data: text, shape: [], dtype: `S${Math.max(1, encoder.encode(text).length)}` });
}

/** What an object of the file is: `Group`, `Dataset`, or something that results do not use. */
export function kindOf(entity: object | null): string | undefined {
  return entity && 'type' in entity ? String(entity.type) : undefined;
}

/** The group of this name. @throws Error where there is none */
export function childGroup(group: Group, name: string): Group {
  const child = group.get(name);
  if (kindOf(child) !== 'Group') throw new Error(`no group ${group.path}/${name}`);
  spend(0);
  return child as Group;
}

/** The dataset of this name. @throws Error where there is none */
export function childDataset(group: Group, name: string): Dataset {
  const child = group.get(name);
  if (kindOf(child) !== 'Dataset') throw new Error(`no dataset ${group.path}/${name}`);
  return child as Dataset;
}

/** A dataset's numbers as doubles. */
export function readNumbers(data: Dataset): Float64Array {
  if (data.shape?.includes(0)) return new Float64Array(0);
  admit(data);
  const value = data.value;
  if (typeof value === 'number') return Float64Array.of(value);
  if (value instanceof Float64Array) return value;
  throw new Error(`${data.path}: not numbers`);
}

/** A dataset's 64-bit integers. */
export function readIntegers(data: Dataset): BigInt64Array | BigUint64Array {
  if (data.shape?.includes(0)) return new BigInt64Array(0);
  admit(data);
  const value = data.value;
  if (value instanceof BigInt64Array || value instanceof BigUint64Array) return value;
  throw new Error(`${data.path}: not 64-bit integers`);
}

/** A dataset's text. */
export function readText(data: Dataset): string {
  admit(data);
  const value = data.value;
  if (typeof value !== 'string') throw new Error(`${data.path}: not text`);
  return value;
}

const listed = new WeakMap<Group | Dataset, Group['attrs']>();

/** The attributes of an object that is read: the library lists their names anew at every look. */
export function attributesOf(object: Group | Dataset): Group['attrs'] {
  let found = listed.get(object);
  if (found === undefined) {
    found = object.attrs;
    listed.set(object, found);
  }
  return found;
}

/** An attribute's text or number. @throws Error where it is missing or something else */
export function readAttribute(object: Group | Dataset, name: string): string | number | boolean {
  const found = attributesOf(object)[name];
  if (!found) throw new Error(`${object.path}: no attribute ${name}`);
  return plain(found.value, found.metadata.size, `${object.path}@${name}`);
}

/** All attributes that hold one text or number. */
export function readAttributes(object: Group | Dataset): Record<string, string | number | boolean> {
  return Object.fromEntries(Object.keys(attributesOf(object)).map((name) => [name, readAttribute(object, name)]));
}

function plain(value: unknown, size: number, where: string): string | number | boolean {
  if (typeof value === 'number') return size === 1 ? value !== 0 : value;
  if (typeof value === 'string') return value;
  throw new Error(`${where}: neither text nor a number`);
}
