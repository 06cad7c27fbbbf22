import { expect, it, vi } from 'vitest';
import { compile } from '../../src/engine/compile.js';
import { sha256 } from '../../src/engine/sha256.js';
import { EMPTY_KERNEL } from './kernel.js';

it('compiles a kernel once, and another one anew', async () => {
  const first = compile(EMPTY_KERNEL);
  expect(first.hash).toBe(sha256(EMPTY_KERNEL));
  expect(await compile(EMPTY_KERNEL.slice()).module).toBe(await first.module);
  // The same array with other bytes: a custom section without content at the end.
  const other = new Uint8Array([...EMPTY_KERNEL, 0, 2, 1, 0x61]);
  const named = compile(other);
  expect(await named.module).not.toBe(await first.module);
  other[other.length - 1] = 0x62;
  expect(await compile(other).module).not.toBe(await named.module);
  expect(WebAssembly.Module.customSections(await compile(other).module, 'b')).toHaveLength(1);
});

it('tries again what failed', async () => {
  const failing = vi.spyOn(WebAssembly, 'compile').mockRejectedValueOnce(new RangeError('out of memory'));
  const kernel = new Uint8Array([...EMPTY_KERNEL, 0, 2, 1, 0x63]);
  await expect(compile(kernel).module).rejects.toThrow('wasm: this runtime cannot compile the kernel (out of memory)');
  expect(await compile(kernel).module).toBeInstanceOf(WebAssembly.Module);
  expect(failing).toHaveBeenCalledTimes(2);
  failing.mockRestore();
});
