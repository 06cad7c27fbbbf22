/** The control of a table's file: which of those at hand, or that one is to come. */
import type { Json } from '../messages.js';
import { type Control, entry } from './entry.js';
import { keysOf, type Node } from './node.js';
import type { Plain } from './plain.js';
import { filledKind, isColumn, kindName, propertyOf, record, tagOf, words } from './shapes.js';

/** A table's keys where a file has the columns. */
export function withFile(table: Json, current: Plain, file: string): Plain {
  const columns = keysOf(table).filter((key) => isColumn(propertyOf(table, key)) || key === 'text');
  return { [tagOf(table)]: kindName(table), ...omit(current, [...columns, tagOf(table)], table), file };
}

const omit = (current: Plain, keys: readonly string[], of: Json): Plain =>
  Object.fromEntries(Object.entries(current).filter(([key]) => !keys.includes(key) && key in record(of.properties)));

/** Which of the files at hand a table is. */
export function fileControl(node: Node, current: Plain, one: Node): Control {
  const named = words(one.value);
  const names = [...new Set([...node.files, ...(named ? [named] : [])])];
  const lists = keysOf(node.schema).some((key) => isColumn(propertyOf(node.schema, key)));
  const columns = keysOf(node.schema).filter((key) => isColumn(propertyOf(node.schema, key)));
  const given = [...columns, 'text'].some((key) => current[key] !== undefined);
  return {
    ...entry(one),
    file: { needed: !named && !given, name: lists ? 'pasted.csv' : 'pasted.geqdsk' },
    // What there is to choose says it.
    range: undefined,
    label: 'File',
    help: `${one.help}. Drop files on the page, or open them, to choose one here`,
    options: [
      {
        value: '',
        label: lists ? 'none: the lists below' : names.length > 0 ? 'choose a file' : 'drop a file on the page',
      },
      ...names.map((name) => ({ value: name, label: node.files.includes(name) ? name : `${name} (not at hand)` })),
    ],
    set: (name) => {
      if (name !== '') return node.write(withFile(node.schema, current, name));
      const { file, ...rest } = current;
      return node.write(lists ? filledKind(node.schema, rest) : rest);
    },
  };
}
