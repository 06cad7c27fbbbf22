/**
 * One look for every figure: readable at 640 x 400 and from the back of a room, with and without colour.
 *
 * What is ordered (time, degree, starting moment) takes steps of cividis, whose lightness is monotone, so the order
 * survives a grey printer and every common colour blindness; what is a choice of two takes the blue and vermilion of
 * Okabe & Ito (2008), which differ in lightness too. Lines differ by dash and marker as well.
 */
import * as Plot from '@observablehq/plot';

export const fontFamily = 'DejaVu Sans, Verdana, sans-serif';
/** Smallest text in a figure [px at the figure's own size]. */
export const fontSize = 12;
export const titleSize = 15;

export const ink = '#1a1a1a';
export const faintInk = '#5a5a5a';
export const gridInk = '#dddddd';

export const blue = '#0072b2';
export const vermilion = '#d55e00';
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
  const colour = Plot.scale({ color: { scheme: 'cividis', domain: [0, 1] } });
  // Cividis ends in a pale yellow that vanishes on white: only the darker 80 % is used.
  return Array.from({ length: count }, (_, i) => colour.apply(count === 1 ? 0 : (0.8 * i) / (count - 1)) as string);
}

/**
 * The colours of a heat map as a table of 256.
 *
 * @returns red, green, blue of each level, 0..255, 768 numbers: viridis, dark to light
 */
export function heatPalette(): Uint8Array {
  const colour = Plot.scale({ color: { scheme: 'viridis', domain: [0, 255] } });
  const table = new Uint8Array(768);
  for (let level = 0; level < 256; level++) table.set(channels(colour.apply(level) as string), 3 * level);
  return table;
}

function channels(colour: string): [number, number, number] {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  if (hex) return [Number.parseInt(hex[1], 16), Number.parseInt(hex[2], 16), Number.parseInt(hex[3], 16)];
  const rgb = /(\d+(?:\.\d+)?)\D+(\d+(?:\.\d+)?)\D+(\d+(?:\.\d+)?)/.exec(colour);
  if (!rgb)
    throw new Error(`palette: ${colour} is not a colour this page understands (must be #rrggbb or rgb(r, g, b))`);
  return [Math.round(Number(rgb[1])), Math.round(Number(rgb[2])), Math.round(Number(rgb[3]))];
}
