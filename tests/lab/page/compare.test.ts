import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pairs } from '../../../src/lab/compare/pairs.js';
import { runInNode } from '../../browser/commands.js';
import { refuted, sound } from '../../random.js';
import { begin, end, faultsOfAccess, open as openLab, press, write } from './open.js';

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
/** z of every number, and what 2 % of B's would add to it, by its `value ± error`. */
const compared = (page: Page) =>
  page.$$eval('.compared [data-z]', (all) =>
    all
      .map((one) => {
        const [, value, error] = /([\d.]+)[^\d.]*±[^\d.]*([\d.]+)/.exec(one.textContent ?? '') ?? [];
        const shift = (0.02 * Number(value)) / (Math.SQRT2 * Number(error));
        return { z: Number(one.getAttribute('data-z')), shift: Number.isFinite(shift) ? shift : 0 };
      })
      .filter(({ z }) => !Number.isNaN(z)),
  );

/** Every number of the two is within its error, and would not be if B's were a fifth larger. */
async function alike(page: Page, label: string): Promise<void> {
  const all = await compared(page);
  sound(
    all.map(({ z }) => z),
    label,
    62,
    all.map(({ shift }) => shift),
  );
  refuted(
    all.map(({ z, shift }) => z + 10 * shift),
    `${label}: B a fifth larger`,
    62,
  );
}

it('runs two seeds of one scenario: the bits of Node, and every number within its error', async () => {
  const { page, wrong } = await open('two-seeds', 1280);
  const hashes = await runBoth(page);
  const { texts } = pairs.find(({ name }) => name === 'two-seeds')!;
  for (const [i, text] of texts.entries()) expect(hashes[i]).toBe((await runInNode(undefined, text)).hash);
  expect(await page.$$eval('.compared tbody tr', (all) => all.length)).toBeGreaterThan(12);
  await alike(page, 'two seeds');
  expect(await page.$$eval('.maps canvas', (all) => all.length)).toBe(3);
  expect(await faultsOfAccess(page)).toEqual([]);
  expect(wrong).toEqual([]);
  await page.close();
});

it('marks what Euler-Maruyama gets wrong, on a phone, and carries edited texts in a link', async () => {
  const { page, wrong } = await open('exact-euler', 360);
  await runBoth(page);
  // The negative control of the two seeds: here numbers must differ.
  refuted((await compared(page)).map(({ z }) => z));
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

it('takes a scenario and its files over from the Run part, on a dark page that everyone can use', async () => {
  const { page, wrong } = await openLab({ colorScheme: 'dark' });
  const table = 's [m],B [T]\n-1,3\n0,1\n1,3\n';
  await page.setInputFiles('.file input', { name: 'well.csv', mimeType: 'text/csv', buffer: Buffer.from(table) });
  await write(page, 'name: mine\nfield: { kind: table, file: well.csv }\nparticles: { count: 2000 }\n');
  await press(page, 'Compare');
  await page.waitForSelector('main.compare button.main:enabled');
  for (const side of ['A', 'B'])
    expect(await page.inputValue(`textarea[aria-label="Scenario ${side}"]`)).toContain('name: mine');
  await page.fill(
    'textarea[aria-label="Scenario B"]',
    'name: mine\nseed: 2\nfield: { kind: table, file: well.csv }\nparticles: { count: 2000 }\n',
  );
  const hashes = await runBoth(page);
  expect(hashes[0]).not.toBe(hashes[1]);
  await alike(page, 'a table of its own, with two seeds');
  expect(await faultsOfAccess(page)).toEqual([]);
  expect(wrong).toEqual([]);
  await page.close();
});
