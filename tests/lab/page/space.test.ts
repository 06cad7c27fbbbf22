import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium as browsers, type Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { orbitPresets } from '../../../src/index.js';
import { chromium } from '../../browser/chromium.js';

const dist = fileURLToPath(new URL('../../../dist', import.meta.url));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const small = orbitPresets.find(({ name }) => name === 'bottle-orbits')!.yaml.replace(/count: *[\de]+/, 'count: 24');

let browser: Browser;
let server: ChildProcess;
let address: string;

async function faultsOfAccess(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    interface Report {
      violations: { id: string; impact: string }[];
    }
    const { run } = (globalThis as unknown as { axe: { run(): Promise<Report> } }).axe;
    return (await run()).violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id }) => id);
  });
}

const picture = (page: Page) =>
  page.evaluate(async () => {
    for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
    return document.querySelector<HTMLCanvasElement>('.space canvas')!.toDataURL();
  });

beforeAll(async () => {
  server = spawn(process.execPath, [path.join(dist, 'cli.js'), 'serve', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
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

it('shows orbits in space, which keys turn and read', async () => {
  // held, so that nothing but the keys changes the picture
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  const wrong: string[] = [];
  page.on('pageerror', (error) => wrong.push(error.message));
  await page.goto(address);
  await page.waitForSelector('[data-phase=idle]');
  await page.fill('#yaml', small);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const canvas = page.locator('.space canvas');
  await canvas.waitFor({ timeout: 60_000 });
  await page.waitForSelector('[data-phase=done]', { timeout: 60_000 });
  await canvas.focus();
  const before = await picture(page);
  expect(await picture(page)).toBe(before);
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => picture(page)).not.toBe(before);
  await page.keyboard.press('0');
  await expect.poll(() => picture(page)).toBe(before);
  await page.keyboard.press('Enter');
  await expect.poll(() => page.textContent('.space .read')).toMatch(/^Particle \d+: x = .*m, .*pitch \d+°.*μ\/μ₀ = /);
  expect(await page.textContent('.space')).toContain('For the eye: no number comes from it.');
  expect(await faultsOfAccess(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await faultsOfAccess(page)).toEqual([]);
  expect(wrong).toEqual([]);
  await page.close();
});
