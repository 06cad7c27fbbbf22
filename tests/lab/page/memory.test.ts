import type { CDPSession, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { begin, end, open, write } from './open.js';

beforeAll(begin);
afterAll(end);

/** Nothing but scattering: what is estimated at the end of each run takes little time. */
const lasting = `name: long
motion: homogeneous
boundary: none
particles: { count: 20000000 }
times: { count: 2, collisionTimes: 1 }
`;
const [warm, counted] = [50, 100];
/** What each run may leave behind [bytes]. A partial result, a map or a figure is tens of kB. */
const allowed = 1000;

interface Snapshot {
  readonly snapshot: { readonly meta: { readonly node_fields: string[]; readonly node_types: [string[]] } };
  readonly nodes: number[];
}

/**
 * Bytes of everything alive in the page: objects, closures, strings, buffers, elements. Left out is what the browser's
 * compiler makes of the code, which grows for hundreds of runs and is nobody's.
 */
async function alive(protocol: CDPSession): Promise<number> {
  // Figures that are being replaced go a second after.
  await new Promise((resolve) => setTimeout(resolve, 2500));
  await protocol.send('HeapProfiler.collectGarbage');
  let text = '';
  const take = ({ chunk }: { chunk: string }) => {
    text += chunk;
  };
  protocol.on('HeapProfiler.addHeapSnapshotChunk', take);
  await protocol.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  protocol.off('HeapProfiler.addHeapSnapshotChunk', take);
  const { snapshot, nodes }: Snapshot = JSON.parse(text);
  const { node_fields: fields, node_types } = snapshot.meta;
  const [kinds] = node_types;
  const [kind, size] = [fields.indexOf('type'), fields.indexOf('self_size')];
  let bytes = 0;
  for (let at = 0; at < nodes.length; at += fields.length)
    if (kinds[nodes[at + kind]] !== 'code') bytes += nodes[at + size];
  return bytes;
}

/** Starts and stops runs from within the page, where no driver holds anything of it. */
const cycles = (page: Page, count: number, leak = 0) =>
  page.evaluate(
    async ([runs, bytes]) => {
      const all = globalThis as unknown as { kept?: number[][] };
      const until = (what: () => unknown) =>
        new Promise<void>((resolve) => {
          const timer = setInterval(() => {
            if (!what()) return;
            clearInterval(timer);
            resolve();
          }, 10);
        });
      const press = (name: string) =>
        [...document.querySelectorAll('button')].find((button) => button.textContent === name)!.click();
      for (let i = 0; i < runs; i++) {
        press('Run');
        await until(
          () => document.querySelector('[data-phase=running]') && Number(document.querySelector('progress')?.value) > 0,
        );
        press('Stop');
        await until(() => document.querySelector('[data-phase=stopped]'));
        if (bytes > 0) all.kept = [...(all.kept ?? []), Array.from({ length: bytes / 8 }, Math.random)];
      }
    },
    [count, leak],
  );

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
