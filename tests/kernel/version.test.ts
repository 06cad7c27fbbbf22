/** Bits and the kernel's version belong together: whoever changes the one raises the other. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import golden from '../golden.json';
import orbitGolden from '../orbits/golden.json';
import { kernelModule } from './load.js';

interface Kept {
  readonly version: number;
  readonly hashes: Readonly<Record<string, string>>;
}

/** The first letters of every golden hash, under the kernel's version. */
const now = (): Kept => {
  const { exports } = new WebAssembly.Instance(kernelModule(), { env: { abort: () => {} } });
  const hashes = Object.entries({ ...golden, ...orbitGolden }).map(([name, hash]) => [name, hash.slice(0, 12)]);
  return { version: (exports.KERNEL_VERSION as WebAssembly.Global).value, hashes: Object.fromEntries(hashes) };
};

/** Scenarios whose bits are others than those kept, although the version is the same. */
const changed = (before: Kept, after: Kept) =>
  before.version !== after.version
    ? []
    : Object.keys(after.hashes).filter(
        (name) => before.hashes[name] !== undefined && before.hashes[name] !== after.hashes[name],
      );

const file = new URL('version.json', import.meta.url);

it('has another version where bits are others', async () => {
  const kept: Kept | undefined = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  const after = now();
  expect(
    changed(kept ?? after, after),
    'their bits have changed: KERNEL_VERSION in assembly/index.ts must rise',
  ).toEqual([]);
  // The version has risen, or a scenario is new: `npm run golden` writes it down.
  await expect(`${JSON.stringify(after, null, 2)}\n`, 'npm run golden').toMatchFileSnapshot('version.json');
});

it('notices bits that change alone, and takes them with a version', () => {
  const before = now();
  const hashes = { ...before.hashes, mirror: '000000000000', novel: '111111111111' };
  expect(changed(before, { ...before, hashes })).toEqual(['mirror']);
  expect(changed(before, { version: before.version + 1, hashes })).toEqual([]);
});
