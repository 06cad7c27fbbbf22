import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compare, exportsWithoutExample, extractExamples, halfUnit, runExample } from './docstrings.js';

const src = fileURLToPath(new URL('../src/', import.meta.url));
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
  .sort();
const read = (file: string) => readFileSync(src + file, 'utf8');

/** Files of src/physics whose functions are inner workings, not offered by its index. */
const INNER = /^physics\/elementary\/(bits|pair)\.ts$|^physics\/elementary\/exponential\.ts$/;
const INNER_NAMES = ['expPair', 'logPair'];

describe('examples in docstrings', () => {
  for (const file of files) {
    for (const example of extractExamples(read(file))) {
      it(`${file}:${example.line}`, async () => {
        const outcomes = await runExample(src + file, example);
        expect(outcomes.length, 'an example quotes at least one result').toBeGreaterThan(0);
        expect(outcomes.filter((outcome) => outcome.fault !== '')).toEqual([]);
      });
    }
  }

  it('stand at every exported function of src/physics', () => {
    const missing = files
      .filter((file) => file.startsWith('physics/'))
      .flatMap((file) =>
        exportsWithoutExample(read(file))
          .filter((name) => !(INNER.test(file) && (!file.endsWith('exponential.ts') || INNER_NAMES.includes(name))))
          .map((name) => `${file}: ${name}`),
      );
    expect(missing).toEqual([]);
  });
});

describe('the reader of examples', () => {
  const source = [
    '/**',
    ' * A thing.',
    ' * @example',
    ' * const a = 2;',
    ' * a * 2 // => 4',
    ' * @throws nothing',
    ' * more // => 5',
    ' */',
    'export function thing(): void {}',
    '/** Nothing to see. */',
    'export function bare(): void {}',
    'export const arrow = (x: number) => x;',
  ].join('\n');

  it('finds them, and what lacks one', () => {
    expect(extractExamples(source)).toEqual([{ line: 3, code: ['const a = 2;', 'a * 2 // => 4'] }]);
    expect(exportsWithoutExample(source)).toEqual(['bare', 'arrow']);
  });

  it('sees a wrong result', async () => {
    const example = (...code: string[]) => runExample(`${src}physics/constants.ts`, { line: 1, code });
    const faults = async (...code: string[]) => (await example(...code)).map((outcome) => outcome.fault !== '');
    expect(await faults('SPEED_OF_LIGHT // => 299792458', 'SPEED_OF_LIGHT // => 299792459')).toEqual([false, true]);
    expect(await faults('2.0884e6 // ≈ 2.088e6', '2.0886e6 // ≈ 2.088e6', 'NaN // ≈ 1')).toEqual([false, true, true]);
    expect(await faults('2.09e6 // => 2.1e6 ±1e5', '2.3e6 // => 2.1e6 ±1e5')).toEqual([false, true]);
    expect(await faults("['a', 1] // => ['a', 1]", "['a', 1] // => ['a', 2]")).toEqual([false, true]);
    expect(await faults('null.x // throws null', '1 // throws null', 'null.x // throws other')).toEqual([
      false,
      true,
      true,
    ]);
    expect(await faults('const three = 3', 'three // => 3', 'three // => 4')).toEqual([false, true]);
    expect(await faults('1 === 1 // true', '1 === 1 // false', "'a' // 'b'", '1 // a comment')).toEqual([
      false,
      true,
      true,
    ]);
    await expect(example('const broken =')).rejects.toThrow();
  });

  it('reads digits', () => {
    expect(halfUnit('2.088e6')).toBeCloseTo(500, 9);
    expect(halfUnit('-0.25')).toBeCloseTo(0.005, 12);
    expect(compare(1, 'about 1', () => 1)).toContain('cannot read');
  });
});
