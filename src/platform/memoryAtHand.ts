/** No limit: cgroup v1 writes a number near 2^63, v2 the word `max`. */
const UNLIMITED = 2 ** 60;

/**
 * Memory that a process could still use on Linux: the least of what the machine has free and of what each enclosing control group (v1 or v2)
 * leaves. Pages of files that the kernel can drop count as free.
 *
 * @param free the machine's free memory [bytes]
 * @param read returns a file's text, or undefined where there is none
 * @returns bytes, >= 0
 *
 * @example
 * const files = {
 *   '/proc/self/cgroup': '0::/',
 *   '/sys/fs/cgroup/memory.max': '2000000000',
 *   '/sys/fs/cgroup/memory.current': '500000000',
 * };
 * memoryAtHand(8e9, (path) => files[path]) // 1500000000
 */
export function memoryAtHand(free: number, read: (path: string) => string | undefined): number {
  let least = free;
  for (const group of controlGroups(read('/proc/self/cgroup') ?? '')) {
    const limit = number(read(group.limit));
    if (limit === undefined || limit >= UNLIMITED) continue;
    const used = number(read(group.usage)) ?? 0;
    const droppable =
      number(new RegExp(`^${group.droppable} (\\d+)$`, 'm').exec(read(group.statistics) ?? '')?.[1]) ?? 0;
    least = Math.min(least, Math.max(0, limit - Math.max(0, used - droppable)));
  }
  return least;
}

interface ControlGroup {
  readonly limit: string;
  readonly usage: string;
  readonly statistics: string;
  readonly droppable: string;
}

/** The process's groups and all that enclose them. Inside a container the path may be the host's, then only the root is found. */
function controlGroups(memberships: string): ControlGroup[] {
  const groups: ControlGroup[] = [];
  for (const line of memberships.split('\n')) {
    const [, controllers, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (path === undefined) continue;
    const version2 = controllers === '';
    if (!version2 && !controllers.split(',').includes('memory')) continue;
    const root = version2 ? '/sys/fs/cgroup' : '/sys/fs/cgroup/memory';
    for (let folder = path.replace(/\/+$/, ''); ; folder = folder.slice(0, folder.lastIndexOf('/'))) {
      const at = `${root}${folder}`;
      groups.push(
        version2
          ? {
              limit: `${at}/memory.max`,
              usage: `${at}/memory.current`,
              statistics: `${at}/memory.stat`,
              droppable: 'inactive_file',
            }
          : {
              limit: `${at}/memory.limit_in_bytes`,
              usage: `${at}/memory.usage_in_bytes`,
              statistics: `${at}/memory.stat`,
              droppable: 'total_inactive_file',
            },
      );
      if (folder === '') break;
    }
  }
  return groups;
}

function number(text: string | undefined): number | undefined {
  const value = Number.parseInt(text ?? '', 10);
  return Number.isNaN(value) ? undefined : value;
}
