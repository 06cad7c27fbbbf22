import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium as browsers } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromium } from './browser/chromium.js';
import { serve } from './serve.js';

const execute = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
const about = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

interface Block {
  language: string;
  text: string;
  line: number;
}

const blocks: Block[] = [...readme.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map((match) => ({
  language: match[1],
  text: match[2],
  line: readme.slice(0, match.index).split('\n').length,
}));
const of = (language: string) => blocks.filter((block) => block.language === language);

/** What the README tells to type, without the set-up of a checkout. */
const commands = of('sh').flatMap((block) =>
  block.text
    .split('\n')
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => line.startsWith('losscone ')),
);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'losscone-readme-'));
  mkdirSync(path.join(folder, 'node_modules'));
  symlinkSync(root, path.join(folder, 'node_modules/losscone'));
  writeFileSync(path.join(folder, 'losscone'), `#!/bin/sh\nexec '${process.execPath}' '${root}/dist/cli.js' "$@"\n`);
  chmodSync(path.join(folder, 'losscone'), 0o755);
  of('yaml').forEach((block) => {
    writeFileSync(path.join(folder, 'my-scenario.yaml'), block.text);
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const env = () => ({ ...process.env, PATH: `${folder}${path.delimiter}${process.env.PATH}` });

const python = ['/usr/bin/python3', 'python3'].find((name) => {
  try {
    execFileSync(name, ['-c', 'import h5py, matplotlib'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
});

if (!python) console.warn('readme.test: no Python with h5py and matplotlib: the snippet is not run');

it.runIf(python)(
  'reads a results file with the Python that it shows',
  async () => {
    const [block] = of('python');
    await execute('./losscone', ['run', 'maxwellian', '--count', '2000', '-o', 'read', '--no-figures', '--quiet'], {
      cwd: folder,
    });
    const show = 'plt.show()';
    expect(block.text).toContain(show);
    // In place of a window: what was drawn.
    const say = `import json
first = plt.figure(1).axes[0]
print(json.dumps({'figures': len(plt.get_fignums()), 'x': list(first.lines[0].get_xdata()), 'y': list(first.lines[0].get_ydata()),
  'bars': len(first.collections[0].get_segments()), 'scale': first.get_yscale(), 'labels': [first.get_xlabel(), first.get_ylabel()],
  'edges': len(plt.figure(2).axes[0].patches[0].get_data().edges)}))`;
    writeFileSync(
      path.join(folder, 'read/plot.py'),
      `import matplotlib\nmatplotlib.use('Agg')\n${block.text.replace(show, say)}`,
    );
    const { stdout } = await execute(python!, ['plot.py'], { cwd: path.join(folder, 'read') });
    const drawn = JSON.parse(stdout);
    // The points of our own figure, as exported.
    await execute('./losscone', ['export', 'read', '--only', 'survival', '-o', 'read/survival.csv'], { cwd: folder });
    const rows = readFileSync(path.join(folder, 'read/survival.csv'), 'utf8').trim().split('\n').slice(1);
    const column = (i: number) => rows.map((row) => Number(row.split(',')[i]));
    expect(drawn).toMatchObject({ figures: 2, x: column(0), y: column(1), bars: rows.length, scale: 'log', edges: 65 });
    expect(drawn.labels).toEqual(['time (s)', 'fraction inside']);
  },
  60_000,
);

it('opens with the two commands, which package.json knows', () => {
  const first = of('sh')[0];
  expect(first.text).toContain('npm ci && npm start');
  expect(first.text).toContain('npm ci && npm test');
  expect(first.line).toBeLessThan(30);
  for (const name of [...readme.matchAll(/npm run ([a-z:]+)/g)].map((match) => match[1]))
    expect(Object.keys(about.scripts)).toContain(name);
});

it('points to files that are there', () => {
  const links = [...readme.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g), ...readme.matchAll(/src="(?!https?:)([^"]+)"/g)];
  expect(links.length).toBeGreaterThan(0);
  for (const [, link] of links) expect(() => readFileSync(path.join(root, link)), link).not.toThrow();
});

it('has an example of everything it offers', () => {
  for (const language of ['sh', 'js', 'yaml', 'html']) expect(of(language).length, language).toBeGreaterThan(0);
  expect(commands.length).toBeGreaterThan(2);
});

describe('command', () => {
  it.each(commands)('%s', async (command) => {
    await execute('sh', ['-c', command], { cwd: folder, env: env(), maxBuffer: 1 << 26 });
  });
});

describe('example for Node', () => {
  it.each(of('js').map((block) => [block.line, block.text] as const))('in line %i', async (line, text) => {
    const file = path.join(folder, `line${line}.mjs`);
    writeFileSync(file, text);
    const { stdout } = await execute(process.execPath, [file], { cwd: folder, env: env() });
    // A comment `// prints: …` holds the first line that the example prints.
    const promised = /\/\/ prints: (.*)$/m.exec(text)?.[1];
    if (promised !== undefined) expect(stdout.split('\n')[0]).toBe(promised);
  });
});

describe('example for a page', () => {
  it.each(of('html').map((block) => [block.line, block.text] as const))('in line %i', async (_line, text) => {
    const page = await serve(folder, { '/index.html': `<!doctype html><meta charset="utf-8">${text}` });
    const browser = await browsers.launch({ headless: true, ...(await chromium()) });
    try {
      const tab = await browser.newPage();
      const faults: string[] = [];
      tab.on('pageerror', (error) => faults.push(error.message));
      tab.on('requestfailed', (request) => faults.push(`${request.url()} failed`));
      tab.on(
        'response',
        (response) => response.status() >= 400 && faults.push(`${response.url()}: ${response.status()}`),
      );
      await tab.goto(page.url);
      const output = tab.locator('output');
      await expect.poll(async () => (await output.textContent()) || faults[0], { timeout: 60_000 }).toMatch(/±/);
      expect(faults).toEqual([]);
    } finally {
      await browser.close();
      page.close();
    }
  });
});
