import { describe, expect, it } from 'vitest';
import { buildTokamak } from '../../src/fields/space/tokamak.js';
import { SPEED_OF_LIGHT } from '../../src/physics/constants.js';
import { PROTON } from '../../src/physics/species.js';
import * as vectors from '../../src/physics/vectors.js';
import { OrbitBlock } from './kernel.js';

const torus = { B0: 2, majorRadius: 10, minorRadius: 2, q0: 1.5, qa: 3 };
const field = buildTokamak(torus);
const unit = PROTON.charge / PROTON.mass;
const c = SPEED_OF_LIGHT;
const START = torus.majorRadius + 1;

/** `integral of B0 r/(q sqrt(1 - r^2/R0^2)) dr`, the flux between the axis and r over 2 pi, by Simpson's rule. */
function flux(r: number): number {
  const { B0, majorRadius, minorRadius, q0, qa } = torus;
  const slope = (x: number) =>
    (B0 * x) / (q0 + ((qa - q0) * x * x) / minorRadius ** 2) / Math.sqrt(1 - (x / majorRadius) ** 2);
  const n = 200;
  let sum = 0;
  for (let i = 0; i <= n; i++) sum += (i === 0 || i === n ? 1 : i % 2 ? 4 : 2) * slope((i * r) / n);
  return (sum * r) / n / 3;
}

/** Where the orbit from START at this pitch comes back through z = 0 outside, by its energy, mu and toroidal momentum [m from the axis]. */
function otherLeg(v: number, xi: number): number {
  const B = (R: number) => vectors.size(field.at(R, 0, 0, 0).B);
  const share = (R: number) => field.at(R, 0, 0, 0).B[1] / B(R);
  const mu2 = (v * v * (1 - xi * xi)) / B(START);
  const momentum = (R: number, u: number) => u * R * share(R) + unit * flux(R - torus.majorRadius);
  const target = momentum(START, v * xi);
  const off = (R: number) => momentum(R, -Math.sign(xi) * Math.sqrt(v * v - mu2 * B(R))) - target;
  // the other leg lies within two poloidal gyroradii: bisection over four
  const theta = Math.abs(field.at(START, 0, 0, 0).B[2]);
  const width = (4 * v * Math.abs(xi)) / (unit * theta);
  let [low, high] = xi > 0 ? [START, START + width] : [START - width, START];
  const rising = off(high) > off(low);
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (off(middle) > 0 === rising) high = middle;
    else low = middle;
  }
  return (low + high) / 2 - torus.majorRadius;
}

/** The same from the orbit itself, of a guiding centre or of the centre of a gyrating particle. */
function followed(kind: 'fullOrbit' | 'driftOrbit', v: number, xi: number): number {
  const block = new OrbitBlock({
    motion: { kind, tolerance: 1e-4 },
    field: { kind: 'tokamak', B0: '2 T', majorRadius: '10 m', minorRadius: '2 m', q0: 1.5, qa: 3 },
    particles: { count: 512, speed: `${v} m/s`, pitch: { kind: 'cosine', xi }, place: [`${START} m`, '0 m', '0 m'] },
    times: { until: '1 us', count: 1 },
  });
  const { kernel } = block.runner;
  const { timeUnit, fieldUnit } = block.plan.reference;
  // u and mu of a lane that is a centre, so that it is just where it should be
  const strength = vectors.size(field.at(START, 0, 0, 0).B) / fieldUnit;
  if (kind === 'driftOrbit')
    block.set(0, { x: [START, 0, 0], u: [(v * xi) / c, ((v / c) ** 2 * (1 - xi * xi)) / strength, 0] });
  const centre = (): { R: number; z: number } => {
    const { x, u } = block.lane(0);
    if (kind === 'driftOrbit') return { R: Math.hypot(x[0], x[1]), z: x[2] };
    const momentum = vectors.times(u, c);
    let at: vectors.Vector = x;
    // the centre is where the field is that the arm is reckoned with
    for (let i = 0; i < 4; i++) {
      const { B } = field.at(...at, 0);
      const size = vectors.size(B);
      at = vectors.plus(x, vectors.cross(vectors.times(B, 1 / size), momentum), -1 / (unit * size));
    }
    return { R: Math.hypot(at[0], at[1]), z: at[2] };
  };
  const step = 0.02 / v;
  let before = centre();
  let crossings = 0;
  for (let i = 0; i < 1e5; i++) {
    if (kind === 'driftOrbit') kernel.advanceCentres(0, 8, 0, step / timeUnit);
    else block.step(i * step, step);
    const now = centre();
    // the first crossing of the plane after it has left it is that of the other leg
    if (i > 10 && before.z * now.z < 0) {
      crossings++;
      return before.R + ((now.R - before.R) * before.z) / (before.z - now.z) - torus.majorRadius;
    }
    before = now;
  }
  throw new Error(`no second leg after ${crossings} crossings`);
}

describe('the banana of a trapped ion in a tokamak', () => {
  it.each([0.25, -0.25])('is as wide as its invariants say, as a guiding centre and in full: xi = %d', (xi) => {
    const v = 1e6;
    const exact = otherLeg(v, xi) - 1;
    expect(Math.abs(exact)).toBeGreaterThan(0.01);
    expect(Math.abs((followed('driftOrbit', v, xi) - 1) / exact - 1)).toBeLessThan(1e-6);
    expect(Math.abs((followed('fullOrbit', v, xi) - 1) / exact - 1)).toBeLessThan(2e-3);
  });

  it('is 2 m vPar/(q Btheta) wide where it is thin', () => {
    const theta = Math.abs(field.at(START, 0, 0, 0).B[2]);
    const ratio = (v: number) => (followed('driftOrbit', v, 0.25) - 1) / ((2 * v * 0.25) / (unit * theta));
    const [a, b] = [ratio(4e5), ratio(2e5)];
    expect(Math.abs(2 * b - a - 1)).toBeLessThan(3e-3);
  });
});
