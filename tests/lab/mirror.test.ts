import { describe, expect, it } from 'vitest';
import { parseOrbits, parseScenario, presets } from '../../src/index.js';
import { pathsOf } from '../../src/lab/session/mirror.js';
import { planRun } from '../../src/plan/plan.js';

function paths(text: string) {
  const scenario = parseScenario(text);
  const { reference, axes } = planRun(scenario);
  const input = pathsOf(scenario, reference, axes.times[axes.times.length - 1]);
  return input && { input, orbits: parseOrbits(input), scenario, reference };
}

describe('the paths that are shown in a mirror', () => {
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

  it('are none where this field in space is not the scenario', () => {
    for (const field of ['{ kind: uniform }', '{ kind: multiMirror, B: 1 T, ratio: 3, cells: 4, length: 4 m }'])
      expect(paths(`field: ${field}\ntimes: { until: 1 us }\ncollisions: { rate: 1e4 /s }`)).toBeUndefined();
    expect(paths('particles: { place: fluxTube }')).toBeUndefined();
    expect(paths('species: electron')).toBeUndefined(); // too many gyrations for a page
  });

  it.each(presets.map(({ name, yaml }) => [name, yaml]))('are a scenario or none: %s', (_, yaml) => {
    expect(() => paths(yaml)).not.toThrow();
  });
});
