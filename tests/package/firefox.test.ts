import path from 'node:path';
import { build } from 'esbuild';
import puppeteer from 'puppeteer-core';
import { expect, it } from 'vitest';
import { firefox, launch } from '../browser/firefox.js';
import type { Hashes } from '../everyHash.js';
import golden from '../golden.json';
import orbitGolden from '../orbits/golden.json';
import { serve } from '../serve.js';
import { root } from './project.js';

const dist = path.join(root, 'dist');

it('gives the bits of Node in Firefox', async (context) => {
  const executablePath = firefox();
  if (executablePath === undefined) {
    const reason = 'not run in Firefox: there is none (FIREFOX_PATH, or firefox on the PATH)';
    console.log(reason);
    return context.skip(reason);
  }
  const { outputFiles } = await build({
    entryPoints: [path.join(root, 'tests/browser/everyHash.ts')],
    alias: { losscone: path.join(dist, 'index.js') },
    bundle: true,
    format: 'esm',
    write: false,
    logLevel: 'error',
  });
  const host = await serve(dist, {
    '/page.html': '<!doctype html><meta charset="utf-8"><script type="module" src="page.js"></script>',
    '/page.js': outputFiles[0].text,
  });
  const browser = await puppeteer.launch({ ...launch, executablePath, protocolTimeout: 280_000 });
  try {
    const page = await browser.newPage();
    await page.goto(`${host.url}page.html`);
    const { line, orbits, runtime } = (await page.evaluate(() =>
      (globalThis as unknown as { everyHash(): Promise<unknown> }).everyHash(),
    )) as Hashes;
    expect(runtime).toContain('Firefox');
    expect(line).toEqual(golden);
    expect(orbits).toEqual(orbitGolden);
  } finally {
    await browser.close();
    host.close();
  }
}, 300_000);
