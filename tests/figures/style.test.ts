import { describe, expect, it } from 'vitest';
import {
  blue,
  dashes,
  heatPalette,
  lossConeInk,
  orderedColours,
  symbols,
  theoryInk,
  vermilion,
} from '../../src/figures/style.js';
import { channels, contrastToWhite, difference, lab, type Vision, visions } from './vision.js';

const lightness = (colour: string) => lab(channels(colour))[0];

/** The least CIEDE2000 between any two of some colours, as an eye of a kind sees them. */
function least(colours: readonly string[], vision: Vision): number {
  const seen = colours.map((colour) => lab(channels(colour), vision));
  return Math.min(...seen.flatMap((a, i) => seen.slice(0, i).map((b) => difference(a, b))));
}

/** The levels of a palette that are not darker than the one before. */
const rises = (palette: ArrayLike<number>) =>
  Array.from({ length: palette.length / 3 - 1 }, (_, i) => i + 1).filter((i) => {
    const at = (k: number) => lab([palette[3 * k], palette[3 * k + 1], palette[3 * k + 2]])[0];
    return at(i) >= at(i - 1);
  });

describe('the measures themselves', () => {
  it('agree with published values', () => {
    // Sharma, Wu & Dalal (2005), table 1.
    expect(difference([50, 2.6772, -79.7751], [50, 0, -82.7485])).toBeCloseTo(2.0425, 4);
    expect(difference([22.7233, 20.0904, -46.694], [23.0331, 14.973, -42.5619])).toBeCloseTo(2.0373, 4);
    expect(difference([50, 2.5, 0], [73, 25, -18])).toBeCloseTo(27.1492, 4);
    expect(lab([255, 255, 255])[0]).toBeCloseTo(100, 3);
    expect(lab([119, 119, 119])[0]).toBeCloseTo(50.03, 1);
  });

  it('see what a colour-blind reader does not', () => {
    // A red and a green of one lightness.
    const pair = ['#c05040', '#6a8030'];
    expect(least(pair, 'normal')).toBeGreaterThan(35);
    expect(least(pair, 'deutan')).toBeLessThan(12);
    expect(least(pair, 'tritan')).toBeGreaterThan(20);
  });
});

describe('the heat map', () => {
  it('darkens from level to level, and its lightest is still darker than white', () => {
    const palette = heatPalette();
    expect(palette).toHaveLength(768);
    expect(rises(palette)).toEqual([]);
    const [first, last] = [
      lab([palette[0], palette[1], palette[2]])[0],
      lab([palette[765], palette[766], palette[767]])[0],
    ];
    expect(first).toBeLessThan(92);
    expect(first - last).toBeGreaterThan(70);
  });

  it('keeps its order with every colour blindness', () => {
    const palette = heatPalette();
    for (const vision of visions) {
      const at = (k: number) => lab([palette[3 * k], palette[3 * k + 1], palette[3 * k + 2]], vision)[0];
      for (let k = 8; k < 256; k += 8) expect(at(k), `${vision} ${k}`).toBeLessThan(at(k - 8));
    }
  });

  it('is not a rainbow: the negative control', () => {
    const rainbow = Uint8Array.from([0, 0, 128, 0, 0, 255, 0, 255, 255, 255, 255, 0, 255, 0, 0, 128, 0, 0]);
    expect(rises(rainbow).length).toBeGreaterThan(0);
  });
});

describe('lines', () => {
  it('that are ordered grow lighter step by step, none too pale for white paper', () => {
    for (let count = 1; count <= 8; count++) {
      const colours = orderedColours(count);
      expect(colours).toHaveLength(count);
      colours.slice(1).forEach((colour, i) => {
        expect(lightness(colour) - lightness(colours[i]), `${i} of ${count}`).toBeGreaterThan(6);
      });
      for (const colour of colours) expect(contrastToWhite(channels(colour))).toBeGreaterThan(2);
    }
  });

  it('can be told apart with every colour blindness', () => {
    for (const vision of visions) {
      for (const count of [2, 3, 4, 5, 6])
        expect(least(orderedColours(count), vision), `${count} ${vision}`).toBeGreaterThan(8);
      // Eight are told apart by dash and marker first.
      expect(least(orderedColours(8), vision), vision).toBeGreaterThan(5);
      expect(least([blue, vermilion, theoryInk], vision), vision).toBeGreaterThan(25);
      expect(least([blue, vermilion, theoryInk, lossConeInk], vision), vision).toBeGreaterThan(12);
    }
    // In grey: blue and vermilion.
    expect(lightness(vermilion) - lightness(blue)).toBeGreaterThan(20);
    // The colours of the cube's corners would not do.
    expect(least(['#ff0000', '#00a000'], 'protan')).toBeLessThan(25);
  });

  it('differ in dash and in marker as well', () => {
    expect(new Set(dashes).size).toBe(dashes.length);
    expect(new Set(symbols).size).toBe(symbols.length);
    expect(dashes.length).toBeGreaterThanOrEqual(8);
  });
});
