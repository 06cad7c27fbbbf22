import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Sha256, sha256 } from '../../src/engine/sha256.js';

describe('Sha256', () => {
  it('gives the published digests (FIPS 180-4 examples)', () => {
    const text = (s: string) => sha256(new TextEncoder().encode(s));
    expect(text('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(text('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(text('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq')).toBe(
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    );
  });

  it('agrees with node:crypto for every length around the block size, in one piece and in many', () => {
    const bytes = Uint8Array.from({ length: 300 }, (_, i) => (i * 167 + (i >> 3)) & 255);
    for (let length = 0; length <= 300; length++) {
      const message = bytes.subarray(0, length);
      const expected = createHash('sha256').update(message).digest('hex');
      expect(sha256(message)).toBe(expected);
      const pieces = new Sha256();
      for (let from = 0; from < length; from += 37) pieces.update(message.subarray(from, Math.min(length, from + 37)));
      expect(pieces.hex()).toBe(expected);
    }
  });
});
