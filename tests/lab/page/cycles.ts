/** Runs that are started and stopped in the page, and what is alive in it after. */
import type { CDPSession, Page } from 'playwright';

/** Nothing but scattering: what is estimated at the end of each run takes little time. */
export const lasting = `name: long
motion: homogeneous
boundary: none
particles: { count: 20000000 }
times: { count: 2, collisionTimes: 1 }
`;

interface Snapshot {
  readonly snapshot: { readonly meta: { readonly node_fields: string[]; readonly node_types: [string[]] } };
  readonly nodes: number[];
  readonly strings: string[];
}

const own = new Set(['code', 'hidden']);
const record = /^(LayoutShift|PerformanceScript|PerformanceLong|TaskAttribution|DOMRectReadOnly)/;

/**
 * Bytes of everything alive in the page: objects, closures, strings, buffers, elements. Left out is what the browser keeps for itself
 * and grows for hundreds of runs: what its compiler makes of the code, its own lists, and its record of how fast the page was (some
 * hundred entries of each kind).
 */
export async function alive(protocol: CDPSession): Promise<number> {
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
  const { snapshot, nodes, strings }: Snapshot = JSON.parse(text);
  const { node_fields: fields, node_types } = snapshot.meta;
  const [kinds] = node_types;
  const [kind, size, name] = ['type', 'self_size', 'name'].map((field) => fields.indexOf(field));
  let bytes = 0;
  for (let at = 0; at < nodes.length; at += fields.length)
    if (!own.has(kinds[nodes[at + kind]]) && !record.test(strings[nodes[at + name]])) bytes += nodes[at + size];
  return bytes;
}

/** Starts and stops runs from within the page, where no driver holds anything of it. */
export const cycles = (page: Page, count: number, leak = 0) =>
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
