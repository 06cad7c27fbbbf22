import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  buildSpaceField,
  type SpaceField,
  type SpaceSpec,
  spacePotentialSchema,
  spaceProfiles,
  spaceSchema,
  type Vector,
  withPotential,
} from '../../src/fields/space/index.js';
import { PASSES } from '../../src/fields/space/types.js';
import * as vectors from '../../src/physics/vectors.js';
import type { OrbitInput } from '../../src/scenario/orbits/schema.js';
import { OrbitBlock } from '../orbits/kernel.js';

/** The profiles' own examples, and others of their variants. */
const specs: Record<string, unknown>[] = [
  ...spaceProfiles.map(({ example }) => example),
  { kind: 'uniform', B: ['1 T', '-2 T', '3 T'], E: ['1 kV/m', '2 kV/m', '-3 kV/m'] },
  { kind: 'currentSheet', B0: '5 nT', thickness: '1 km', normalField: '5 nT' },
  { kind: 'coils', current: '1 MA', radius: '2 m', separation: '1 m' },
  { kind: 'sheets', B0: '1 T', thickness: '1 cm', separations: ['20 cm', '10 cm'], count: 9, normalField: '0.1 T' },
  { kind: 'tokamak', B0: '5 T', majorRadius: '10 m', minorRadius: '1 m', q0: 2, qa: 1.5 },
  {
    kind: 'turbulence',
    B: ['1 nT', '2 nT', '2 nT'],
    amplitude: '3 nT',
    waves: 9,
    longest: '1e5 km',
    shortest: '1e4 km',
    slope: 2,
    directions: 'slab',
    phaseSpeed: '0.5 c',
  },
  {
    kind: 'wave',
    B0: '1 T',
    waves: [{ amplitude: '0.1 T', polarisation: 'left', wavelength: '1 m', frequency: '0 Hz', phase: '2 rad' }],
  },
  { kind: 'ramp', from: '2 T', to: '1 T', course: { kind: 'linear', duration: '1 us' } },
  {
    kind: 'bottle',
    B: '1 T',
    scale: '1 m',
    potential: { kind: 'quadratic', voltage: '-3 kV', length: '2 m', shape: [-1, 0.25, 2] },
  },
  {
    kind: 'ramp',
    from: '2 T',
    to: '1 T',
    course: { kind: 'linear', duration: '1 us' },
    potential: { kind: 'linear', E: ['1 kV/m', '2 kV/m', '-3 kV/m'] },
  },
];

/** A field by what a scenario says of it, with the potential beside it if there is one. */
function build({ potential, ...spec }: Record<string, unknown>): SpaceField {
  const beside = potential === undefined ? null : spacePotentialSchema.parse(potential);
  return withPotential(buildSpaceField(spaceSchema.parse(spec) as SpaceSpec), beside);
}

/** Numbers from 0 to 1 that are the same in every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Event {
  readonly place: Vector;
  readonly time: number;
}

/** Places within a few scales of where particles start, and times within a few periods. */
function events(field: SpaceField, count: number): Event[] {
  const random = numbers(12345);
  const size = Number.isFinite(field.scale) ? field.scale : 1;
  const origin = field.origin ?? [0, 0, 0];
  const { lowX, highX, highR } = field.ends ?? {};
  // in a table, no farther than it goes
  const edge = highX ?? highR;
  const reach = edge === undefined ? 3 * size : 0.49 * (edge - (lowX ?? origin[0]));
  const around = (centre: number) => centre + reach * (2 * random() - 1);
  const found: Event[] = [];
  while (found.length < count) {
    const place: Vector = [around(origin[0]), around(origin[1]), around(origin[2])];
    const time = field.frequency > 0 ? (10 * (2 * random() - 0.5)) / field.frequency : 0;
    if (vectors.size(place) >= (field.ends?.innerRadius ?? 0)) found.push({ place, time });
  }
  return found;
}

/** The kernel's fields at these places and times, in SI. */
function kernelFields(
  { potential, ...field }: Record<string, unknown>,
  at: readonly Event[],
): { B: Vector; E: Vector }[] {
  const block = new OrbitBlock({
    motion: 'fullOrbit',
    field: field as OrbitInput['field'],
    ...(potential !== undefined && { potential: potential as OrbitInput['potential'] }),
    particles: { count: 64, speed: '1e4 m/s', reference: 'particle' },
    times: { until: '1 ns', count: 1 },
  });
  const { lengthUnit, timeUnit, fieldUnit } = block.plan.reference;
  const { kernel } = block.runner;
  const row = (start: WebAssembly.Global, k = 0) =>
    new Float64Array(kernel.memory.buffer, start.value + k * kernel.ORBIT_ROW.value, 1024);
  at.forEach(({ place, time }, i) => {
    for (let k = 0; k < 3; k++) row(kernel.ORBIT_X, k)[i] = place[k] / lengthUnit;
    row(kernel.ORBIT_TIME)[i] = time / timeUnit;
  });
  kernel.lookUp(0, at.length);
  const electricUnit = (fieldUnit * lengthUnit) / timeUnit;
  const vector = (start: WebAssembly.Global, i: number, unit: number): Vector => [
    row(start, 0)[i] * unit,
    row(start, 1)[i] * unit,
    row(start, 2)[i] * unit,
  ];
  return at.map((_, i) => ({
    B: vector(kernel.ORBIT_BX, i, fieldUnit),
    E: block.plan.parameters.electric === 1 ? vector(kernel.ORBIT_EX, i, electricUnit) : [0, 0, 0],
  }));
}

/** Rows of derivatives, `[i][k]`: of component k along axis i, and how far they can be off by what two distances say. */
function derivatives(
  value: (place: Vector) => Vector,
  place: Vector,
  h: number,
  smooth = true,
): { slopes: number[][]; error: number } {
  const along = (axis: number, distance: number): number[] => {
    const step = vectors.times([axis === 0 ? 1 : 0, axis === 1 ? 1 : 0, axis === 2 ? 1 : 0], distance);
    const [ahead, behind] = [value(vectors.plus(place, step)), value(vectors.plus(place, step, -1))];
    return ahead.map((b, k) => (b - behind[k]) / (2 * distance));
  };
  const fine = [0, 1, 2].map((axis) => along(axis, h));
  const coarse = [0, 1, 2].map((axis) => along(axis, 2 * h));
  // differences of the fourth order; what the coarse one is off by bounds what they are off by
  const slopes = fine.map((row, i) => row.map((slope, k) => (4 * slope - coarse[i][k]) / 3));
  const largest = Math.max(...slopes.flat().map(Math.abs));
  const off = Math.max(...fine.flatMap((row, i) => row.map((slope, k) => Math.abs(slope - coarse[i][k]))));
  const rounding = (1e-15 * vectors.size(value(place))) / h;
  // where a second derivative jumps, as between the cells of a table, the fourth order is no better than the coarse one
  return { slopes, error: (smooth ? 0.01 : 3) * off + 1e-12 * largest + 4 * rounding };
}

/** |div B| over what the differences can be off by; at most 1 for a magnetic field. */
function divergence(B: (place: Vector) => Vector, place: Vector, h: number, own = 0, smooth = true): number {
  const { slopes, error } = derivatives(B, place, h, smooth);
  return Math.abs(slopes[0][0] + slopes[1][1] + slopes[2][2]) / (error + own);
}

/** |curl E + dB/dt| over what the differences can be off by. */
function faraday(field: SpaceField, { place, time }: Event, h: number): number {
  const { slopes, error } = derivatives((at) => field.at(...at, time).E, place, h);
  const curl: Vector = [slopes[1][2] - slopes[2][1], slopes[2][0] - slopes[0][2], slopes[0][1] - slopes[1][0]];
  if (field.frequency === 0) return vectors.size(curl) / Math.max(error, 1e-300);
  const dt = 1e-3 / field.frequency;
  const change = (by: number) => vectors.plus(field.at(...place, time + by).B, field.at(...place, time - by).B, -1);
  const [fine, coarse] = [vectors.times(change(dt), 0.5 / dt), vectors.times(change(2 * dt), 0.25 / dt)];
  const rate = vectors.plus(vectors.times(fine, 4 / 3), coarse, -1 / 3);
  const off = 0.01 * vectors.size(vectors.plus(fine, coarse, -1)) + 1e-11 * vectors.size(rate);
  const rounding = (4e-15 * vectors.size(field.at(...place, time).B)) / dt;
  return vectors.size(vectors.plus(curl, rate)) / (error + off + rounding);
}

/** Distance of the differences: where the field jumps, none may straddle it. */
function distance(field: SpaceField, place: Vector): number {
  const h = 1e-3 * (Number.isFinite(field.scale) ? field.scale : 1);
  return field.kind === 'step' ? Math.min(h, Math.abs(place[2]) / 3) : h;
}

describe('every field in space', () => {
  it('is registered once', () => {
    const kinds = spaceProfiles.map(({ kind }) => kind);
    expect(kinds).toEqual([...new Set(kinds)]);
  });

  it('has the number that the kernel gives its pass', () => {
    const source = readFileSync(
      fileURLToPath(new URL('../../assembly/orbits/fields/index.ts', import.meta.url)),
      'utf8',
    );
    const cases = [...source.matchAll(/case (\d+):\s*(\w+)<W>\(to, first, lanes, numbers\);/g)];
    expect(Object.fromEntries(cases.map(([, number, name]) => [name, Number(number)]))).toEqual(PASSES);
  });

  for (const spec of specs) {
    describe(JSON.stringify(spec).slice(0, 100), () => {
      const field = build(spec);
      const at = events(field, 200);

      it('is the same in the kernel, to 1e-12, and finite', () => {
        const largest = Math.max(...at.map(({ place, time }) => vectors.size(field.at(...place, time).E)));
        const worst = { B: 0, E: 0 };
        kernelFields(spec, at).forEach(({ B, E }, i) => {
          const host = field.at(...at[i].place, at[i].time);
          expect(vectors.size(host.B)).toBeLessThan(Infinity);
          worst.B = Math.max(worst.B, vectors.size(vectors.plus(B, host.B, -1)) / vectors.size(host.B));
          worst.E = Math.max(worst.E, vectors.size(vectors.plus(E, host.E, -1)) / (largest || 1));
          expect(field.electric || vectors.size(host.E) === 0).toBe(true);
        });
        expect(worst.B).toBeLessThan(1e-12);
        expect(worst.E).toBeLessThan(1e-12);
      });

      it('depends on z and time alone where it says so, and nowhere else', () => {
        const moved = ({ place: [x, y, z], time }: Event) => {
          const [here, there] = [
            field.at(x, y, z, time),
            field.at(x + 0.1 * Math.abs(x), y - 0.3 * Math.abs(y), z, time),
          ];
          return vectors.size(vectors.plus(here.B, there.B, -1)) + vectors.size(vectors.plus(here.E, there.E, -1));
        };
        expect(Math.max(...at.map(moved)) === 0).toBe(field.layered === true);
      });

      it('says that it is layered only where it depends on z and time alone', () => {
        const there = ({ place: [, , z], time }: Event, x: number, y: number) => field.at(x, y, z, time);
        for (const event of field.layered ? at : []) expect(there(event, 3, -7)).toEqual(there(event, 0, 0));
      });

      it('is free of divergence, and its E is what its change asks for', () => {
        for (const event of at) {
          const h = distance(field, event.place);
          const B = (place: Vector) => field.at(...place, event.time).B;
          const smooth = field.kind !== 'grid' && field.kind !== 'eqdsk';
          expect(divergence(B, event.place, h, field.divergence, smooth)).toBeLessThan(1);
          expect(faraday(field, event, h)).toBeLessThan(1);
        }
      });
    });
  }
});

describe('the checks would notice', () => {
  const dipole = build({ kind: 'dipole' });
  const wave = build({ ...spaceProfiles.find(({ kind }) => kind === 'wave')?.example });

  it('a divergence of a thousandth', () => {
    const place: Vector = [2 * dipole.scale, dipole.scale, dipole.scale];
    const B = (at: Vector) => dipole.at(...at, 0).B;
    const bent = (at: Vector): Vector => [1.001 * B(at)[0], B(at)[1], B(at)[2]];
    expect(divergence(B, place, 1e-3 * dipole.scale)).toBeLessThan(1);
    expect(divergence(bent, place, 1e-3 * dipole.scale)).toBeGreaterThan(1);
  });

  it('an electric field that is a thousandth too strong', () => {
    const strong: SpaceField = {
      ...wave,
      at: (x, y, z, t) => ({ B: wave.at(x, y, z, t).B, E: vectors.times(wave.at(x, y, z, t).E, 1.001) }),
    };
    const event: Event = { place: [0, 0, 0.3 * wave.scale], time: 0.1 / wave.frequency };
    expect(faraday(wave, event, 1e-3 * wave.scale)).toBeLessThan(1);
    expect(faraday(strong, event, 1e-3 * wave.scale)).toBeGreaterThan(1);
  });
});
