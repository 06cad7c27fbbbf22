import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { freemem, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { detectPlatform, memoryAtHand, nodePlatform } from '../../src/platform/index.js';

const folder = mkdtempSync(join(tmpdir(), 'losscone-'));
afterAll(() => rmSync(folder, { recursive: true }));

const files = (contents: Record<string, string>) => (path: string) => contents[path];
const GB = 1e9;

describe('memoryAtHand', () => {
  it('is what the machine has free where no group limits it', () => {
    expect(memoryAtHand(8 * GB, files({}))).toBe(8 * GB);
    expect(memoryAtHand(8 * GB, files({ '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/memory.max': 'max\n' }))).toBe(
      8 * GB,
    );
    const version1 = {
      '/proc/self/cgroup': '4:memory:/\n',
      '/sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712\n',
      '/sys/fs/cgroup/memory/memory.usage_in_bytes': '5000000000\n',
    };
    expect(memoryAtHand(8 * GB, files(version1))).toBe(8 * GB);
  });

  it('is what a container leaves (version 2), dropping pages of files', () => {
    const container = {
      '/proc/self/cgroup': '0::/\n',
      '/sys/fs/cgroup/memory.max': '2000000000\n',
      '/sys/fs/cgroup/memory.current': '900000000\n',
      '/sys/fs/cgroup/memory.stat': 'anon 500000000\nfile 400000000\ninactive_file 300000000\nactive_file 1\n',
    };
    expect(memoryAtHand(8 * GB, files(container))).toBe(2 * GB - 0.6 * GB);
    expect(memoryAtHand(1 * GB, files(container))).toBe(1 * GB);
  });

  it('is the least of all enclosing groups', () => {
    const nested = {
      '/proc/self/cgroup': '0::/user.slice/job\n',
      '/sys/fs/cgroup/user.slice/memory.max': '1000000000\n',
      '/sys/fs/cgroup/user.slice/memory.current': '100000000\n',
      '/sys/fs/cgroup/user.slice/job/memory.max': '3000000000\n',
      '/sys/fs/cgroup/user.slice/job/memory.current': '50000000\n',
    };
    expect(memoryAtHand(8 * GB, files(nested))).toBe(0.9 * GB);
  });

  it("is found in version 1, also where the path is the host's and only the root is there", () => {
    const container = {
      '/proc/self/cgroup': '5:cpu,cpuacct:/docker/abc\n4:memory:/docker/abc\n0::/\n',
      '/sys/fs/cgroup/memory/memory.limit_in_bytes': '1000000000\n',
      '/sys/fs/cgroup/memory/memory.usage_in_bytes': '1200000000\n',
      '/sys/fs/cgroup/memory/memory.stat': 'inactive_file 7\ntotal_inactive_file 500000000\n',
    };
    expect(memoryAtHand(8 * GB, files(container))).toBe(0.3 * GB);
    const full = { ...container, '/sys/fs/cgroup/memory/memory.stat': '' };
    expect(memoryAtHand(8 * GB, files(full))).toBe(0);
  });
});

describe('nodePlatform', () => {
  it('is what runs here', () => {
    expect(detectPlatform()).toBe(nodePlatform);
    expect(nodePlatform.runtime).toBe(`Node ${process.versions.node} (${process.platform} ${process.arch})`);
    expect(nodePlatform.cores()).toBeGreaterThanOrEqual(1);
    expect(nodePlatform.memoryAtHand()).toBeGreaterThan(0);
    expect(nodePlatform.memoryAtHand()).toBeLessThanOrEqual(Math.max(totalmem(), freemem()));
  });

  it('writes a file whole or not at all', async () => {
    const path = join(folder, 'file.bin');
    await nodePlatform.writeBytes(path, Uint8Array.from([1, 2, 3]));
    await nodePlatform.writeBytes(path, Uint8Array.from([4, 5]));
    expect([...readFileSync(path)]).toEqual([4, 5]);
    await Promise.all([6, 7, 8].map((byte) => nodePlatform.writeBytes(path, new Uint8Array(1000).fill(byte))));
    expect(new Set(readFileSync(path)).size).toBe(1);
    // A folder cannot be replaced by a file: the attempt fails and leaves nothing behind.
    await expect(nodePlatform.writeBytes(folder, new Uint8Array(1))).rejects.toThrow();
    await expect(nodePlatform.writeBytes(join(folder, 'none/file'), new Uint8Array(1))).rejects.toThrow(/ENOENT/);
    expect(readdirSync(folder)).toEqual(['file.bin']);
  });

  it('reads a file by path and by address', async () => {
    const path = join(folder, 'read me');
    await nodePlatform.writeBytes(path, Uint8Array.from([9]));
    for (const place of [path, pathToFileURL(path), String(pathToFileURL(path))]) {
      expect([...(await nodePlatform.readBytes(place))]).toEqual([9]);
    }
  });

  it('has no port to a parent in the main thread of a process', () => {
    expect(() => nodePlatform.parentPort()).toThrow(/^worker: this is the main thread/);
  });
});
