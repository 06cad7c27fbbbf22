import { afterAll, beforeAll, expect, it } from 'vitest';
import { alive, cycles, lasting } from './cycles.js';
import { begin, end, open, write } from './open.js';

beforeAll(begin);
afterAll(end);

const [warm, counted] = [50, 100];
/** What each run may leave behind [bytes]. A partial result, a map or a figure is tens of kB. */
const allowed = 1000;

it('starts and stops a hundred runs in the same memory, and would notice a leak', async () => {
  const { page, wrong } = await open();
  await write(page, lasting);
  const protocol = await page.context().newCDPSession(page);
  await cycles(page, warm);
  const before = await alive(protocol);
  await cycles(page, counted);
  const after = await alive(protocol);
  const each = (after - before) / counted;
  console.log(`alive in the page: ${(after / 1e6).toFixed(2)} MB, ${each.toFixed(0)} bytes more with each run`);
  expect(each).toBeLessThan(allowed);
  // The session worker alone: those of a run go with it.
  expect(page.workers()).toHaveLength(1);
  // Control: 8 kB that each of ten runs leaves behind.
  await cycles(page, 10, 8000);
  expect(((await alive(protocol)) - after) / 10).toBeGreaterThan(5 * allowed);
  expect(wrong).toEqual([]);
  await page.close();
}, 300_000);
