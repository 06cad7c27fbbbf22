import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { thicknessOfKick } from '../../../src/lab/learn/pages/sheet.js';
import { begin, end, faultsOfAccess, hash, open, phase, press, write } from './open.js';

/** A wrong answer and a right one to the question of each page: what is typed, or where controls are set. */
const answers: readonly { name: string; wrong: Answer; right: readonly Answer[]; reading: string }[] = [
  { name: 'mu', wrong: { ramp: 1000 }, right: [{ ramp: 390 }], reading: 'change' },
  { name: 'mirror', wrong: { pitch: 35, ratio: 2.9 }, right: [{ ratio: 3.06 }], reading: 'inside' },
  { name: 'loss-cone', wrong: 4, right: [3.68], reading: 'held' },
  { name: 'filling', wrong: { strength: 0.25 }, right: [{ strength: 2.5 }, { strength: 0.75 }], reading: 'rate' },
  { name: 'resonance', wrong: { wavelength: 80 }, right: [{ wavelength: 109 }], reading: 'found' },
  {
    name: 'sheet',
    wrong: { thickness: 5000 },
    right: [{ thickness: Math.round(thicknessOfKick(0.1)) }],
    reading: 'kick',
  },
];
type Answer = number | Readonly<Record<string, number>>;

/** Done, with the controls as they stand. */
const done = (page: Page) =>
  page.waitForSelector('.learn [data-learn-phase=done][data-current=true]', { timeout: 60_000 });
const button = (page: Page, name: string) => page.locator('.learn').getByRole('button', { name, exact: true }).click();

async function give(page: Page, answer: Answer): Promise<string> {
  if (typeof answer === 'number') await page.fill('.ask input', String(answer));
  else {
    for (const [key, value] of Object.entries(answer))
      await page.fill(`[data-knob=${key}] .value input`, String(value));
    await done(page);
  }
  await button(page, 'Check');
  return (await page.textContent('.ask .verdict'))!;
}

beforeAll(begin);
afterAll(end);

describe('the guided path', () => {
  it('is walked from the first page to the last: each runs, refuses a wrong answer and takes a right one', async () => {
    const { page, wrong } = await open();
    await page.getByRole('link', { name: /Start with what/ }).click();
    for (const { name, wrong: bad, right, reading } of answers) {
      await page.waitForFunction((at) => location.hash === `#learn/${at}`, name);
      await page.waitForSelector('[data-learn-phase=idle]');
      expect(await page.locator('.learn math').count(), name).toBeGreaterThan(5);
      await button(page, 'Run');
      await done(page);
      expect(await page.textContent(`[data-reading=${reading}] td`), name).toMatch(/\d/);
      expect(await give(page, bad), name).toMatch(/^Not yet\. .*\d/);
      for (const one of right.slice(0, -1)) await give(page, one);
      expect(await give(page, right.at(-1)!), name).toMatch(/^Right\. .*\d/);
      expect(await faultsOfAccess(page), name).toEqual([]);
      if (name === 'sheet') break;
      await page.locator('.turn a').last().click();
    }
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await faultsOfAccess(page)).toEqual([]);
    await page.reload();
    await page.waitForSelector('.contents');
    expect(await page.locator('.contents .done').count()).toBe(answers.length);
    expect(wrong).toEqual([]);
    await page.close();
  });

  it('fits a phone', async () => {
    const { page, wrong } = await open({ width: 360 });
    for (const { name } of answers) {
      await page.goto(`${new URL('/', page.url())}#learn/${name}`);
      await page.waitForSelector(`[data-learn-phase=idle]`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBe(360);
      if (name !== 'mirror') continue;
      await button(page, 'Run');
      await done(page);
      await page.waitForSelector('.learn .map canvas');
      expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBe(360);
      expect(await faultsOfAccess(page)).toEqual([]);
    }
    expect(wrong).toEqual([]);
    await page.close();
  });

  it('leaves the run of the lab going, hidden, and hands its scenario on', async () => {
    const { page, wrong } = await open();
    await write(page, 'name: mine\nparticles: { count: 30000 }\ntimes: { count: 10, collisionTimes: 1 }\n');
    await press(page, 'Run');
    await phase(page, 'done');
    const before = await hash(page);
    await page.goto(`${new URL('/', page.url())}#learn/mu`);
    await page.waitForSelector('[data-learn-phase=idle]');
    // Hidden canvases are not drawn.
    const drawn = await page.evaluate(async () => {
      let count = 0;
      const { clearRect, fillRect } = CanvasRenderingContext2D.prototype;
      Object.assign(CanvasRenderingContext2D.prototype, {
        clearRect(...all: [number, number, number, number]) {
          count++;
          return clearRect.apply(this as never, all);
        },
        fillRect(...all: [number, number, number, number]) {
          count++;
          return fillRect.apply(this as never, all);
        },
      });
      for (let frame = 0; frame < 20; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
      return count;
    });
    expect(drawn).toBe(0);
    await page.goto(`${new URL('/', page.url())}#`);
    await page.waitForSelector('.part:not([hidden]) [data-hash]');
    expect(await hash(page)).toBe(before);
    expect(await page.inputValue('#yaml')).toContain('name: mine');
    await page.goto(`${new URL('/', page.url())}#learn/sheet`);
    await page.waitForSelector('.open[href^="#s="]');
    await page.click('.open');
    await page.waitForFunction(() => /learn-sheet/.test(document.querySelector<HTMLTextAreaElement>('#yaml')!.value));
    expect(wrong).toEqual([]);
    await page.close();
  });
});
