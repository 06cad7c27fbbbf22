import { describe, expect, it } from 'vitest';
import { BlockRunner } from '../../src/kernel/index.js';
import { angleLaw } from '../../src/plan/angle.js';
import { type Plan, planRun } from '../../src/plan/plan.js';
import { parseScenario } from '../../src/scenario/index.js';
import { scenario } from '../validation/runHere.js';
import { kernelModule } from './load.js';

const NU = 1e4;

/** Words, kicks (2w, cos phi) and nu dt of blocks of 256 particles with four kicks each. */
function* kicks(tau: number, blocks: number, rate?: Record<string, unknown>) {
  const plan: Plan = planRun(
    parseScenario(
      scenario({
        particles: {
          count: 256 * 64,
          ...(rate ? { speed: { kind: 'shell', from: '5e5 m/s', to: '1e6 m/s' } } : {}),
        },
        field: { kind: 'uniform', B: '1 T', length: '2 m' },
        collisions: { rate: rate ?? `${NU} /s` },
        boundary: 'none',
        motion: rate ? 'homogeneous' : { kind: 'homogeneous', step: `${tau / NU} s` },
        times: { at: { unit: 's', values: [(4 * tau) / NU] } },
      }),
    ),
  );
  const runner = new BlockRunner(kernelModule(), plan);
  const { kernel } = runner;
  for (let block = 0; block < blocks; block++) {
    for (const _ of runner.runBlock(block));
    const words = new Uint32Array(kernel.memory.buffer, kernel.WORDS.value as number, 1024);
    const numbers = new Float32Array(kernel.memory.buffer, kernel.KICKS.value as number, 2048);
    for (let i = 0; i < 1024; i++) {
      const at = Math.floor(i / 4) * 8 + (i % 4);
      yield { word: words[i], w2: numbers[at], cosine: numbers[at + 4] };
    }
  }
}

describe('a kick', () => {
  for (const tau of [1e-9, 1e-4, 1e-3, 1.9e-3, 2.1e-3, 0.01, 0.03, 0.031, 0.1, 0.5, 2, 16]) {
    it(`is the plan's law of the word's upper 24 bits, nu dt = ${tau}`, () => {
      const { coefficients, offset } = angleLaw(tau);
      let n = 0;
      let worst = 0;
      let worstCosine = 0;
      let outside = 0;
      for (const { word, w2, cosine } of kicks(tau, 16)) {
        const u = ((word >>> 8) + 0.5) / 2 ** 24;
        const t = -Math.log(offset + (1 - offset) * u);
        let exact = 0;
        for (let k = 7; k >= 0; k--) exact = t * (coefficients[k] + exact);
        exact = Math.min(2, Math.max(0, exact));
        // the reach sin(Theta) and so the kick's error goes with 2w; 24 bits near u = 1 leave 1e-7 of tau
        worst = Math.max(worst, Math.abs(w2 - exact) / (exact + 0.1 * Math.min(tau, 1)));
        const turn = Math.imul(word, 2 ** 24 + 2 ** 8 + 1) / 2 ** 32;
        worstCosine = Math.max(worstCosine, Math.abs(cosine - Math.cos(2 * Math.PI * turn)));
        if (!(w2 >= 0 && w2 <= 2)) outside++;
        n++;
      }
      expect(n).toBe(16 * 1024);
      expect(worstCosine).toBeLessThan(4e-7);
      expect(outside).toBe(0);
      // eight f32 terms of both signs where the fit is long
      expect(worst).toBeLessThan(tau > 1 ? 1e-5 : 4e-6);
    });
  }

  it('by lane: sin^2 of the short series, and never beyond the pole', () => {
    // nu dt = 0.03 (v/1e6)^-3 at the slow end's own step
    let most = 0;
    let outside = 0;
    for (const { w2, cosine } of kicks(0.03, 64, { law: 'powerLaw', value: `${NU} /s`, at: '1e6 m/s', index: -3 })) {
      if (!(w2 >= 0 && w2 <= 2 && Math.abs(cosine) <= 1.0000005)) outside++;
      most = Math.max(most, w2);
    }
    expect(outside).toBe(0);
    expect(most).toBeGreaterThan(0.3);
  });

  it('of any size gives no NaN', () => {
    for (const tau of [1e-300, 1e-12, 20, 1e3, 1e9]) {
      let outside = 0;
      for (const { w2, cosine } of kicks(tau, 2)) if (!(w2 >= 0 && w2 <= 2 && Math.abs(cosine) < 1.000001)) outside++;
      expect(outside).toBe(0);
    }
  });

  it('one angle has 256 azimuths that leave every harmonic below the 128th', () => {
    for (const upper of [0, 1, 12345, 0x800000, 0xfffffe, 0xffffff]) {
      for (let k = 1; k < 128; k++) {
        let cos = 0;
        let sin = 0;
        for (let low = 0; low < 256; low++) {
          const phi = (2 * Math.PI * k * (Math.imul((upper << 8) | low, 2 ** 24 + 2 ** 8 + 1) >>> 0)) / 2 ** 32;
          cos += Math.cos(phi);
          sin += Math.sin(phi);
        }
        expect(Math.hypot(cos, sin) / 256).toBeLessThan(2e-5 * k);
      }
    }
  });
});
