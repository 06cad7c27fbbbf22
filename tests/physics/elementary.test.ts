import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as elementary from '../../src/physics/elementary.js';
import { fingerprint } from './fingerprint.js';

const view = new DataView(new ArrayBuffer(8));
function ordinal(x: number): bigint {
  view.setFloat64(0, x);
  const bits = view.getBigInt64(0);
  return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits;
}
/** Distance in units in the last place; 0 for equal values and for two NaN. */
function ulps(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) && Number.isNaN(b) ? 0 : Infinity;
  return Math.abs(Number(ordinal(a) - ordinal(b)));
}

type Unary = (x: number) => number;
const ours = elementary as unknown as Record<string, Unary>;
const theirs = Math as unknown as Record<string, Unary>;

/** Computed with mpmath at 60 digits. */
const EXACT: [name: string, x: number, value: number][] = [
  ['erf', 1e-10, 1.1283791670955126e-10],
  ['erf', 0.1, 0.1124629160182849],
  ['erf', 0.5, 0.5204998778130465],
  ['erf', 1.0, 0.8427007929497149],
  ['erf', 1.7, 0.9837904585907745],
  ['erf', 1.999, 0.9953015566513705],
  ['erf', 2.001, 0.9953428907185247],
  ['erf', 2.5, 0.999593047982555],
  ['erf', 3.0, 0.9999779095030014],
  ['erf', 5.0, 0.9999999999984626],
  ['erf', -0.75, -0.7111556336535151],
  ['erfc', 0.5, 0.4795001221869535],
  ['erfc', 1.001, 0.15688451452192373],
  ['erfc', 1.3, 0.06599205505934755],
  ['erfc', 2.0, 0.004677734981047266],
  ['erfc', 4.0, 1.541725790028002e-8],
  ['erfc', 10.0, 2.088487583762545e-45],
  ['erfc', 25.0, 8.300172571196523e-274],
  ['lgamma', 1e-5, 11.512919692895826],
  ['lgamma', 0.1, 2.252712651734206],
  ['lgamma', 0.5, 0.5723649429247001],
  ['lgamma', 1.5, -0.12078223763524522],
  ['lgamma', 2.5, 0.2846828704729192],
  ['lgamma', 3.5, 1.2009736023470743],
  ['lgamma', 7.25, 7.0521854507385395],
  ['lgamma', 11.5, 16.292000476567242],
  ['lgamma', 50.5, 146.51925549072064],
  ['lgamma', 100000.0, 1051287.7089736569],
  ['lgamma', -0.5, 1.2655121234846454],
  ['lgamma', -3.3, -0.8243558050174264],
  ['lgamma', 10000000000.0, 220258509288.81058],
  ['exp', 1.0, 2.718281828459045],
  ['exp', -1.0, 0.36787944117144233],
  ['exp', 700.5, 1.6721859620674984e304],
  ['exp', -700.5, 5.980196118639791e-305],
  ['exp', -740.0, 4.2e-322],
  ['exp', 1e-9, 1.000000001],
  ['log', 2.0, 0.6931471805599453],
  ['log', 10.0, 2.302585092994046],
  ['log', 1e-310, -713.8013788281542],
  ['log', 1.0000001, 9.999999505838704e-8],
  ['log', 0.9999999, -1.0000000494736474e-7],
  ['log', 1e300, 690.7755278982137],
  ['sin', 1.0, 0.8414709848078965],
  ['sin', 3.0, 0.1411200080598672],
  ['sin', 100000.0, 0.03574879797201651],
  ['sin', 1e22, -0.8522008497671888],
  ['sin', 1.7976931348623157e308, 0.004961954789184062],
  ['sin', 5.319372648326541e255, 1.0],
  ['cos', 1.0, 0.5403023058681398],
  ['cos', 1.5707963267948966, 6.123233995736766e-17],
  ['cos', 1000000.0, 0.9367521275331447],
  ['cos', 1e22, 0.523214785395139],
  ['tan', 1.5707963267948966, 1.633123935319537e16],
  ['tan', 1.0, 1.5574077246549023],
  ['tan', 0.1, 0.10033467208545055],
  ['cbrt', 2.0, 1.2599210498948732],
  ['cbrt', 1e-300, 1e-100],
  ['cbrt', 1e300, 1e100],
  ['expm1', 1e-12, 1.0000000000005e-12],
  ['expm1', 0.3, 0.3498588075760031],
  ['expm1', -0.3, -0.2591817793182821],
  ['expm1', 0.4, 0.49182469764127035],
  ['log1p', 1e-12, 9.999999999995e-13],
  ['log1p', -0.9, -2.302585092994046],
  ['log1p', 0.3, 0.26236426446749106],
  ['sinh', 1e-5, 1.0000000000166668e-5],
  ['sinh', 0.5, 0.5210953054937474],
  ['sinh', 22.5, 2955261031.5116453],
  ['sinh', 710.0, 1.1169973830808555e308],
  ['asinh', 1e-5, 9.999999999833334e-6],
  ['asinh', 0.5, 0.48121182505960347],
  ['asinh', 10000000000.0, 23.7189981105004],
  ['atan', 0.4142, 0.3926875054336765],
  ['atan', 1e-5, 9.999999999666668e-6],
  ['atan', 3.0, 1.2490457723982544],
  ['atan', 1e20, 1.5707963267948966],
  ['acos', 0.9999999999, 1.4142136208911564e-5],
  ['acos', -0.9999999999, 3.1415785114535844],
  ['acos', 0.3, 1.2661036727794992],
];

/** [name, widest distance to Math.* in ulp, map of u in (0, 1) to an argument] */
const SWEEPS: [string, number, Unary][] = [
  ['exp', 2, (u) => 1400 * (u - 0.5)],
  ['exp', 2, (u) => u - 0.5],
  ['expm1', 2, (u) => 8 * (u - 0.5)],
  ['log', 2, (u) => Math.exp(1400 * (u - 0.5))],
  ['log', 2, (u) => 0.5 + u],
  ['log1p', 2, (u) => 2 * u - 1],
  ['sin', 2, (u) => 40 * (u - 0.5)],
  ['sin', 2, (u) => Math.exp(700 * u)],
  ['cos', 2, (u) => 40 * (u - 0.5)],
  ['cos', 2, (u) => 1e6 * u],
  ['tan', 3, (u) => 40 * (u - 0.5)],
  ['asin', 3, (u) => 2 * u - 1],
  ['acos', 3, (u) => 2 * u - 1],
  ['acos', 3, (u) => 1 - 1e-6 * u],
  ['atan', 2, (u) => 40 * (u - 0.5)],
  ['atan', 2, (u) => Math.exp(1400 * (u - 0.5))],
  ['cbrt', 2, (u) => Math.exp(1400 * (u - 0.5))],
  ['sinh', 4, (u) => 1420 * (u - 0.5)],
  ['sinh', 4, (u) => 4 * (u - 0.5)],
  ['cosh', 4, (u) => 60 * (u - 0.5)],
  ['tanh', 4, (u) => 4 * (u - 0.5)],
  ['asinh', 4, (u) => 4 * (u - 0.5)],
  ['acosh', 4, (u) => 1 + 4 * u],
];

describe('elementary functions', () => {
  it.each(EXACT)('%s(%f) is right to 1e-15 (lgamma: 4e-15, absolute below 1)', (name, x, value) => {
    const size = name === 'lgamma' ? 4 * Math.max(1, Math.abs(value)) : Math.abs(value);
    expect(Math.abs(ours[name](x) - value) / size).toBeLessThan(1e-15);
  });

  it.each(SWEEPS)('%s stays within %i ulp of the engine', (name, widest, map) => {
    let worst = 0;
    for (let i = 0; i < 20000; i++) {
      const x = map((i * 0.6180339887498949 + 0.137) % 1);
      worst = Math.max(worst, ulps(ours[name](x), theirs[name](x)));
    }
    expect(worst).toBeLessThanOrEqual(widest);
    expect(ulps(ours[name](map(0.3)) * (1 + 2e-15), theirs[name](map(0.3)))).toBeGreaterThan(widest); // the ruler can measure
  });

  it('pow and atan2 agree with the engine', () => {
    for (let i = 1; i < 20000; i++) {
      const x = elementary.exp(20 * ((i * 0.6180339887498949) % 1) - 10);
      const y = 60 * ((i * 0.7548776662466927) % 1) - 30;
      expect(ulps(elementary.pow(x, y), x ** y)).toBeLessThanOrEqual(2);
      expect(ulps(elementary.atan2(y, x - 1), Math.atan2(y, x - 1))).toBeLessThanOrEqual(2);
    }
  });

  it('whole powers and roots are exact', () => {
    for (let n = 0; n <= 33; n++) expect(elementary.pow(3, n)).toBe(Number(3n ** BigInt(n)));
    for (let n = 1; n < 1000; n++) expect(elementary.cbrt(n * n * n)).toBe(n);
    for (let k = -1074; k < 1024; k++) expect(elementary.pow(2, k)).toBe(2 ** k);
  });

  it('special values are those of Math', () => {
    const specials = [
      0,
      -0,
      1,
      -1,
      Infinity,
      -Infinity,
      Number.NaN,
      5e-324,
      -5e-324,
      1.7976931348623157e308,
      710,
      -746,
      0.5,
      -2,
      3,
    ];
    for (const name of new Set(SWEEPS.map((sweep) => sweep[0]))) {
      for (const x of specials) {
        const expected = theirs[name](x);
        const got = ours[name](x);
        const same = Object.is(got, expected) || ulps(got, expected) <= 4;
        expect(same, `${name}(${x}) = ${got}, not ${expected}`).toBe(true);
        expect(Object.is(got, -0), `${name}(${x})`).toBe(Object.is(expected, -0));
      }
    }
    for (const x of specials) {
      for (const y of specials) {
        expect(ulps(elementary.pow(x, y), x ** y), `pow(${x}, ${y})`).toBeLessThanOrEqual(1);
        expect(ulps(elementary.atan2(x, y), Math.atan2(x, y)), `atan2(${x}, ${y})`).toBeLessThanOrEqual(1);
      }
    }
    expect(elementary.erf(Infinity)).toBe(1);
    expect(elementary.erf(-Infinity)).toBe(-1);
    expect(elementary.erf(Number.NaN)).toBeNaN();
    expect(elementary.lgamma(0)).toBe(Infinity);
    expect(elementary.lgamma(Infinity)).toBe(Infinity);
  });

  it('use nothing of Math but abs, floor, min, max and sqrt, and no ** ', () => {
    const folder = new URL('../../src/physics/elementary/', import.meta.url);
    for (const file of readdirSync(folder)) {
      const code = readFileSync(new URL(file, folder), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
      expect(code.replace(/Math\.(abs|floor|sqrt|min|max)\b/g, '')).not.toMatch(/Math\.|\*\*/);
    }
  });

  it('have these bits, here and in every engine', () => {
    expect(fingerprint()).toBe('cefc764cbe9f6733');
  });
});
