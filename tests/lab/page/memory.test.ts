import type { CDPSession } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { begin, end, open, phase, press, write } from './open.js';

beforeAll(begin);
afterAll(end);

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
  // Nothing but scattering: what is estimated at the end of each run takes little time.
  const lasting =
    'name: long\nmotion: homogeneous\nboundary: none\nparticles: { count: 20000000 }\ntimes: { count: 2, collisionTimes: 1 }\n';
  await write(page, lasting);
  const protocol = await page.context().newCDPSession(page);
  const cycle = async () => {
    await press(page, 'Run');
    // What the driver holds of the page would count as the page's.
    const going = await page.waitForFunction(() => Number(document.querySelector('progress')?.value) > 0);
    await going.dispose();
    await press(page, 'Stop');
    const stopped = await phase(page, 'stopped');
    await stopped.dispose();
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
