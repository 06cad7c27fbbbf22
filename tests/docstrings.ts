/**
 * Examples in docstrings, found and run.
 *
 * After `@example` each line of a docstring is a statement, or an expression with what it gives:
 *
 *     expression // => 2.1e6 ±1e5      a number within a tolerance
 *     expression // ≈ 2.088e6          a number, to the digits quoted (half a unit of the last one)
 *     expression // => [1, 'text']     anything, equal in depth
 *     expression // true               the same for a literal alone: true, 'text', 3, [1, 2]
 *     expression // throws some words  an error whose message holds these words
 *
 * In scope: all exports of the module, those of src/physics/species.ts and constants.ts, and names taken by lines
 * `import { name } from './file.js'` (relative to the module). `await` may be used. Any other `//` comment is a comment.
 */
import { fileURLToPath, pathToFileURL } from 'node:url';

export interface Example {
  /** Line of `@example` in the file, from 1. */
  line: number;
  code: string[];
}
export interface Outcome {
  expression: string;
  expected: string;
  /** Empty where the expression gave what is quoted. */
  fault: string;
}

/** The examples of a TypeScript source. */
export function extractExamples(source: string): Example[] {
  const examples: Example[] = [];
  for (const comment of source.matchAll(/\/\*\*[\s\S]*?\*\//g)) {
    const first = source.slice(0, comment.index).split('\n').length;
    let current: Example | null = null;
    comment[0].split('\n').forEach((raw, i) => {
      const text = raw.replace(/^\s*(\/\*\*|\*(?!\/))? ?/, '').replace(/\s*\*\/\s*$/, '');
      if (text.startsWith('@')) current = null;
      if (text.startsWith('@example')) {
        current = { line: first + i, code: [] };
        examples.push(current);
        const rest = text.slice('@example'.length).trim();
        if (rest !== '') current.code.push(rest);
      } else if (current !== null && text.trim() !== '' && !text.startsWith('```')) current.code.push(text);
    });
  }
  return examples;
}

/** Names of exported functions and classes of a source that stand without a docstring with an example. */
export function exportsWithoutExample(source: string): string[] {
  const missing: string[] = [];
  const declaration = /^export (?:async )?(?:function\*?|class) (\w+)|^export const (\w+) = (?:async )?\(/gm;
  for (const match of source.matchAll(declaration)) {
    const before = source.slice(0, match.index).trimEnd();
    const start = before.lastIndexOf('/**');
    const documented = before.endsWith('*/') && start >= 0 && before.slice(start).includes('@example');
    if (!documented) missing.push(match[1] ?? match[2]);
  }
  return missing;
}

const LITERAL = /\/\/\s*(true|false|null|undefined|NaN|'[^']*'|-?\d+|\[.*\])$/;

/** Half a unit of the last digit of a number as it is written: '2.088e6' gives 500. */
export function halfUnit(written: string): number {
  const [digits, exponent] = written.toLowerCase().split('e');
  return 0.5 * 10 ** (Number(exponent ?? 0) - (digits.split('.')[1] ?? '').length);
}

/** `''`, or what is wrong with `got` against a quoted number or value. */
export function compare(got: unknown, expected: string, evaluate: (text: string) => unknown): string {
  const about = /^≈\s*([-+]?[\d.]+(?:e[-+]?\d+)?)$/i.exec(expected);
  const within = /^=>\s*([-+]?[\d.]+(?:e[-+]?\d+)?)\s*±\s*([\d.]+(?:e[-+]?\d+)?)$/i.exec(expected);
  if (about || within) {
    const number = Number(about?.[1] ?? within?.[1]);
    const tolerance = about ? halfUnit(about[1]) * 1.0001 : Number(within?.[2]);
    if (typeof got === 'number' && Math.abs(got - number) <= tolerance) return '';
    return `gave ${String(got)}`;
  }
  if (!expected.startsWith('=>')) return `cannot read '${expected}'`;
  return sameDeep(got, evaluate(expected.slice(2))) ? '' : `gave ${JSON.stringify(got)}`;
}

function sameDeep(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => sameDeep((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
  );
}

const AsyncFunction = (async () => {}).constructor as new (...parts: string[]) => (...args: unknown[]) => Promise<void>;

/** Runs one example of the module at `path` and says how each quoted line came out. */
export async function runExample(path: string, example: Example): Promise<Outcome[]> {
  const load = async (file: string): Promise<Record<string, unknown>> => await import(/* @vite-ignore */ file);
  const physics = new URL('../src/physics/', import.meta.url);
  const scope: Record<string, unknown> = {
    ...(await load(fileURLToPath(new URL('constants.ts', physics)))),
    ...(await load(fileURLToPath(new URL('species.ts', physics)))),
    ...(await load(path)),
  };
  const outcomes: Outcome[] = [];
  const body: string[] = [];
  for (const line of example.code) {
    const importing = /^import \{([^}]*)\} from '(\.[^']*)';?$/.exec(line.trim());
    const marked = line.replace(LITERAL, '// => $1');
    const quoted = /^(.*?)\s*\/\/\s*(=>.*|≈.*|throws .*)$/.exec(marked);
    if (importing) {
      const module = await load(fileURLToPath(new URL(importing[2].replace(/\.js$/, '.ts'), pathToFileURL(path))));
      for (const name of importing[1].split(',')) scope[name.trim()] = module[name.trim()];
    } else if (quoted) {
      const expression = quoted[1].replace(/;$/, '');
      const check = `async () => (${expression}), (text) => eval('(' + text + ')')`;
      body.push(`await $check(${JSON.stringify([expression, quoted[2].trim()])}, ${check});`);
    } else body.push(line);
  }
  const check = async (
    [expression, expected]: [string, string],
    run: () => unknown,
    evaluate: (text: string) => unknown,
  ): Promise<void> => {
    let fault: string;
    const words = /^throws (.*)$/.exec(expected)?.[1];
    try {
      const got = await run();
      fault = words === undefined ? compare(got, expected, evaluate) : `gave ${String(got)} and threw nothing`;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      fault = words !== undefined && message.includes(words) ? '' : `threw ${message}`;
    }
    outcomes.push({ expression, expected, fault });
  };
  scope.$check = check;
  const names = Object.keys(scope).filter((name) => /^[\w$]+$/.test(name) && name !== 'default');
  await new AsyncFunction(...names, body.join('\n'))(...names.map((name) => scope[name]));
  return outcomes;
}
