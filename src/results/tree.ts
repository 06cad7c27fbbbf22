/**
 * A tree of plain objects, lists, numbers, strings and arrays of doubles as HDF5 groups, so that estimates and curves are
 * stored without a list of their names: a group per object, its numbers and strings as attributes, its arrays as datasets.
 * `f['losscone/estimates/lossRate'].attrs['value']` is all that h5py needs.
 */
import {
  attribute,
  childGroup,
  type Dataset,
  dataset,
  type Group,
  kindOf,
  readAttributes,
  readNumbers,
} from './hdf5.js';

export type Tree = { readonly [key: string]: TreeValue };
export type TreeValue = number | string | boolean | undefined | Float64Array | Tree | readonly TreeValue[];

/**
 * Writes a tree below a group.
 *
 * @param parent where
 * @param name of the new group
 * @param value an object or a list; `undefined` members are left out
 */
export function writeTree(parent: Group, name: string, value: Tree | readonly TreeValue[]): void {
  const group = parent.create_group(name);
  const list = Array.isArray(value);
  attribute(group, 'container', list ? 'list' : 'record');
  for (const [key, member] of Object.entries(value as Tree)) {
    if (member === undefined) continue;
    if (typeof member === 'number' || typeof member === 'string' || typeof member === 'boolean')
      attribute(group, key, member);
    else if (member instanceof Float64Array) dataset(group, key, member, shapeOf(value, member));
    else writeTree(group, key, member as Tree);
  }
}

/** The shape of an array: that of its record where it has one of as many elements. */
function shapeOf(record: Tree | readonly TreeValue[], member: Float64Array): number[] {
  const shape = 'shape' in record && Array.isArray(record.shape) ? (record.shape as number[]) : [];
  const size = shape.reduce((product, n) => product * n, 1);
  return shape.length > 0 && size === member.length ? [...shape] : [member.length];
}

/** Links of a file may form rings. */
const deepest = 8;

/**
 * Reads a tree that `writeTree` wrote.
 *
 * @param group the tree's group
 * @returns the object or list
 * @throws Error where the group holds something else
 */
export function readTree(group: Group, depth = 0): Tree | TreeValue[] {
  if (depth > deepest) throw new Error(`${group.path}: deeper than ${deepest} groups`);
  const { container, ...members } = readAttributes(group);
  if (container !== 'list' && container !== 'record') throw new Error(`${group.path}: not a record or list`);
  const out: Record<string, TreeValue> = { ...members };
  for (const key of group.keys()) {
    const child = group.get(key);
    out[key] =
      kindOf(child) === 'Dataset' ? readNumbers(child as Dataset) : readTree(childGroup(group, key), depth + 1);
  }
  if (container === 'record') return out;
  return Object.keys(out)
    .sort((a, b) => Number(a) - Number(b))
    .map((key) => out[key]);
}
