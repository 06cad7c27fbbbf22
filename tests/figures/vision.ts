/**
 * How colours look: lightness, differences, and what is left of them with a common colour blindness. For the tests alone.
 *
 * CIELAB under D65 (CIE 15:2004), CIEDE2000 (Sharma, Wu & Dalal 2005), dichromats after Machado, Oliveira & Fernandes
 * (2009, doi:10.1109/TVCG.2009.113, severity 1, applied to linear light).
 */
type Three = readonly [number, number, number];

export const visions = ['normal', 'protan', 'deutan', 'tritan'] as const;
export type Vision = (typeof visions)[number];

const dichromat: Record<Exclude<Vision, 'normal'>, readonly Three[]> = {
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** Red, green, blue (0..255) of `#rrggbb` or `rgb(r, g, b)`. */
export function channels(colour: string): Three {
  const hex = /^#(..)(..)(..)$/.exec(colour);
  const found = hex ? hex.slice(1).map((pair) => Number.parseInt(pair, 16)) : (colour.match(/\d+/g) ?? []).map(Number);
  if (found.length !== 3 || found.some(Number.isNaN)) throw new Error(`${colour}: no colour`);
  return found as unknown as Three;
}

const linear = (channel: number) =>
  channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4;

const times = (matrix: readonly Three[], v: Three): Three =>
  matrix.map((row) => row[0] * v[0] + row[1] * v[1] + row[2] * v[2]) as unknown as Three;

const clamp = (x: number) => Math.min(1, Math.max(0, x));

/** Linear light of a colour as an eye of this kind takes it. */
function seen(rgb: Three, vision: Vision): Three {
  const light = rgb.map(linear) as unknown as Three;
  return vision === 'normal' ? light : (times(dichromat[vision], light).map(clamp) as unknown as Three);
}

/** CIELAB L*, a*, b* of a colour (0..255 each) as an eye of this kind sees it. */
export function lab(rgb: Three, vision: Vision = 'normal'): Three {
  const [x, y, z] = times(
    [
      [0.4124564, 0.3575761, 0.1804375],
      [0.2126729, 0.7151522, 0.072175],
      [0.0193339, 0.119192, 0.9503041],
    ],
    seen(rgb, vision),
  );
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 / 116) * t + 16 / 116);
  const [fx, fy, fz] = [f(x / 0.95047), f(y), f(z / 1.08883)];
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)];
}

/** CIEDE2000 of two colours in CIELAB: 1 is just noticeable side by side, 10 at a glance. */
export function difference([L1, a1, b1]: Three, [L2, a2, b2]: Three): number {
  const degrees = Math.PI / 180;
  const mean = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2;
  const G = 0.5 * (1 - Math.sqrt(mean ** 7 / (mean ** 7 + 25 ** 7)));
  const [A1, A2] = [(1 + G) * a1, (1 + G) * a2];
  const [C1, C2] = [Math.hypot(A1, b1), Math.hypot(A2, b2)];
  const angle = (b: number, a: number) => (a === 0 && b === 0 ? 0 : (Math.atan2(b, a) / degrees + 360) % 360);
  const [h1, h2] = [angle(b1, A1), angle(b2, A2)];
  let dh = C1 * C2 === 0 ? 0 : h2 - h1;
  if (dh > 180) dh -= 360;
  if (dh < -180) dh += 360;
  const dH = 2 * Math.sqrt(C1 * C2) * Math.sin((dh / 2) * degrees);
  const L = (L1 + L2) / 2;
  const C = (C1 + C2) / 2;
  let h = C1 * C2 === 0 ? h1 + h2 : (h1 + h2) / 2;
  if (C1 * C2 !== 0 && Math.abs(h1 - h2) > 180) h += h1 + h2 < 360 ? 180 : -180;
  const T =
    1 -
    0.17 * Math.cos((h - 30) * degrees) +
    0.24 * Math.cos(2 * h * degrees) +
    0.32 * Math.cos((3 * h + 6) * degrees) -
    0.2 * Math.cos((4 * h - 63) * degrees);
  const SL = 1 + (0.015 * (L - 50) ** 2) / Math.sqrt(20 + (L - 50) ** 2);
  const SC = 1 + 0.045 * C;
  const SH = 1 + 0.015 * C * T;
  const RT = -2 * Math.sqrt(C ** 7 / (C ** 7 + 25 ** 7)) * Math.sin(60 * Math.exp(-(((h - 275) / 25) ** 2)) * degrees);
  const [l, c, d] = [(L2 - L1) / SL, (C2 - C1) / SC, dH / SH];
  return Math.sqrt(l * l + c * c + d * d + RT * c * d);
}

/** Contrast to white after WCAG 2.1: 3 is asked of lines and large text. */
export function contrastToWhite(rgb: Three): number {
  const [r, g, b] = rgb.map(linear);
  return 1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05);
}
