import { describe, expect, it } from 'vitest';
import { digestMark, isSealed, seal } from '../../src/results/digest.js';

const file = () => new TextEncoder().encode(`head ${digestMark} middle ${'x'.repeat(1000)} tail`);

describe('seal', () => {
  it('finds its own file whole', () => {
    const bytes = file();
    const digest = seal(bytes);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(new TextDecoder().decode(bytes)).toContain(`head ${digest} middle`);
    expect(isSealed(bytes, digest)).toBe(true);
  });
  it("leaves a Node Buffer as it is, whose slices are the buffer's own bytes", () => {
    const bytes = Buffer.from(file());
    const digest = seal(bytes);
    const before = bytes.toString('hex');
    for (let time = 0; time < 2; time++) expect(isSealed(bytes, digest)).toBe(true);
    expect(bytes.toString('hex')).toBe(before);
  });
  it('sees every single flipped bit', () => {
    const bytes = file();
    const digest = seal(bytes);
    for (let i = 0; i < bytes.length; i += 7) {
      bytes[i] ^= 1 << (i % 8);
      expect(isSealed(bytes, digest), `byte ${i}`).toBe(false);
      bytes[i] ^= 1 << (i % 8);
    }
    expect(isSealed(bytes, digest)).toBe(true);
  });
  it('refuses a digest that is none, and a file without a place for one', () => {
    expect(isSealed(file(), digestMark)).toBe(false);
    expect(() => seal(new Uint8Array(100))).toThrow('no place for its digest');
  });
});
