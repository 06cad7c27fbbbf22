import { describe, expect, it } from 'vitest';
import { buildField, parseOrbits, parseScenario, presets } from '../../src/index.js';
import { fieldOf, follow, randomOf } from '../../src/lab/session/lineMotion.js';
import { forcesOf, hasMirror, pathsOf } from '../../src/lab/session/mirror.js';
import { planRun } from '../../src/plan/plan.js';
import { near, refuted, z } from '../random.js';

function paths(text: string) {
  const scenario = parseScenario(text);
  const { reference, axes } = planRun(scenario);
  const input = pathsOf(scenario, reference, axes.times[axes.times.length - 1]);
  return input && { input, orbits: parseOrbits(input), scenario, reference };
}

describe('full orbits that are shown in a mirror', () => {
  it('are of the same field, speed, scattering and ends', () => {
    const found = paths(presets[0].yaml);
    if (!found) throw new Error('the default scenario has none');
    const { orbits, scenario, reference } = found;
    const { field } = orbits as unknown as { field: { B: number; scale: number } };
    // at the throats, which are half of the length away, B is the mirror ratio times that of the middle
    expect(field.B * (1 + (1 / field.scale) ** 2)).toBeCloseTo(5 * 0.5, 12);
    expect(orbits.boundary).toMatchObject({ lowZ: -1, highZ: 1 });
    expect(orbits.particles.speed).toMatchObject({ kind: 'mono', speed: expect.closeTo(reference.speed, 3) });
    expect(orbits.collisions.rate).toMatchObject({ value: expect.closeTo(reference.nu, 6) });
    expect(orbits.species.mass).toBe(scenario.species.mass);
  });

  it('are none where this field in space is not the scenario, or gyrations are too many', () => {
    for (const field of ['{ kind: uniform }', '{ kind: multiMirror, B: 1 T, ratio: 3, cells: 4, length: 4 m }'])
      expect(paths(`field: ${field}\ntimes: { until: 1 us }\ncollisions: { rate: 1e4 /s }`)).toBeUndefined();
    expect(paths('particles: { place: fluxTube }')).toBeUndefined();
    expect(paths('particles: { temperature: 1 keV }')).toBeUndefined();
    expect(paths('species: electron')).toBeUndefined();
  });

  it.each(presets.map(({ name, yaml }) => [name, yaml]))('are a scenario or none: %s', (_, yaml) => {
    expect(() => paths(yaml)).not.toThrow();
  });
});

it('only a uniform field without boundaries has no mirror to show', () => {
  expect(presets.filter(({ yaml }) => !hasMirror(parseScenario(yaml))).map(({ name }) => name)).toEqual(['beam']);
});

const fields = [
  '{ kind: parabolic, B: 0.5 T, ratio: 5, length: 2 m }',
  '{ kind: dipole, shellL: 4 }',
  '{ kind: twoCoil, B: 1 T, radius: 2 m, separation: 10 m }',
  '{ kind: multiMirror, B: 0.5 T, ratio: 3, cells: 5, length: 10 m }',
  '{ kind: table, s: { unit: m, values: [-2, -1, -0.5, 0, 0.7, 1.5] }, B: { unit: T, values: [3, 1, 0.6, 0.5, 0.8, 2.5] } }',
];

describe.each(fields)('guiding centres that are shown along %s', (field) => {
  const scenario = parseScenario(
    `field: ${field}\nparticles: { speed: 1e5 m/s }\ncollisions: none\ntimes: { until: 1 s }`,
  );
  const line = buildField(scenario.field);
  const at = fieldOf(line);
  const into = new Float64Array(2);

  it('see the field of the line', () => {
    const places = Array.from({ length: 998 }, (_, i) => line.sLeft + (i / 997) * line.length);
    const steepest = Math.max(...places.map((s) => Math.abs(line.gradient(s))));
    for (const s of places) {
      at(s, into);
      expect(Math.abs(into[0] / line.strength(s) - 1)).toBeLessThan(1e-6);
      expect(Math.abs(into[1] - line.gradient(s))).toBeLessThan(1e-6 * steepest);
    }
  });

  /** The strongest field that a particle of a midplane cosine meets, over the one it turns in. */
  const turn = (xi0: number, mirror = 1) => {
    const { reference } = planRun(scenario);
    const forces = forcesOf(scenario, line, reference, 1);
    const weaker = (s: number, pair: Float64Array) => {
      at(s, pair);
      pair[1] *= mirror;
    };
    let most = 0;
    const pause = (2 * reference.bouncePeriod) / 600;
    const v = reference.speed;
    follow(
      { s: line.sMid, along: v * xi0, across: v * Math.sqrt(1 - xi0 * xi0) },
      { ...forces, field: weaker },
      () => 0,
      { frames: 601, pause, steps: 32 },
      randomOf(1),
      (_, s) => {
        most = Math.max(most, line.strength(s));
      },
    );
    return (most * (1 - xi0 * xi0)) / line.Bmin - 1;
  };
  const edge = Math.sqrt(1 - line.Bmin / line.Bmax);

  it.each([0.3, 0.6, 0.9])('turn where B = B0/(1 - xi0^2), at %s of the loss cone', (part) => {
    expect(Math.abs(turn(part * edge))).toBeLessThan(2e-3);
  });

  it('would not with a mirror force that is 5 % too small', () => {
    expect(Math.abs(turn(0.6 * edge, 0.95))).toBeGreaterThan(4e-3);
  });
});

describe('scattering of the guiding centres that are shown', () => {
  const [nu, until, count] = [1e4, 4e-5, 20_000];
  /** <xi> at the end, which is to be xi0 exp(-2 nu t). */
  const mean = (rate: number) => {
    const random = randomOf(7);
    let [sum, squares] = [0, 0];
    const flat = (_: number, pair: Float64Array) => pair.set([1, 0]);
    for (let i = 0; i < count; i++)
      follow(
        { s: 0, along: 0.6e6, across: 0.8e6 },
        { from: -1e9, to: 1e9, field: flat, ends: 'lost', slow: 1 },
        () => rate,
        { frames: 2, pause: until, steps: 16 },
        random,
        (frame, _, xi) => {
          if (frame === 0) return;
          sum += xi;
          squares += xi * xi;
        },
      );
    const value = sum / count;
    const error = Math.sqrt((squares / count - value * value) / (count - 1));
    return { value, error, reference: 0.6 * Math.exp(-2 * nu * until) };
  };

  it('lets <xi> decay as exp(-2 nu t), and would not at a rate of 10 % more', () => {
    near([mean(nu)], '<xi>');
    const { reference, ...faster } = mean(1.1 * nu);
    refuted(z(faster, reference));
  });
});
