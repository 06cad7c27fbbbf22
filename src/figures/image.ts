/**
 * A heat map's cells as an indexed PNG inside a data URL: 5 kB for 64 x 64 cells where as many rectangles are 300 kB.
 *
 * Stored (not deflated) blocks keep it synchronous and the same in Node and in a browser. PNG: ISO/IEC 15948; zlib: RFC 1950.
 */
import { joined } from '../results/bytes.js';

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (const byte of bytes) c = crcTable[(c ^ byte) & 255] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return ((b << 16) | a) >>> 0;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const out = new Uint8Array(data.length + 12);
  const view = new DataView(out.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) out[4 + i] = type.charCodeAt(i);
  out.set(data, 8);
  view.setUint32(8 + data.length, crc32(out.subarray(4, 8 + data.length)));
  return out;
}

function stored(data: Uint8Array): Uint8Array {
  const block = 65535;
  const blocks = Math.max(1, Math.ceil(data.length / block));
  const out = new Uint8Array(data.length + 5 * blocks + 6);
  const view = new DataView(out.buffer);
  out[0] = 0x78;
  out[1] = 0x01;
  let at = 2;
  for (let i = 0; i < blocks; i++) {
    const part = data.subarray(i * block, (i + 1) * block);
    out[at] = i === blocks - 1 ? 1 : 0;
    view.setUint16(at + 1, part.length, true);
    view.setUint16(at + 3, ~part.length & 0xffff, true);
    out.set(part, at + 5);
    at += part.length + 5;
  }
  view.setUint32(at, adler32(data));
  return out;
}

/**
 * An indexed PNG.
 *
 * @param levels colour index of each pixel, row-major from the top, length `width * height`
 * @param width pixels
 * @param height pixels
 * @param palette red, green, blue of each index, at most 768 numbers
 * @returns the file's bytes
 * @throws Error where the pixels are not `width * height`
 */
export function indexedPng(levels: Uint8Array, width: number, height: number, palette: Uint8Array): Uint8Array {
  if (levels.length !== width * height)
    throw new Error(`image: ${levels.length} pixels (must be ${width} x ${height} = ${width * height})`);
  const rows = new Uint8Array((width + 1) * height);
  for (let y = 0; y < height; y++) rows.set(levels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header[8] = 8;
  header[9] = 3;
  const parts = [
    Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10),
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', stored(rows)),
    chunk('IEND', new Uint8Array(0)),
  ];
  return joined(parts);
}

/**
 * Bytes as a `data:image/png` URL, the only kind of address a figure may contain.
 *
 * @param png the file's bytes
 * @returns the URL
 */
export function dataUrl(png: Uint8Array): string {
  let binary = '';
  for (let i = 0; i < png.length; i += 8192) binary += String.fromCharCode(...png.subarray(i, i + 8192));
  return `data:image/png;base64,${btoa(binary)}`;
}
