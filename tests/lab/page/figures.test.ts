import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { begin, end, faultsOfAccess, open, phase, press, small, write } from './open.js';

beforeAll(begin);
afterAll(end);

const cards = (page: Page) => page.$$eval('[data-card]', (all) => all.map((one) => (one as HTMLElement).dataset.card!));
const drawn = (page: Page, names: readonly string[]) =>
  Promise.all(names.map((name) => page.waitForSelector(`[data-card=${name}] img[data-figure=${name}]`)));
/** Presses Run. @returns when a figure of the run before has gone, be it for less than a frame */
const runAgain = (page: Page, figure: string) =>
  page.evaluate(async (selector) => {
    const gone = new Promise<void>((resolve) => {
      const watch = new MutationObserver(() => {
        if (document.querySelector(selector)) return;
        watch.disconnect();
        resolve();
      });
      watch.observe(document.body, { childList: true, subtree: true });
    });
    [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Run')!.click();
    await gone;
  }, `[data-card=${figure}] img`);
/** Columns of the grid, by where figures begin. */
const columns = (page: Page) =>
  page.$$eval('[data-card]', (all) => new Set(all.map((one) => one.getBoundingClientRect().left)).size);

it('shows several figures of a run, as many as one wants, by keys too, and keeps the choice', async () => {
  const { page, wrong } = await open();
  await write(page, small);
  await press(page, 'Run');
  await phase(page, 'done');
  const first = ['survival', 'legendre', 'distribution-midplane', 'mu-spread'];
  expect(await cards(page)).toEqual(first);
  await drawn(page, first);
  expect(await columns(page)).toBe(2);
  await page.locator('.choice summary').focus();
  await page.keyboard.press('Enter');
  await page.locator('[data-choose=hazard]').focus();
  await page.keyboard.press('Space');
  await drawn(page, ['hazard']);
  await page.locator('[data-card=survival] .remove').focus();
  await page.keyboard.press('Enter');
  const mine = [...first.slice(1), 'hazard'];
  expect(await cards(page)).toEqual(mine);
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('SUMMARY');
  expect(await page.isChecked('[data-choose=survival]')).toBe(false);
  expect(await faultsOfAccess(page)).toEqual([]);
  // The next run draws them without being asked again.
  await runAgain(page, 'hazard');
  await phase(page, 'done');
  await drawn(page, mine);
  expect(await cards(page)).toEqual(mine);
  // What a run does not have comes back with one that does.
  await write(page, `${small}motion: { kind: homogeneous }\nboundary: { kind: none }\n`);
  await page.locator('button:text-is("Run"):enabled').waitFor();
  await runAgain(page, 'legendre');
  await phase(page, 'done');
  await drawn(page, ['legendre', 'hazard']);
  for (const name of await cards(page)) await page.locator(`[data-choose=${name}]`).uncheck();
  expect(await page.textContent('.figures .help')).toBe('No figure is chosen.');
  expect(wrong).toEqual([]);
  await page.close();
});

it('stands in one column on a phone', async () => {
  const { page } = await open({ width: 360 });
  await page.getByText('Scenario (YAML)').click();
  await write(page, small);
  await press(page, 'Run');
  await phase(page, 'done');
  await drawn(page, await cards(page));
  expect(await cards(page)).toHaveLength(4);
  expect(await columns(page)).toBe(1);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  await page.close();
});
