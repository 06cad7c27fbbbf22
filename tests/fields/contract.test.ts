import { describe, expect, it } from 'vitest';
import {
  buildField,
  buildParallelField,
  buildPotential,
  describeField,
  type FieldSpec,
  fieldProfiles,
  fieldSchema,
  type LineField,
  type PotentialSpec,
  potentialProfiles,
  potentialSchema,
} from '../../src/fields/index.js';
import { hermite, MARGIN, MAX_NODES } from '../../src/fields/tabulate.js';

/** More specifications than the profiles' own examples: the ends of their ranges and lopsided tables. */
const specs: Record<string, unknown>[] = [
  ...fieldProfiles.map(({ example }) => example),
  { kind: 'parabolic', B: '1 nT', ratio: 1.001, length: '1e9 m' },
  { kind: 'parabolic', B: '5 T', ratio: 1e4, length: '1 cm' },
  { kind: 'dipole', shellL: 1.05, lossAltitude: '0 m' },
  { kind: 'dipole', shellL: 8, lossAltitude: '500 km', B0: '31 uT' },
  { kind: 'twoCoil', current: '1 MA', radius: '1 m', separation: '1.01 m' },
  { kind: 'twoCoil', B: '1 T', radius: '1 m', separation: '12 m' },
  { kind: 'multiMirror', B: '1 T', ratio: 1.5, cells: 4, length: '3 m' },
  { kind: 'multiMirror', B: '1 T', ratio: 20, cells: 1, length: '3 m' },
  { kind: 'table', s: ['0 m', '1 m', '3 m', '3.5 m', '9 m'], B: ['3 T', '1 T', '1.1 T', '5 T', '4 T'] },
  { kind: 'table', s: ['-2 m', '-1 m', '0 m', '1 m', '2 m'], B: ['1 T', '3 T', '1 T', '3 T', '1.5 T'] },
];

const build = (spec: unknown): LineField => buildField(fieldSchema.parse(spec) as FieldSpec);
/** The places a test looks at: throat to throat, and two grid cells beyond. */
function places({ sLeft, sRight, length, kernel }: LineField, n: number): number[] {
  const beyond = kernel.kind === 'tabulated' ? 1.5 * kernel.ds : 1e-3 * length;
  return Array.from({ length: n + 1 }, (_, i) => sLeft - beyond + ((sRight - sLeft + 2 * beyond) * i) / n);
}

describe('every registered field', () => {
  it('is registered once', () => {
    const kinds = fieldProfiles.map(({ kind }) => kind);
    expect(kinds).toEqual([...new Set(kinds)]);
  });

  for (const spec of specs) {
    describe(JSON.stringify(spec).slice(0, 90), () => {
      const field = build(spec);
      const { sLeft, sRight, sMid, Bmin, Bmax, kernel } = field;

      it('has a length, throats and a midplane that agree with its strength', () => {
        expect(field.kind).toBe(spec.kind);
        expect(field.length).toBeCloseTo(sRight - sLeft, 12);
        expect(sLeft).toBeLessThan(sMid);
        expect(sMid).toBeLessThan(sRight);
        expect(field.strength(sMid) / Bmin).toBeCloseTo(1, 12);
        expect(Math.min(field.strength(sLeft), field.strength(sRight)) / Bmax).toBeCloseTo(1, 12);
        for (const s of places(field, 500)) {
          if (s >= sLeft && s <= sRight) expect(field.strength(s)).toBeGreaterThanOrEqual(Bmin * (1 - 1e-12));
        }
        if (spec.kind !== 'uniform') expect(Bmax).toBeGreaterThan(Bmin);
      });

      it('is positive and finite throughout, and a little beyond', () => {
        for (const s of places(field, 500)) {
          expect(field.strength(s)).toBeGreaterThan(0);
          expect(Number.isFinite(field.strength(s)) && Number.isFinite(field.gradient(s))).toBe(true);
        }
      });

      it('has the gradient of its strength, by differences that shrink as h^2', () => {
        const difference = (s: number, h: number) => (field.strength(s + h) - field.strength(s - h)) / (2 * h);
        const size = (Bmax - Bmin || Bmin) / field.length;
        for (const s of places(field, 97).slice(1, -1)) {
          // Away from the joints of a table, whose third derivative jumps there.
          const h = 1e-5 * field.length;
          const error = Math.abs(difference(s, h) - field.gradient(s));
          expect(error).toBeLessThan(
            1e-6 * Math.max(size, Math.abs(field.gradient(s))) + (2e-16 * field.strength(s)) / h,
          );
        }
      });

      it('gives the kernel what its strength is', () => {
        if (kernel.kind === 'uniform') expect(field.strength(0.3 * field.length)).toBe(Bmin);
        else if (kernel.kind === 'parabolic') {
          for (const s of places(field, 50)) {
            expect((Bmin * (1 + (s / kernel.scale) ** 2)) / field.strength(s)).toBeCloseTo(1, 12);
          }
        } else {
          const { s0, ds, B, dBds } = kernel;
          expect(B.length).toBe(dBds.length);
          expect(B.length).toBeLessThanOrEqual(MAX_NODES);
          expect(s0).toBeLessThanOrEqual(sLeft - (MARGIN - 1e-6) * ds);
          expect(s0 + (B.length - 1) * ds).toBeGreaterThanOrEqual(sRight + (MARGIN - 1e-6) * ds);
          for (let i = 0; i < B.length; i++) {
            expect(B[i]).toBe(field.strength(s0 + i * ds));
            expect(dBds[i]).toBe(field.gradient(s0 + i * ds));
          }
          let worst = 0;
          const table = { kind: 'tabulated', s0, ds, value: B, slope: dBds } as const;
          for (let i = 0; i <= 5003; i++) {
            const s = sLeft + ((sRight - sLeft) * i) / 5003;
            worst = Math.max(worst, Math.abs(hermite(table, s) / field.strength(s) - 1));
          }
          expect(worst).toBeLessThanOrEqual(1.3 * field.interpolationError + 1e-15);
          // Rows at uneven distances leave kinks of the second derivative between the nodes.
          expect(field.interpolationError).toBeLessThan(spec.kind === 'table' ? 1e-6 : 1e-7);
        }
      });

      it('describes itself', () => {
        const { mirrorRatio, lossConeAngle, bouncePeriod } = describeField(field);
        expect(mirrorRatio.value).toBe(Bmax / Bmin);
        if (spec.kind !== 'uniform') {
          expect(Math.sin(lossConeAngle.value) ** 2 * mirrorRatio.value).toBeCloseTo(1, 12);
          expect(bouncePeriod.value).toBeGreaterThan(0);
          expect(bouncePeriod.value).toBeLessThan(Number.POSITIVE_INFINITY);
        }
      });
    });
  }

  it('would be caught with a gradient a percent off', () => {
    const field = build({ kind: 'twoCoil', B: '1 T', radius: '1 m', separation: '4 m' });
    const h = 1e-5 * field.length;
    const wrong = 1.01 * field.gradient(0.7);
    const error = Math.abs((field.strength(0.7 + h) - field.strength(0.7 - h)) / (2 * h) - wrong);
    expect(error).toBeGreaterThan(1e-6 * Math.abs(wrong));
  });
});

describe('every registered potential', () => {
  const lines = [
    build({ kind: 'parabolic', B: '1 T', ratio: 4, length: '2 m' }),
    build({ kind: 'twoCoil', B: '1 T', radius: '0.5 m', separation: '2 m' }),
    build({ kind: 'table', s: ['-1 m', '0 m', '0.4 m', '1 m'], B: ['3 T', '1 T', '1.1 T', '2 T'] }),
  ];
  for (const { kind, example } of potentialProfiles) {
    it(`${kind}: gradient, kernel table and midplane`, () => {
      for (const field of lines) {
        const potential = buildPotential(potentialSchema.parse(example) as PotentialSpec, field);
        expect(potential.kind).toBe(kind);
        if (kind !== 'table') {
          expect(potential.value(field.sMid)).toBeCloseTo(0, 9);
          expect(potential.value(field.sLeft) / potential.value(field.sRight)).toBeCloseTo(1, 9);
        }
        const largest = Math.max(Math.abs(potential.value(field.sLeft)), Math.abs(potential.value(field.sRight)));
        const h = 1e-6 * field.length;
        for (let i = 1; i < 60; i++) {
          const s = field.sLeft + (field.length * i) / 60;
          const difference = (potential.value(s + h) - potential.value(s - h)) / (2 * h);
          expect(Math.abs(difference - potential.gradient(s))).toBeLessThan(
            (1e-5 * largest) / field.length + (1e-15 * largest) / h,
          );
        }
        const { kernel } = potential;
        expect(kernel.s0).toBeLessThanOrEqual(field.sLeft - 1.99 * kernel.ds);
        expect(kernel.s0 + (kernel.value.length - 1) * kernel.ds).toBeGreaterThanOrEqual(
          field.sRight + 1.99 * kernel.ds,
        );
        for (let i = 0; i < kernel.value.length; i++) {
          expect(kernel.value[i]).toBe(potential.value(kernel.s0 + i * kernel.ds));
          expect(Number.isFinite(kernel.slope[i])).toBe(true);
        }
        expect(potential.interpolationError).toBeLessThan(1e-7);
      }
    });
  }
});

describe('parallel fields', () => {
  const field = build({ kind: 'parabolic', B: '1 T', ratio: 4, length: '2 m' });
  const profile = { kind: 'uniform', E: 2 } as const;

  it('vary in time as they say', () => {
    const ramp = buildParallelField({ profile, time: { kind: 'ramp', duration: 4 } }, field);
    expect([-1, 0, 1, 4, 9].map(ramp.time)).toEqual([0, 0, 0.25, 1, 1]);
    const sine = buildParallelField({ profile, time: { kind: 'sine', frequency: 0.25, phase: 0 } }, field);
    expect(sine.time(1)).toBeCloseTo(1, 14);
    expect(sine.time(2)).toBeCloseTo(0, 14);
    const pulse = buildParallelField({ profile, time: { kind: 'pulse', centre: 3, width: 2 } }, field);
    expect(pulse.time(3)).toBe(1);
    expect(pulse.time(5)).toBeCloseTo(Math.exp(-0.5), 14);
    expect(buildParallelField({ profile, time: { kind: 'constant' } }, field).time(1e9)).toBe(1);
  });

  it('go through their tables', () => {
    const spec = {
      profile: { kind: 'table' as const, s: [-1, -0.5, 0, 0.5, 1], E: [0, -1, 0, 1, 0] },
      time: { kind: 'constant' as const },
    };
    const E = buildParallelField(spec, field);
    expect(spec.profile.s.map(E.value)).toEqual(spec.profile.E);
    const { kernel } = E;
    if (kernel.kind !== 'tabulated') throw new Error('not a table');
    for (const s of [-0.9, -0.3, 0.2, 0.77]) expect(hermite(kernel, s)).toBeCloseTo(E.value(s), 6);
  });
});
