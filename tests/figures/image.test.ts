import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { dataUrl, indexedPng } from '../../src/figures/image.js';

/** Chunks of a PNG, their checksums verified by the way. */
function chunks(png: Uint8Array): Record<string, Uint8Array> {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const found: Record<string, Uint8Array> = {};
  let at = 8;
  while (at < png.length) {
    const length = view.getUint32(at);
    const body = png.subarray(at + 4, at + 8 + length);
    let crc = 0xffffffff;
    for (const byte of body) {
      crc ^= byte;
      for (let k = 0; k < 8; k++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
    expect(view.getUint32(at + 8 + length)).toBe((crc ^ 0xffffffff) >>> 0);
    found[String.fromCharCode(...body.subarray(0, 4))] = body.subarray(4);
    at += 12 + length;
  }
  return found;
}

describe('indexedPng', () => {
  it('holds the pixels, row by row from the top', () => {
    const levels = Uint8Array.of(0, 1, 2, 3, 4, 5);
    const parts = chunks(indexedPng(levels, 3, 2, new Uint8Array(768)));
    expect(Object.keys(parts)).toEqual(['IHDR', 'PLTE', 'IDAT', 'IEND']);
    expect(Array.from(parts.IHDR)).toEqual([0, 0, 0, 3, 0, 0, 0, 2, 8, 3, 0, 0, 0]);
    // zlib's own decoder checks the Adler sum.
    expect(Array.from(inflateSync(parts.IDAT))).toEqual([0, 0, 1, 2, 0, 3, 4, 5]);
  });

  it('goes beyond one stored block', () => {
    const levels = Uint8Array.from({ length: 300 * 300 }, (_, i) => (i * 7) % 256);
    const rows = inflateSync(chunks(indexedPng(levels, 300, 300, new Uint8Array(768))).IDAT);
    expect(rows.length).toBe(301 * 300);
    expect(Array.from(rows.subarray(301 * 299 + 1))).toEqual(Array.from(levels.subarray(300 * 299)));
  });

  it('refuses pixels that do not fill it', () => {
    expect(() => indexedPng(new Uint8Array(5), 3, 2, new Uint8Array(768))).toThrow('must be 3 x 2 = 6');
    expect(dataUrl(Uint8Array.of(1, 2, 3))).toBe('data:image/png;base64,AQID');
  });
});
