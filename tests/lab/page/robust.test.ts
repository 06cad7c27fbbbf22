import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium as browsers, type CDPSession, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromium } from '../../browser/chromium.js';
import { runInNode } from '../../browser/commands.js';

const command = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));
const small = 'name: small\nparticles: { count: 20000 }\ntimes: { count: 10, collisionTimes: 1 }\n';

let browser: Browser;
let server: ChildProcess;
let address: string;

beforeAll(async () => {
  server = spawn(process.execPath, [command, 'serve', '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  address = await new Promise<string>((resolve) => {
    server.stdout!.on('data', (data) => {
      const [found] = /http:\S+/.exec(String(data)) ?? [];
      if (found) resolve(found);
    });
  });
  browser = await browsers.launch({ headless: true, ...(await chromium()) });
});
afterAll(async () => {
  await browser?.close();
  server?.kill('SIGKILL');
});

interface Options {
  readonly reducedMotion?: 'reduce';
  /** Runs in the page before anything of it. */
  readonly before?: () => void;
}

async function open({ reducedMotion, before }: Options = {}): Promise<{ page: Page; wrong: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, reducedMotion });
  const wrong: string[] = [];
  page.on('pageerror', (error) => wrong.push(error.message));
  if (before) await page.addInitScript(before);
  await page.goto(address);
  return { page, wrong };
}
const idle = (page: Page) => page.waitForSelector('[data-phase=idle]');
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const phase = (page: Page, wanted: string) => page.waitForSelector(`[data-phase=${wanted}]`, { timeout: 60_000 });

describe('the lab', () => {
  it('keeps its hash while the number of workers changes on the way', async () => {
    const { page, wrong } = await open();
    await idle(page);
    const text = 'name: changed\nparticles: { count: 300000 }\ntimes: { count: 10, collisionTimes: 1 }\n';
    await page.fill('#yaml', text);
    await press(page, 'Run');
    for (const workers of ['2', '1', '2']) {
      await page.waitForFunction(
        (n) => Number(document.querySelector('progress')?.value) > n,
        await page.getAttribute('progress', 'value').then(Number),
      );
      if (await page.$('[data-phase=done]')) break;
      await page.fill('.workers input', workers);
      await page.press('.workers input', 'Enter');
    }
    await phase(page, 'done');
    expect(await page.getAttribute('[data-hash]', 'data-hash')).toBe((await runInNode(undefined, text)).hash);
    expect(wrong).toEqual([]);
    await page.close();
  });

  it('moves nothing by itself where motion is to be reduced', async () => {
    const { page } = await open({ reducedMotion: 'reduce' });
    await idle(page);
    await page.fill('#yaml', small);
    await press(page, 'Run');
    await phase(page, 'done');
    await page.waitForSelector('.mirror canvas');
    const moments = () => page.$$eval('output.moment', (all) => all.map((one) => one.textContent));
    const before = await moments();
    expect(before.length).toBe(2);
    await page.waitForTimeout(800);
    expect(await moments()).toEqual(before);
    // It does where one asks for it.
    for (const button of await page.$$('button:text-is("Play")')) await button.click();
    await page.waitForFunction(
      (old) => [...document.querySelectorAll('output.moment')].every((one, i) => one.textContent !== old[i]),
      before,
    );
    await page.close();
  });

  it.each([
    ['no WebAssembly', () => Reflect.deleteProperty(globalThis, 'WebAssembly')],
    [
      'no SIMD',
      () => {
        WebAssembly.validate = () => false;
      },
    ],
  ] as const)('says so where there is %s', async (_, before) => {
    const { page, wrong } = await open({ before: before as () => void });
    expect(await page.textContent('[role=alert]')).toMatch(/WebAssembly.*Firefox 114/s);
    expect(wrong).toEqual([]);
    await page.close();
  });

  it('takes what is dropped: a table of a field, and the scenario that names it', async () => {
    const { page, wrong } = await open();
    await idle(page);
    const drop = (files: Record<string, string>) =>
      page.evaluate((all) => {
        const dataTransfer = new DataTransfer();
        for (const [name, content] of Object.entries(all)) dataTransfer.items.add(new File([content], name));
        for (const type of ['dragover', 'drop'])
          document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
      }, files);
    const table = Array.from({ length: 41 }, (_, i) => {
      const s = (i - 20) / 20;
      return `${s},${0.5 * (1 + 4 * s * s)}`;
    });
    const text = 'name: dropped\nparticles: { count: 5000 }\nfield: { kind: table, file: field.csv }\n';
    await drop({ 'field.csv': `s,B\n${table.join('\n')}\n`, 'own.yaml': text });
    await page.waitForFunction(
      (wanted) => document.querySelector<HTMLTextAreaElement>('#yaml')?.value === wanted,
      text,
    );
    await page.waitForFunction(() => document.querySelector('.yaml .help')?.textContent?.includes('field.csv'));
    await press(page, 'Run');
    await phase(page, 'done');
    await drop({ 'empty.yaml': 'field: { kind: nothing }\n' });
    await page.waitForSelector('#faults li');
    expect(wrong).toEqual([]);
    await page.close();
  });

  it('reads the values of a figure, by pointer and by keys', async () => {
    const { page, wrong } = await open();
    await idle(page);
    await page.fill('#yaml', small);
    await press(page, 'Run');
    await phase(page, 'done');
    const figure = page.locator('.figure img[data-figure=survival]');
    await figure.waitFor();
    await figure.scrollIntoViewIfNeeded();
    const box = (await figure.boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    const tip = page.locator('.chart-tip');
    await tip.waitFor();
    expect(await tip.textContent()).toMatch(/±/);
    await page.mouse.move(5, 5);
    await tip.waitFor({ state: 'detached' });
    await page.locator('.chart-frame').first().focus();
    const spoken = () => page.textContent('[data-spoken=survival]');
    await page.keyboard.press('ArrowRight');
    await expect.poll(spoken).toMatch(/±/);
    const first = await spoken();
    await page.keyboard.press('ArrowRight');
    await expect.poll(spoken).not.toBe(first);
    await page.keyboard.press('Escape');
    await expect.poll(spoken).toBe('');
    expect(wrong).toEqual([]);
    await page.close();
  });
});

/** Bytes of the page's heap once everything that can go has gone. */
async function heap(protocol: CDPSession): Promise<number> {
  await protocol.send('HeapProfiler.collectGarbage');
  const { usedSize } = (await protocol.send('Runtime.getHeapUsage')) as { usedSize: number };
  return usedSize;
}

/** Slope of a line through points at 0, 1, 2, ..., and its standard error. */
function slope(values: readonly number[]): { value: number; standardError: number } {
  const n = values.length;
  const [mx, my] = [(n - 1) / 2, values.reduce((sum, y) => sum + y, 0) / n];
  const sxx = values.reduce((sum, _, x) => sum + (x - mx) ** 2, 0);
  const value = values.reduce((sum, y, x) => sum + (x - mx) * (y - my), 0) / sxx;
  const rest = values.reduce((sum, y, x) => sum + (y - my - value * (x - mx)) ** 2, 0);
  return { value, standardError: Math.sqrt(rest / (n - 2) / sxx) };
}

it('starts and stops a hundred runs in the same memory, and would notice a leak', async () => {
  const { page, wrong } = await open();
  await idle(page);
  // Nothing but scattering: what is estimated at the end of each run takes little time.
  const long =
    'name: long\nmotion: homogeneous\nboundary: none\nparticles: { count: 20000000 }\ntimes: { count: 2, collisionTimes: 1 }\n';
  await page.fill('#yaml', long);
  const protocol = await page.context().newCDPSession(page);
  const cycle = async () => {
    await press(page, 'Run');
    await page.waitForFunction(() => Number(document.querySelector('progress')?.value) > 0);
    await press(page, 'Stop');
    await phase(page, 'stopped');
  };
  const measured: number[] = [];
  for (let i = 0; i < 100; i++) {
    await cycle();
    if (i >= 20 && i % 4 === 3) measured.push(await heap(protocol));
  }
  const grown = slope(measured);
  const [first] = measured;
  console.log(
    `heap of the page ${(first / 1e6).toFixed(2)} MB, ${(grown.value / 4 / 1e3).toFixed(2)} +- ${(grown.standardError / 4 / 1e3).toFixed(2)} kB a run; ${page.workers().length} worker(s)`,
  );
  // The session worker, and at most the kernel's worker of a run that has just ended.
  expect(page.workers().length).toBeLessThan(4);
  // Caches of the browser grow by some kB a run; a result that is kept would be hundreds.
  const bound = (one: typeof grown) => one.value > 5 * one.standardError && one.value > 4 * 5e3;
  expect(bound(grown)).toBe(false);
  // Control: numbers that are kept, 160 kB each time, are seen.
  const leaking: number[] = [];
  for (let i = 0; i < 8; i++) {
    await page.evaluate(() => {
      const kept = globalThis as unknown as { kept?: number[][] };
      kept.kept = [...(kept.kept ?? []), Array.from({ length: 20_000 }, Math.random)];
    });
    leaking.push(await heap(protocol));
  }
  expect(bound(slope(leaking))).toBe(true);
  expect(wrong).toEqual([]);
  await page.close();
}, 240_000);
