import { describe, expect, it } from 'vitest';
import { decimalsFor, formula, grouped, measured, scaleFor, superscript, symbols } from '../../src/results/format.js';

describe('measured', () => {
  it('gives the error two digits and the value as many decimals', () => {
    expect(measured(0.01234, 2.1e-5, 's')).toBe('12.340 ± 0.021 ms');
    expect(measured(1.45745, 0.0213, '1')).toBe('1.457 ± 0.021');
    expect(measured(0.98358, 0.00099, '1')).toBe('0.98358 ± 0.00099');
  });

  it('rounds an error that reaches the next power of ten before it counts digits', () => {
    expect(measured(1, 0.0996, '1')).toBe('1.00 ± 0.10');
    expect(decimalsFor(0.0996)).toBe(2);
    expect(decimalsFor(0.0994)).toBe(3);
  });

  it('puts a common power of ten outside where the unit takes no prefix', () => {
    expect(measured(2.5577e-15, 5.2e-18, 'J/T')).toBe('(2.5577 ± 0.0052) × 10⁻¹⁵ J/T');
    expect(measured(101700, 900, '1/s')).toBe('(1.0170 ± 0.0090) × 10⁵ 1/s');
    expect(measured(3.5e-25, 6e-27, 'J^2/T^2/s')).toBe('(3.500 ± 0.060) × 10⁻²⁵ J²/T²/s');
  });

  it('writes ASCII where asked', () => {
    expect(measured(2.5577e-15, 5.2e-18, 'J/T', false)).toBe('(2.5577 +/- 0.0052)e-15 J/T');
    expect(measured(3e-6, 1e-8, 's', false)).toBe('3.000 +/- 0.010 us');
  });

  it('lets an error that is larger than the value set the scale', () => {
    expect(measured(0.0001, 0.02, '1')).toBe('0.000 ± 0.020');
    expect(measured(-0.0001, 0.02, '1')).toBe('0.000 ± 0.020');
  });

  it('rounds a value with an error above 100 to the place of the error', () => {
    expect(measured(6162, 593, '1/s')).toBe('6160 ± 590 1/s');
  });

  it('takes an error of a few roundings of the value as none', () => {
    expect(measured(3.204370343821119e-15, 1e-31, 'J/T')).toBe('3.20437 × 10⁻¹⁵ J/T');
    expect(measured(3.2043703e-15, 1e-24, 'J/T')).toBe('(3.2043703000 ± 0.0000000010) × 10⁻¹⁵ J/T');
  });

  it('says what is exact, unknown and infinite', () => {
    expect(measured(0.5, 0, '1')).toBe('0.5');
    expect(measured(1e6, 0, '1', true, 3)).toBe('1 × 10⁶');
    expect(measured(Number.NaN, Number.NaN, 's')).toBe('not determined');
    expect(measured(Number.POSITIVE_INFINITY, 0, 's')).toBe('∞');
    expect(measured(0, 0, 'm')).toBe('0 m');
    expect(measured(0.25, Number.NaN, '1')).toBe('0.25');
  });

  it('never prints a value that is further than half a last digit from the truth', () => {
    for (let i = 0; i < 2000; i++) {
      const value = (i % 7 === 0 ? -1 : 1) * (1 + ((i * 0.6180339887) % 9)) * 10 ** ((i % 31) - 20);
      const error = Math.abs(value) * 10 ** -((i % 5) + ((i * 0.7548776662) % 1));
      const text = measured(value, error, i % 2 ? 's' : 'J/T', false);
      const match = /^\(?(-?[\d.]+) \+\/- ([\d.]+)\)?(?:e(-?\d+))? ?(\w?)[sJ]/.exec(text);
      expect(match, text).not.toBeNull();
      const factor = match![3]
        ? 10 ** Number(match![3])
        : 10 ** ({ m: -3, u: -6, n: -9, p: -12, f: -15, k: 3, M: 6, G: 9, T: 12 }[match![4]] ?? 0);
      const printed = Number(match![2]) * factor;
      expect(Math.abs(printed / error - 1), text).toBeLessThan(0.051);
      expect(Math.abs(Number(match![1]) * factor - value), text).toBeLessThan(0.051 * error + 1e-9 * error);
      expect(match![2].replace(/^[0.]+|\./g, '').length, text).toBeGreaterThanOrEqual(2);
    }
  });
});

describe('scaleFor', () => {
  it('takes prefixes for simple units and powers of ten for others', () => {
    expect(scaleFor(0.0123, 's')).toEqual({ factor: 1e-3, label: 'ms', power: 0 });
    expect(scaleFor(2.4e-15, 'J/T')).toEqual({ factor: 1e-15, label: '10⁻¹⁵ J/T', power: -15 });
    expect(scaleFor(0.5, '1')).toEqual({ factor: 1, label: '', power: 0 });
    expect(scaleFor(0, 's').factor).toBe(1);
    expect(scaleFor(Number.NaN, 's').factor).toBe(1);
  });
});

describe('symbols', () => {
  it('writes names as on a blackboard and leaves words alone', () => {
    expect(symbols('decay of <P2>')).toBe('decay of ⟨P₂⟩');
    expect(symbols('<P4(xi)>')).toBe('⟨P₄(ξ)⟩');
    expect(symbols('<mu> at the end, D_mumu, d<mu>/dt')).toBe('⟨μ⟩ at the end, D_μμ, d⟨μ⟩/dt');
    expect(symbols('<dmu^2> with nu t < 0.5 and x > 3')).toBe('⟨Δμ²⟩ with ν t < 0.5 and x > 3');
    expect(formula('lambda << sqrt(1 - 1/R), 2 sqrt R, tau_b, vPerp0, phishing')).toBe(
      'λ ≪ √(1 - 1/R), 2 √R, τ_b, v⊥₀, phishing',
    );
    expect(symbols('a number of minus signs, exit')).toBe('a number of minus signs, exit');
    // A key of a scenario is what a reader has to type.
    expect(symbols('|xi| > 0.995: finer tallies.xi')).toBe('|ξ| > 0.995: finer tallies.xi');
  });
  it('prints exponents and counts', () => {
    expect(superscript(-15)).toBe('⁻¹⁵');
    expect(grouped(1234567)).toBe('1,234,567');
  });
});
