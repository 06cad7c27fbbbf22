import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pairs } from '../../../src/lab/compare/pairs.js';
import { runInNode } from '../../browser/commands.js';
import { refuted, sound } from '../../random.js';
import { begin, end, faultsOfAccess, open as openLab } from './open.js';

beforeAll(begin);
afterAll(end);

const open = (name: string, width: number) =>
  openLab({ url: `#compare/${name}`, width, ready: 'main.compare button.main:enabled' });

async function runBoth(page: Page): Promise<string[]> {
  await page.getByRole('button', { name: 'Run both' }).click();
  await page.waitForFunction(() => document.querySelectorAll('[data-hash]').length === 2, null, { timeout: 60_000 });
  await page.waitForSelector('.overlaid img[data-figure=overlay]');
  return page.$$eval('[data-hash]', (all) => all.map((one) => one.getAttribute('data-hash')!));
}
const allZ = (page: Page) =>
  page.$$eval('.compared [data-z]', (all) =>
    all.map((one) => Number(one.getAttribute('data-z'))).filter((z) => !Number.isNaN(z)),
  );

it('runs two seeds of one scenario: the bits of Node, and every number within its error', async () => {
  const { page, wrong } = await open('two-seeds', 1280);
  const hashes = await runBoth(page);
  const { texts } = pairs.find(({ name }) => name === 'two-seeds')!;
  for (const [i, text] of texts.entries()) expect(hashes[i]).toBe((await runInNode(undefined, text)).hash);
  expect(await page.$$eval('.compared tbody tr', (all) => all.length)).toBeGreaterThan(12);
  sound(await allZ(page), 'two seeds', 62);
  expect(await page.$$eval('.maps canvas', (all) => all.length)).toBe(3);
  expect(await faultsOfAccess(page)).toEqual([]);
  expect(wrong).toEqual([]);
  await page.close();
});

it('marks what Euler-Maruyama gets wrong, on a phone, and carries edited texts in a link', async () => {
  const { page, wrong } = await open('exact-euler', 360);
  await runBoth(page);
  // The negative control of the two seeds: here numbers must differ.
  refuted(await allZ(page));
  expect(await page.$$eval('.compared tr.differs', (all) => all.length)).toBeGreaterThan(3);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  // Columns of a narrow table say what they are.
  const before = await page.$eval('.compared tbody tr', (row) =>
    [...row.querySelectorAll('td')].map((cell) => getComputedStyle(cell, '::before').content),
  );
  expect(before).toEqual(['"A "', '"B "', '"z = "']);
  await page.click('[data-side=B] summary');
  await page.fill('textarea[aria-label="Scenario B"]', 'particles: { count: -1 }');
  await page.waitForSelector('[data-side=B] .faults li');
  expect(await page.getByRole('button', { name: 'Run both' }).isDisabled()).toBe(true);
  await page.fill('textarea[aria-label="Scenario B"]', 'name: mine\nseed: 77\nparticles: { count: 2000 }\n');
  await page.getByRole('button', { name: 'Copy link' }).click();
  await page.waitForFunction(() => location.hash.startsWith('#compare/c='));
  const again = await open(new URL(page.url()).hash.replace('#compare/', ''), 360);
  await again.page.click('[data-side=B] summary');
  expect(await again.page.inputValue('textarea[aria-label="Scenario B"]')).toContain('seed: 77');
  expect([...wrong, ...again.wrong]).toEqual([]);
  await page.close();
  await again.page.close();
});
