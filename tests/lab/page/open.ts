import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type Browser, chromium as browsers, type Page } from 'playwright';
import { chromium } from '../../browser/chromium.js';
import { root } from '../../root.js';

export const dist = path.join(root, 'dist');

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const small = `name: small
particles: { count: 20000 }
times: { count: 10, collisionTimes: 1 }
`;
/** A quarter of an hour of work and more: a page that is held up for half a minute still stops it on the way. */
export const long = 'name: long\nparticles: { count: 100000000 }\n';

let browser: Browser | undefined;
let server: ChildProcess | undefined;
let address = '';

/** The lab as `losscone serve` gives it. @returns its address */
export async function serveLab(): Promise<string> {
  server = spawn(process.execPath, [path.join(dist, 'cli.js'), 'serve', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  address = await new Promise<string>((resolve) => {
    server!.stdout!.on('data', (data) => {
      const [found] = /http:\S+/.exec(String(data)) ?? [];
      if (found) resolve(found);
    });
  });
  return address;
}

/** The lab, and a browser to open it in. */
export async function begin(): Promise<void> {
  await serveLab();
  browser = await browsers.launch({ headless: true, ...(await chromium()) });
}

export async function end(): Promise<void> {
  await browser?.close();
  server?.kill('SIGKILL');
}

/** What went wrong in a page, whether or not anyone sees it: errors, and what the policy refused. */
export interface Opened {
  readonly page: Page;
  readonly wrong: string[];
  readonly requests: string[];
}

export interface How {
  /** Where, if not at the address of the server; what begins with `#` is a part of the page there. */
  readonly url?: string;
  readonly width?: number;
  readonly reducedMotion?: 'reduce';
  readonly colorScheme?: 'dark';
  /** What to wait for. */
  readonly ready?: string;
  /** Run in the page before anything of its own. */
  readonly before?: () => void;
}

export async function open(how: How = {}): Promise<Opened> {
  const { url = '', width = 1280, reducedMotion, colorScheme, ready = '[data-phase=idle]', before } = how;
  const page = await browser!.newPage({
    viewport: { width, height: 800 },
    ...(reducedMotion && { reducedMotion }),
    ...(colorScheme && { colorScheme }),
  });
  page.setDefaultTimeout(60_000);
  const wrong: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) wrong.push(message.text());
  });
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('request', (request) => requests.push(request.url()));
  await page.exposeFunction('violated', (what: string) => wrong.push(what));
  await page.addInitScript(() => {
    const tell = (globalThis as unknown as { violated(what: string): void }).violated;
    addEventListener('securitypolicyviolation', (event) => tell(`${event.effectiveDirective} ${event.blockedURI}`));
  });
  if (before) await page.addInitScript(before);
  await page.goto(new URL(url, address).href);
  await page.waitForSelector(ready);
  return { page, wrong, requests };
}

export const write = (page: Page, yaml: string) => page.fill('#yaml', yaml);
export const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
export const phase = (page: Page, wanted: string) =>
  page.waitForSelector(`[data-phase=${wanted}]`, { timeout: 60_000 });
export const hash = (page: Page) => page.getAttribute('[data-hash]', 'data-hash');

/** What keeps people out, by axe's rules: nothing serious may be found. */
export async function faultsOfAccess(page: Page): Promise<string[]> {
  await page.evaluate(axe); // the page's policy lets no script in, a debugger it does
  return page.evaluate(async () => {
    const { run } = (globalThis as unknown as { axe: { run(): Promise<Report> } }).axe;
    interface Report {
      violations: { id: string; impact: string; nodes: { html: string }[] }[];
    }
    const { violations } = await run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 100)).join(' | ')}`);
  });
}
