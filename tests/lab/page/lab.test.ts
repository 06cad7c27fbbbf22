import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { presets } from '../../../src/scenario/presets.js';
import { runInNode } from '../../browser/commands.js';
import { serve } from '../../serve.js';
import { begin, dist, end, faultsOfAccess, hash, long, open, phase, press, small, write } from './open.js';

const lab = path.join(dist, 'lab');

beforeAll(begin);
afterAll(end);

describe('the lab', () => {
  it('runs a scenario to the bits of Node, with a figure and numbers, and breaks no rule of its policy', async () => {
    const { page, wrong, requests } = await open();
    await write(page, small);
    await press(page, 'Run');
    await page.waitForSelector('.scale'); // the first picture
    const untilPicture = [...requests];
    await phase(page, 'done');
    expect(await hash(page)).toBe((await runInNode(undefined, small)).hash);
    await page.waitForSelector('.figure img[data-figure=survival]');
    await page.waitForSelector('.mirror canvas');
    expect(await page.textContent('.mirror output')).toMatch(/^t = .*: \d+ of 240 inside$/);
    expect(await faultsOfAccess(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await faultsOfAccess(page)).toEqual([]);
    expect(await page.textContent('[data-name=lossRate] td')).toMatch(/ ± .* 1\/s$/);
    expect(await page.evaluate(() => globalThis.crossOriginIsolated)).toBe(false);
    expect(wrong).toEqual([]);
    // Controls: both would have been noticed.
    await page.evaluate(() => {
      document.body.append(Object.assign(document.createElement('img'), { src: 'icon.svg' }));
      document.body.append(Object.assign(document.createElement('script'), { textContent: '1' }));
    });
    expect(await faultsOfAccess(page)).toEqual([expect.stringMatching(/^image-alt/)]);
    expect(wrong.join()).toContain('script-src');
    // Workers of workers load no page's request: the kernel's worker is counted in any case.
    const names = new Set(['worker.js', ...untilPicture.map((url) => new URL(url).pathname.slice(1) || 'index.html')]);
    expect(names).toContain('session.js');
    const bytes = [...names].reduce((sum, name) => sum + gzipSync(readFileSync(path.join(lab, name))).length, 0);
    expect(bytes).toBeGreaterThan(100_000);
    expect(bytes).toBeLessThan(400_000);
    await page.close();
  });

  it('pauses, resumes and stops', async () => {
    const { page } = await open();
    await write(page, long);
    await press(page, 'Run');
    await page.waitForSelector('.scale');
    const done = () => page.getAttribute('progress', 'value').then(Number);
    /** How far it comes in a second. */
    const advance = async () => {
      const before = await done();
      await page.waitForTimeout(1000);
      return (await done()) - before;
    };
    /** It comes on, however long the machine takes for that. */
    const goesOn = (from: number) =>
      page.waitForFunction((n) => document.querySelector('progress')!.value > n, from, { timeout: 60_000 });
    await goesOn(await done());
    await press(page, 'Pause');
    await phase(page, 'paused');
    // A block that was finished before may still be counted; after that it stands.
    await expect.poll(advance).toBe(0);
    const before = await done();
    await press(page, 'Resume');
    await phase(page, 'running');
    await goesOn(before);
    await press(page, 'Stop');
    await phase(page, 'stopped');
    expect(await done()).toBeLessThan(100_000_000);
    // what comes after is not touched by what went before
    await write(page, small);
    await press(page, 'Run');
    await phase(page, 'done');
    expect(await hash(page)).toBe((await runInNode(undefined, small)).hash);
    await page.close();
  });

  it('says what is wrong at the control and below the text, and takes it back', async () => {
    const { page } = await open();
    await write(page, 'field: { kind: parabolic, ratio: 0.8 }\nseed: -1\nextra: 1\n');
    const ratio = page.locator('[data-path="field.ratio"]');
    await page.waitForSelector('.entry.faulty [data-path="field.ratio"]');
    expect(await ratio.getAttribute('aria-invalid')).toBe('true');
    expect(await page.textContent('.entry.faulty:has([data-path="field.ratio"]) .fault')).toContain(
      'not a mirror ratio',
    );
    expect(await page.locator('#faults li').count()).toBe(3);
    // What is wrong in a folded group unfolds it.
    await page.locator('.entry.faulty [data-path=seed]').waitFor({ state: 'visible' });
    expect(await page.locator('[data-path="outputs.particles"]').isVisible()).toBe(false);
    expect(await page.getByRole('button', { name: 'Run', exact: true }).isDisabled()).toBe(true);
    await ratio.fill('4.5');
    await page.waitForFunction(() => document.querySelectorAll('#faults li').length === 2);
    expect(await page.inputValue('#yaml')).toContain('ratio: 4.5');
    // What was typed is shown as text, never as a part of the page.
    await write(page, 'seed: "<img src=x>"');
    await page.waitForFunction(() => /<img src=x>/.test(document.querySelector('#faults li')?.textContent ?? ''));
    expect(await page.locator('#faults img, .fault img').count()).toBe(0);
    await write(page, 'field: {');
    await page.waitForFunction(() => /line 1/.test(document.querySelector('#faults')?.textContent ?? ''));
    await page.close();
  });

  it('says what became of a preset, and brings it back', async () => {
    const { page } = await open();
    const chosen = () => page.locator('#preset option:checked').textContent();
    const { title, yaml } = presets[0];
    await page.fill('[data-path="field.ratio"]', '4.5');
    await expect.poll(chosen).toBe(`Changed: ${title}`);
    await page.selectOption('#preset', 'mirror');
    await expect.poll(() => page.inputValue('#yaml')).toBe(yaml);
    await expect.poll(chosen).toBe(title);
    await write(page, 'name: mine');
    await expect.poll(chosen).toBe('my own');
    await page.close();
  });

  it('carries the scenario in a link', async () => {
    const { page } = await open();
    const mine = `# ξ, μ: mine\n${small}`;
    await write(page, mine);
    await press(page, 'Copy link');
    await page.waitForFunction(() => location.hash.startsWith('#s='));
    const other = await open({ url: page.url() });
    await other.page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>('#yaml')!.value !== '');
    expect(await other.page.inputValue('#yaml')).toBe(mine);
    await Promise.all([page.close(), other.page.close()]);
  });

  it('follows orbits in space, takes files, and saves figures and HDF5 that Node reads', async () => {
    const { page, wrong } = await open();
    await page.selectOption('#preset', 'bottle-orbits');
    await page.fill('[data-path="particles.count"]', '64');
    await page.waitForFunction(() => /count: 64\b/.test(document.querySelector<HTMLTextAreaElement>('#yaml')!.value));
    await press(page, 'Run');
    await phase(page, 'done');
    await page.waitForSelector('.figure img');
    const saved = async (button: string, figure?: string) => {
      const found = figure ? page.locator(`[data-card=${figure}]`) : page;
      const pressed = found.getByRole('button', { name: button, exact: true }).click();
      const [download] = await Promise.all([page.waitForEvent('download'), pressed]);
      return { name: download.suggestedFilename(), file: await download.path() };
    };
    expect((await saved('SVG', 'orbit-mu-spread')).name).toMatch(/\.svg$/);
    const png = await saved('PNG', 'orbit-energy');
    expect(readFileSync(png.file).subarray(1, 4).toString()).toBe('PNG');
    await page.waitForSelector('.figure img[data-figure=orbit-path]');
    const csv = await saved('CSV', 'orbit-path');
    expect(csv.name).toBe('bottle-orbits-trajectories.csv');
    expect(readFileSync(csv.file, 'utf8')).toMatch(/^particle,.*time \[s\],x \[m\]/);
    const h5 = await saved('results.h5 (all of the run)');
    expect(h5.name).toBe('results.h5');
    const program = `
      const { decodeResults } = await import(${JSON.stringify(path.join(dist, 'results.js'))});
      const { readFileSync } = await import('node:fs');
      process.stdout.write((await decodeResults(readFileSync(process.argv[1]), 'results.h5')).hash);`;
    const read = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program, h5.file]);
    expect(read.stdout).toBe(await hash(page));
    await page.setInputFiles('input[type=file]', [
      { name: 'field.csv', mimeType: 'text/csv', buffer: Buffer.from('s [m],B [T]\n-1,2\n0,1\n1,2\n') },
      {
        name: 'mine.yaml',
        mimeType: 'text/yaml',
        buffer: Buffer.from(`${small}field: { kind: table, file: field.csv }\n`),
      },
    ]);
    await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>('#yaml')!.value.includes('table'));
    await page.waitForTimeout(400);
    await expect.poll(() => page.locator('#faults li').allTextContents()).toEqual([]);
    expect(wrong).toEqual([]);
    await page.close();
  });

  it('runs from a sub-path of a plain host, on a phone, and without the network once it was loaded', async () => {
    const files = readdirSync(lab).map((name) => [`/deep/lab/${name}`, readFileSync(path.join(lab, name), 'utf8')]);
    const host = await serve(lab, Object.fromEntries(files));
    try {
      const { page, wrong } = await open({ url: `${host.url}deep/lab/index.html`, width: 360 });
      await page.getByText('Scenario (YAML)').click();
      await write(page, small);
      await press(page, 'Run');
      await phase(page, 'done');
      expect(await hash(page)).toBe((await runInNode(undefined, small)).hash);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
      expect(wrong).toEqual([]);
      await page.evaluate(() => navigator.serviceWorker.ready);
      host.close();
      await page.context().setOffline(true);
      await page.reload();
      await page.waitForSelector('[data-phase=idle]');
      await page.close();
    } finally {
      host.close();
    }
  });
});
