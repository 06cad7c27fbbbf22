import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const src = fileURLToPath(new URL('../src', import.meta.url));

/** From the formulary up to the command: a folder imports from those before it and from itself. */
const order = [
  'physics',
  'scenario fields',
  'plan',
  'kernel',
  'platform engine',
  'checkpoints',
  'analysis',
  'validation',
  'results',
  'figures',
  '. scan',
  'cli lab',
];
const rank = new Map(order.flatMap((names, i) => names.split(' ').map((name) => [name, i] as const)));

interface Import {
  from: string;
  to: string;
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
const imports: Import[] = files.flatMap((file) =>
  [...readFileSync(path.join(src, file), 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => ({
    from: file,
    to: match[1].startsWith('.') ? path.join(path.dirname(file), match[1]) : match[1],
  })),
);
const folder = (file: string) => (file.includes('/') ? file.split('/')[0] : '.');

function breaches(all: readonly Import[]): string[] {
  return all
    .filter(
      ({ from, to }) =>
        !from.endsWith('.d.ts') &&
        !to.endsWith('.wasm') &&
        [to.replace(/\.js$/, '.ts'), to.replace(/\.js$/, '.tsx')].some((file) => files.includes(file)),
    )
    .filter(({ from, to }) => !((rank.get(folder(to)) ?? Number.NaN) <= (rank.get(folder(from)) ?? Number.NaN)))
    .map(({ from, to }) => `${from} imports ${to}`);
}

it('has one direction: physics, scenario, plan, kernel, engine, analysis, results, figures, command', () => {
  expect(imports.length).toBeGreaterThan(200);
  expect(breaches(imports)).toEqual([]);
});

it('would notice an import against it', () => {
  expect(breaches([{ from: 'physics/mu.ts', to: 'plan/plan.js' }])).toHaveLength(1);
  expect(breaches([{ from: 'engine/x.ts', to: 'cli/run.js' }])).toHaveLength(1);
  expect(breaches([{ from: 'plan/x.ts', to: 'version.js' }])).toHaveLength(1);
});

it('imports modules of Node in the command alone', () => {
  const nodes = imports.filter(({ from, to }) => /^node:/.test(to) && !/^(cli|platform)\//.test(from));
  expect(nodes).toEqual([]);
});

/** What the package's users import: `losscone`, `losscone/physics`, `losscone/figures`, `losscone/results`, `losscone/format`. */
const publicFaces = ['index.js', 'physics/index.js', 'figures/index.js', 'results/index.js', 'results/format.js'];
const privately = (all: readonly Import[]) =>
  all.filter(
    ({ from, to }) =>
      from.startsWith('lab/') && !to.startsWith('lab/') && /\.js$/.test(to) && !publicFaces.includes(to),
  );

it('makes the lab of nothing but what any user can import', () => {
  expect(imports.filter(({ from }) => from.startsWith('lab/')).length).toBeGreaterThan(30);
  expect(privately(imports)).toEqual([]);
  expect(imports.filter(({ from, to }) => !from.startsWith('lab/') && to.startsWith('lab/'))).toEqual([]);
});

it('would notice a way round it', () => {
  expect(privately([{ from: 'lab/x.tsx', to: 'engine/run.js' }])).toHaveLength(1);
});
