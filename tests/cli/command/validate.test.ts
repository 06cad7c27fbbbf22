import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { losscone, start, temporaryFolder } from './losscone.js';

const folder = temporaryFolder();
const root = fileURLToPath(new URL('../../../', import.meta.url));

it('lists the cases and runs none', async () => {
  const { code, stdout } = await losscone(folder, ['validate', '--list']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^B1 +loss rate/m);
  expect(existsSync(path.join(folder, 'results'))).toBe(false);
});

it('runs cases: table, validate.json, a figure each, exit 0; every control fails', async () => {
  const { code, stdout } = await losscone(folder, [
    'validate',
    '--quick',
    '--only',
    'c2,B3',
    '--control',
    '--seed',
    '7',
  ]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^B3 {2}trapped fraction/m);
  expect(stdout).toMatch(/T\(45 deg\), electrons of 1 MeV +0\.88685\d+ +0\.88685924 ± 8\.9 × 10⁻⁶ .*agrees$/m);
  expect(stdout).toMatch(/false alarm: 9 random verdicts/);
  expect(stdout).not.toMatch(/PASSES AND MUST NOT|FAIL/);
  const written = path.join(folder, 'results/validate-1');
  expect(readdirSync(path.join(written, 'figures')).sort()).toEqual(['B3.png', 'B3.svg', 'C2.png', 'C2.svg']);
  const json = JSON.parse(readFileSync(path.join(written, 'validate.json'), 'utf8'));
  expect(json).toMatchObject({ complete: true, passed: true, controlsRefuted: true, seed: '7', size: 'quick' });
  expect(json.cases[0].hashes[0]).toMatch(/^[0-9a-f]{64}$/);
});

it('gives the same numbers with one worker, as JSON alone', async () => {
  const args = ['validate', '--quick', '--only', 'B3', '--json', '--no-figures', '--quiet'];
  const [one, two] = [await losscone(folder, [...args, '-w', '1']), await losscone(folder, [...args, '-w', '2'])];
  const numbers = (text: string) =>
    JSON.parse(text).cases.map(({ findings, hashes }: Record<string, unknown>) => [findings, hashes]);
  expect(numbers(one.stdout)).toEqual(numbers(two.stdout));
  expect(one.stderr).toBe('');
});

it('refuses what is not a case, in one line, and makes no folder', async () => {
  const there = readdirSync(path.join(folder, 'results')).length;
  const { code, stdout, stderr } = await losscone(folder, ['validate', '--only', 'B1,b9']);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^losscone: --only: "b9" is not a reference case \(did you mean B\d\? known: A1, .*\)\n$/);
  expect(readdirSync(path.join(folder, 'results'))).toHaveLength(there);
});

it('ends with 1 where a number does not agree: a build with a reference of its own 1 % off', async () => {
  // beside dist/, so that the packages it loads are found
  const wrong = path.join(root, `node_modules/.cache/losscone-wrong-${process.pid}`);
  afterAll(() => rmSync(wrong, { recursive: true, force: true }));
  cpSync(path.join(root, 'dist'), wrong, { recursive: true });
  for (const name of readdirSync(wrong).filter((file) => file.endsWith('.js'))) {
    const text = readFileSync(path.join(wrong, name), 'utf8');
    writeFileSync(path.join(wrong, name), text.replaceAll(/\.88685924\b/g, '.89685924'));
  }
  const args = ['validate', '--quick', '--only', 'C2', '--no-figures'];
  const { code, stdout } = await start(folder, args, '', {}, path.join(wrong, 'cli.js')).ended;
  expect(code).toBe(1);
  expect(stdout).toMatch(/T\(45 deg\), protons.*FAILS$/m);
  expect(stdout).toMatch(/4 findings: 2 FAIL/);
});

it('refuses an empty list of cases', async () => {
  const { code, stderr } = await losscone(folder, ['validate', '--only', ',']);
  expect({ code, stderr: stderr.replace(/known: .*/, '') }).toEqual({
    code: 2,
    stderr: 'losscone: --only: names no case (\n',
  });
});

it('says in one line where a file cannot be written, after all that was found', async () => {
  mkdirSync(path.join(folder, 'blocked/figures/B3.svg'), { recursive: true });
  const args = ['validate', '--quick', '--only', 'B3,C2', '-o', 'blocked', '--force', '--quiet'];
  const { code, stdout, stderr } = await losscone(folder, args);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^losscone: blocked\/figures\/B3\.svg: cannot be written: .*\n$/);
  expect(stdout).toMatch(/\d+ findings: all agree/);
});

it('writes the cases that are done when it is interrupted, marked as incomplete', async () => {
  const { child, ended } = start(folder, ['validate', '--only', 'C2,potential', '-o', 'partial', '--seed', '3']);
  // the first case is printed, the second takes long
  await new Promise<void>((resolve) =>
    child.stdout?.on('data', (text: string) => text.includes('C2  bounce in a dipole') && resolve()),
  );
  child.kill('SIGINT');
  const { code, stdout, stderr } = await ended;
  expect(code).toBe(130);
  expect(stderr).toContain('partial: validate.json, figures\n');
  expect(stdout).toContain('4 findings: all agree; INCOMPLETE, not every case was run');
  const json = JSON.parse(readFileSync(path.join(folder, 'partial/validate.json'), 'utf8'));
  expect(json.complete).toBe(false);
  expect(json.cases.map(({ id }: { id: string }) => id)).toEqual(['C2']);
  expect(readdirSync(path.join(folder, 'partial/figures')).sort()).toEqual(['C2.png', 'C2.svg']);
});

it('ends in good order by SIGINT: what is finished is written', async () => {
  const there = path.join(folder, 'interrupted');
  const { child, ended, said } = start(folder, ['validate', '--only', 'A2,C2', '-o', there]);
  // A2 comes first and takes a while
  await said(/2 reference cases: A2, C2/);
  child.kill('SIGINT');
  const { code, stderr } = await ended;
  expect(code).toBe(130);
  expect(stderr).toContain('Ending the validation');
  expect(stderr).not.toMatch(/^\s+at .*:\d+/m);
  // nothing was finished: no empty folder is left
  expect(existsSync(there)).toBe(false);
});
