import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, it, type TestContext } from 'vitest';
import { orbitPresets } from '../../../src/index.js';
import { pairs } from '../../../src/lab/compare/pairs.js';
import { runInNode } from '../../browser/commands.js';
import { firefox, launch } from '../../browser/firefox.js';
import { end, long, serveLab, small } from './open.js';

let browser: Browser | undefined;
let address = '';

beforeAll(async () => {
  const executablePath = firefox();
  if (executablePath === undefined) return;
  [browser, address] = await Promise.all([puppeteer.launch({ ...launch, executablePath }), serveLab()]);
});
afterAll(async () => {
  await browser?.close();
  await end();
});

/** Tests are left out by word where there is no Firefox. */
function present(context: TestContext): Browser {
  if (browser) return browser;
  const reason = 'not run in Firefox: there is none (FIREFOX_PATH, or firefox on the PATH)';
  console.log(reason);
  return context.skip(reason);
}

/** A page, and what went wrong in it: errors, and what its policy refused. */
async function open(
  within: Browser,
  width: number,
  hash = '',
  ready = '[data-phase=idle]',
): Promise<{ page: Page; wrong: string[] }> {
  const page = await within.newPage();
  page.setDefaultTimeout(60_000);
  await page.setViewport({ width, height: 800 }).catch((error: Error) => {
    // It has the size; Firefox 140 lacks what is asked for beside it.
    if (!/setScreenOrientationOverride.*unknown command/.test(error.message)) throw error;
  });
  const wrong: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) wrong.push(message.text());
  });
  page.on('pageerror', (error) => wrong.push(String(error)));
  await page.evaluateOnNewDocument(() => {
    addEventListener('securitypolicyviolation', (event) => console.error('refused', event.effectiveDirective));
  });
  await page.goto(address + hash);
  await page.waitForSelector(ready, { timeout: 60_000 });
  await expect.poll(() => page.evaluate(() => innerWidth)).toBe(width);
  return { page, wrong };
}
const phase = (page: Page, wanted: string) => page.waitForSelector(`[data-phase=${wanted}]`, { timeout: 60_000 });
/** Presses a button as soon as it can be: by hand, since the driver's own waiting breaks the page's policy in some versions. */
async function press(page: Page, name: string): Promise<void> {
  const button = () => page.$(`::-p-aria(${name}[role="button"])`);
  await expect.poll(async () => (await button())?.evaluate((one) => !one.matches(':disabled'))).toBe(true);
  await (await button())!.click();
}
/** Its text box has this text, as if it were typed at once. */
const write = (page: Page, yaml: string) =>
  page.$eval(
    '#yaml',
    (box, text) => {
      (box as HTMLTextAreaElement).value = text;
      box.dispatchEvent(new InputEvent('input', { bubbles: true }));
    },
    yaml,
  );

it('runs in Firefox to the bits of Node, with map, mirror, figure and numbers, and breaks no rule of its policy', async (context) => {
  const { page, wrong } = await open(present(context), 1280);
  await write(page, small);
  await press(page, 'Run');
  await phase(page, 'done');
  expect(await page.$eval('[data-hash]', (one) => one.getAttribute('data-hash'))).toBe(
    (await runInNode(undefined, small)).hash,
  );
  await page.waitForSelector('.figure img[data-figure=survival]');
  await page.waitForSelector('.mirror canvas');
  expect(await page.$eval('[data-name=lossRate] td', (cell) => cell.textContent)).toMatch(/ ± .* 1\/s$/);
  expect(wrong).toEqual([]);
  // Control: a breach of the policy is noticed.
  await page.evaluate(() => {
    document.body.append(Object.assign(document.createElement('script'), { textContent: '1' }));
  });
  await expect.poll(() => wrong.join()).toContain('script-src');
  await page.close();
});

it('pauses, goes on and stops in Firefox, on a phone', async (context) => {
  const { page, wrong } = await open(present(context), 360);
  await write(page, long);
  await press(page, 'Run');
  await page.waitForSelector('.scale', { timeout: 60_000 });
  await press(page, 'Pause');
  await phase(page, 'paused');
  const done = () => page.$eval('progress', (bar) => (bar as HTMLProgressElement).value);
  /** How far it comes in a second. */
  const advance = async () => {
    const from = await done();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    return (await done()) - from;
  };
  // What was done before the pause may still be told.
  await expect.poll(advance).toBe(0);
  const before = await done();
  await press(page, 'Resume');
  await phase(page, 'running');
  await expect.poll(done).toBeGreaterThan(before);
  await press(page, 'Stop');
  await phase(page, 'stopped');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  expect(wrong).toEqual([]);
  await page.close();
});

it('says in Firefox what is wrong where it stands, and carries a scenario in a link', async (context) => {
  const within = present(context);
  const { page, wrong } = await open(within, 1280);
  await write(page, 'particles: { count: -5 }');
  await page.waitForSelector('#faults li');
  expect(await page.$eval('.faulty', (entry) => entry.textContent)).toContain('-5');
  await write(page, small);
  await expect.poll(async () => (await page.$$('#faults li')).length).toBe(0);
  await press(page, 'Copy link');
  await expect.poll(() => page.evaluate(() => location.hash)).toMatch(/^#s=/);
  const again = await open(within, 1280, new URL(page.url()).hash);
  const text = () => again.page.$eval('#yaml', (box) => (box as HTMLTextAreaElement).value);
  await expect.poll(text).toBe(small);
  expect([...wrong, ...again.wrong]).toEqual([]);
  await page.close();
  await again.page.close();
});

it('shows orbits in space in Firefox, which keys read', async (context) => {
  const { page, wrong } = await open(present(context), 1280);
  await write(
    page,
    orbitPresets.find(({ name }) => name === 'bottle-orbits')!.yaml.replace(/count: *[\de]+/, 'count: 24'),
  );
  await press(page, 'Run');
  await phase(page, 'done');
  await page.waitForSelector('.space canvas');
  await page.focus('.space canvas');
  await page.keyboard.press('Enter');
  const read = () => page.$eval('.space .read', (one) => one.textContent);
  await expect.poll(read).toMatch(/^Particle \d+: x = .*m, .*μ\/μ₀ = /);
  const colours = await page.$eval('.space canvas', (one) => {
    const { data } = (one as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, 400, 400);
    return new Set(new Uint32Array(data.buffer)).size;
  });
  expect(colours).toBeGreaterThan(50);
  expect(wrong).toEqual([]);
  await page.close();
});

it('compares two runs, and goes through a page to learn from, in Firefox', async (context) => {
  const within = present(context);
  const compare = await open(within, 1280, `#compare/${pairs[0].name}`, 'main.compare button.main:enabled');
  await press(compare.page, 'Run both');
  await expect.poll(async () => (await compare.page.$$('[data-hash]')).length).toBe(2);
  await compare.page.waitForSelector('.overlaid img[data-figure=overlay]');
  const learn = await open(within, 360, '#learn/mirror', '[data-learn-phase=idle]');
  await press(learn.page, 'Run');
  await learn.page.waitForSelector('.learn [data-learn-phase=done][data-current=true]', { timeout: 60_000 });
  expect(await learn.page.$eval('[data-reading=inside] td', (one) => one.textContent)).toMatch(/\d/);
  expect(await learn.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  for (const { page, wrong } of [compare, learn]) {
    expect(wrong).toEqual([]);
    await page.close();
  }
});
