import { expect, it } from 'vitest';
import { PASSES } from '../../src/fields/space/types.js';
import { OrbitRunner } from '../../src/kernel/index.js';
import { cos, sin, tanh } from '../../src/physics/elementary.js';
import { planOrbits } from '../../src/plan/orbits/plan.js';
import { parseOrbits } from '../../src/scenario/orbits/schema.js';
import { kernelModule } from '../kernel/load.js';

/** Bx and By of one pass of the kernel at these z, in kernel units. */
function look(pass: number, numbers: readonly number[], z: readonly number[]): { x: number[]; y: number[] } {
  const plan = planOrbits(
    parseOrbits({
      motion: 'fullOrbit',
      field: { kind: 'uniform', B: ['0 T', '0 T', '1 T'] },
      particles: { count: 64 },
      times: { until: '1 ns', count: 1 },
    }),
  );
  const { kernel } = new OrbitRunner(kernelModule(), {
    ...plan,
    fields: [{ pass, numbers: Float64Array.from(numbers) }],
  });
  const row = (start: WebAssembly.Global, k: number) =>
    new Float64Array(kernel.memory.buffer, start.value + k * kernel.ORBIT_ROW.value, 1024);
  const [x, y]: [number[], number[]] = [[], []];
  for (let from = 0; from < z.length; from += 1000) {
    const part = z.slice(from, from + 1000);
    row(kernel.ORBIT_X, 2).set(part);
    kernel.lookUp(0, part.length + (part.length % 2));
    x.push(...row(kernel.ORBIT_BX, 0).slice(0, part.length));
    y.push(...row(kernel.ORBIT_BX, 1).slice(0, part.length));
  }
  return { x, y };
}

/** Numbers of many sizes and both signs, and the neighbours of whole quarters of a turn. */
function angles(largest: number): number[] {
  const sizes = Array.from({ length: 9000 }, (_, i) => largest * 2 ** (-0.0068 * i));
  const quarters = Array.from({ length: 1000 }, (_, i) => (Math.floor((i * i * largest) / 1.6e6) * Math.PI) / 2);
  return [0, ...sizes, ...quarters].flatMap((x) => [x, -x]);
}

it('sine and cosine of the kernel, to 3e-16 up to a million', () => {
  const z = angles(1e6);
  const { x, y } = look(PASSES.circularWaves, [0, 1, 1, 0, 0, 1, 1, 0], z);
  const worst = (values: number[], reference: (z: number) => number) =>
    Math.max(...values.map((value, i) => Math.abs(value - reference(z[i]))));
  expect(worst(x, cos)).toBeLessThan(3e-16);
  expect(worst(y, sin)).toBeLessThan(3e-16);
  // relative, where the sine is small
  const small = z.map((angle, i) => [angle, y[i]]).filter(([angle]) => angle !== 0 && Math.abs(angle) < 0.5);
  expect(small.length).toBeGreaterThan(1000);
  expect(Math.max(...small.map(([angle, value]) => Math.abs(value / sin(angle) - 1)))).toBeLessThan(3e-16);
});

it('the hyperbolic tangent of the kernel, to 1e-15 of itself', () => {
  const z = angles(100).filter((x) => x !== 0);
  const { x } = look(PASSES.sheets, [1, 0, 1, 0, 0, 0, 1, 0], z);
  expect(Math.max(...x.map((value, i) => Math.abs(value / tanh(z[i]) - 1)))).toBeLessThan(1e-15);
  expect(look(PASSES.sheets, [1, 0, 1, 0, 0, 0, 1, 0], [1e300, -1e300, 0, 19.1]).x).toEqual([1, -1, 0, 1]);
});
