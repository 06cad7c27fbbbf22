/**
 * One look for every figure: readable at 640 x 400 and from the back of a room, with and without colour.
 *
 * What is ordered (time, degree, starting moment) takes steps of viridis, whose lightness is monotone, so the order
 * survives a grey printer and every common colour blindness; what is a choice takes hues that differ in lightness too.
 * Lines differ by dash and marker as well. Measured in tests/figures/style.test.ts.
 */
import * as Plot from '@observablehq/plot';

export const fontFamily = 'DejaVu Sans, Verdana, sans-serif';
/** Smallest text in a figure [px at the figure's own size]. */
export const fontSize = 12;
export const titleSize = 15;
/** Text of the axes' labels. */
export const labelSize = 13;

export const ink = '#1a1a1a';
export const faintInk = '#5a5a5a';
export const gridInk = '#dddddd';

/** What is estimated. After the blue and vermilion of Okabe & Ito (2008), further apart in lightness. */
export const blue = '#004a86';
/** What stands beside it: a fit, the other side. */
export const vermilion = '#e06a00';
/** The colour of what is known exactly, everywhere. */
export const theoryInk = '#000000';
export const lossConeInk = '#c2185b';

/** Dash patterns in the order in which series take them; the first is solid. */
export const dashes = ['none', '7 3', '2 3', '9 3 2 3', '12 3', '4 2 1 2 1 2', '1 4', '14 4 4 4'] as const;

export const symbols = ['circle', 'square', 'triangle', 'diamond', 'cross', 'star', 'wye', 'asterisk'] as const;

/**
 * Colours for `count` ordered series, dark to light, all of them dark enough to read on white.
 *
 * @param count number of series, >= 1
 * @returns hexadecimal colours
 * @example orderedColours(2).length // 2
 */
export function orderedColours(count: number): string[] {
  const colour = Plot.scale({ color: { scheme: 'viridis', domain: [0, 1] } });
  // Viridis ends in a yellow that vanishes on white: only the darker three quarters are used.
  return Array.from({ length: count }, (_, i) => colour.apply(count === 1 ? 0 : (0.75 * i) / (count - 1)) as string);
}

/**
 * The colours of a heat map as a table of 256: viridis from light (few) to dark (many), so that what is empty may be white
 * and still comes before the first of them in grey.
 *
 * @returns red, green, blue of each level, 0..255, 768 numbers
 */
export function heatPalette(): Uint8Array {
  const colour = Plot.scale({ color: { scheme: 'viridis', domain: [0, 255], reverse: true } });
  const table = new Uint8Array(768);
  for (let level = 0; level < 256; level++) {
    table.set(channels(colour.apply(level) as string), 3 * level);
    // The scheme's own rounding to 8 bits makes a few levels a trace lighter than the one before.
    while (level > 0 && luminance(table, level) >= luminance(table, level - 1)) table[3 * level + 1]--;
  }
  return table;
}

/** Relative luminance of a level of a palette (IEC 61966-2-1). */
function luminance(table: Uint8Array, level: number): number {
  const light = (channel: number) =>
    channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4;
  const [r, g, b] = table.subarray(3 * level, 3 * level + 3);
  return 0.2126729 * light(r) + 0.7151522 * light(g) + 0.072175 * light(b);
}

function channels(colour: string): [number, number, number] {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  if (hex) return [Number.parseInt(hex[1], 16), Number.parseInt(hex[2], 16), Number.parseInt(hex[3], 16)];
  const rgb = /(\d+(?:\.\d+)?)\D+(\d+(?:\.\d+)?)\D+(\d+(?:\.\d+)?)/.exec(colour);
  if (!rgb)
    throw new Error(`palette: ${colour} is not a colour this page understands (must be #rrggbb or rgb(r, g, b))`);
  return [Math.round(Number(rgb[1])), Math.round(Number(rgb[2])), Math.round(Number(rgb[3]))];
}
