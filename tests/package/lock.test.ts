import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { root } from './project.js';

interface Locked {
  version: string;
  resolved?: string;
  optionalDependencies?: Record<string, string>;
}

const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, Locked>;
};

// npm drops an optional package from the lock file when the registry at hand has not got it, and then refuses `npm ci`.
it('locks the packages of every platform', () => {
  const missing = Object.values(packages).flatMap(({ optionalDependencies }) =>
    Object.keys(optionalDependencies ?? {}).filter(
      (name) => !Object.keys(packages).some((key) => key.endsWith(`node_modules/${name}`)),
    ),
  );
  expect(missing).toEqual([]);
});

it('names no registry', () => {
  expect(Object.values(packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
});

it('locks what package.json asks for', () => {
  const about = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const wanted: [string, string][] = Object.entries({ ...about.dependencies, ...about.devDependencies });
  for (const [name, version] of wanted) expect(packages[`node_modules/${name}`]?.version, name).toBe(version);
});
