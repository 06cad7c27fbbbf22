/**
 * Guiding centres along a line, for the eye: mu is kept, the mirror force and what else acts along the line turn them, and scattering
 * rotates their directions by the law of the run (<P_1> decays as exp(-2 nu t)). No number of a run comes from here.
 */
import type { LineField } from '../../index.js';

const c2 = 299_792_458 ** 2;

/** What moves them, SI. */
export interface LineForces {
  readonly from: number;
  readonly to: number;
  /** B and dB/ds at a place, into the pair. */
  field(s: number, into: Float64Array): void;
  /** Acceleration q E/m along the line; absent: none. */
  readonly push?: (s: number, t: number) => number;
  /** What happens at the ends. */
  readonly ends: 'lost' | 'reflect' | 'join';
  /** Loss in velocity space: beyond this cosine at `Bmin`, on these sides. */
  readonly cone?: { readonly xi: number; readonly Bmin: number; readonly sides: 'both' | 'left' | 'right' };
  /** Part of their speed that places change with: where a run has no places they are shown slowed down. */
  readonly slow: number;
}

/** One particle: place [m], momentum along and across over the rest mass [m/s], scattering rate at a speed [1/s]. */
export interface LineStart {
  readonly s: number;
  readonly along: number;
  readonly across: number;
}

/** Whole numbers from a seed, as parts of 1 (mulberry32): pictures are the same each time. */
export function randomOf(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** B and its gradient as the kernel has them: closed forms, or the cubics of its table. */
export function fieldOf({ kernel, strength, gradient }: LineField): LineForces['field'] {
  if (kernel.kind !== 'tabulated')
    return (s, into) => {
      into[0] = strength(s);
      into[1] = gradient(s);
    };
  const { s0, ds, B, dBds } = kernel;
  return (s, into) => {
    const x = (s - s0) / ds;
    const i = Math.max(0, Math.min(B.length - 2, Math.floor(x)));
    const t = x - i;
    const a = dBds[i] * ds;
    const b = dBds[i + 1] * ds;
    const bend = 3 * (B[i + 1] - B[i]) - 2 * a - b;
    const twist = a + b - 2 * (B[i + 1] - B[i]);
    into[0] = B[i] + t * (a + t * (bend + t * twist));
    into[1] = (a + t * (2 * bend + 3 * t * twist)) / ds;
  };
}

/**
 * Follows one particle and tells each frame; frames after it is lost are left as they are.
 * @param steps leapfrog steps of a frame
 */
export function follow(
  start: LineStart,
  forces: LineForces,
  rate: (speed: number) => number,
  { frames, pause, steps }: { readonly frames: number; readonly pause: number; readonly steps: number },
  random: () => number,
  tell: (frame: number, s: number, xi: number) => void,
): void {
  const { field, push, from, to, ends, cone, slow } = forces;
  const here = new Float64Array(2);
  const h = pause / steps;
  let { s, along } = start;
  field(s, here);
  let mu = start.across ** 2 / here[0];
  let [nu, known] = [0, 0];
  const gammaOf = () => Math.sqrt(1 + (along * along + mu * here[0]) / c2);
  for (let frame = 0; ; frame++) {
    tell(frame, s, along / Math.sqrt(along * along + mu * here[0]));
    if (frame === frames - 1) return;
    for (let step = 0; step < steps; step++) {
      const t = frame * pause + step * h;
      const gamma = gammaOf();
      along += (h / 2) * ((-mu * here[1]) / (2 * gamma) + (push ? push(s, t) : 0));
      s += ((slow * along) / gamma) * h;
      if (s < from || s > to) {
        if (ends === 'lost') return;
        if (ends === 'join') s += s < from ? to - from : from - to;
        else {
          s = s < from ? 2 * from - s : 2 * to - s;
          along = -along;
        }
      }
      field(s, here);
      along += (h / 2) * ((-mu * here[1]) / (2 * gamma) + (push ? push(s, t + h) : 0));
      const total2 = along * along + mu * here[0];
      // the rate changes with the speed alone, and a hundredth of it is not seen
      if (Math.abs(total2 - known) > 0.02 * known) {
        known = total2;
        nu = rate(Math.sqrt(total2 / (1 + total2 / c2)));
      }
      if (nu > 0) {
        const spread = Math.min(0.5, nu * h);
        const u = random();
        const turned = 1 + 2 * spread * Math.log(u + (1 - u) * Math.exp(-1 / spread));
        const total = Math.sqrt(total2);
        const aside = Math.sqrt(Math.max(0, (1 - turned * turned) * mu * here[0]));
        along = along * turned + aside * Math.cos(2 * Math.PI * random());
        mu = Math.max(0, total * total - along * along) / here[0];
      }
      if (cone && mu * cone.Bmin < (1 - cone.xi * cone.xi) * total2)
        if (cone.sides === 'both' || along > 0 === (cone.sides === 'right')) return;
    }
  }
}
