import { describe, expect, it } from 'vitest';
import { buildField } from '../../src/fields/index.js';
import { findPreset, parseScenario, presets } from '../../src/scenario/index.js';

describe('presets', () => {
  it('have the names the manual gives, each once', () => {
    const names = presets.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
    for (const name of [
      'mirror',
      'beam',
      'filling-weak',
      'filling-medium',
      'filling-strong',
      'dipole-electrons',
      'ambipolar',
    ]) {
      expect(names).toContain(name);
    }
    expect(names[0]).toBe('mirror');
  });

  for (const { name, title, description, yaml } of presets) {
    it(`${name} parses, is named after itself and says what it shows`, () => {
      const scenario = parseScenario(yaml);
      expect(scenario.name).toBe(name);
      expect(title.length).toBeGreaterThan(10);
      expect(description.length).toBeGreaterThan(60);
      expect(yaml.startsWith('# ')).toBe(true);
      expect(buildField(scenario.field).interpolationError).toBeLessThan(1e-7);
    });
  }

  it('of the filling differ in the strength of scattering by a hundred', () => {
    const strengths = ['weak', 'medium', 'strong'].map((word) => {
      const { rate } = parseScenario(findPreset(`filling-${word}`)!.yaml).collisions;
      return rate.law === 'strength' ? rate.value : Number.NaN;
    });
    expect(strengths).toEqual([0.01, 1, 100]);
  });

  it('of the dipole is the loss cone of L = 4', () => {
    const field = buildField(parseScenario(findPreset('dipole-electrons')!.yaml).field);
    expect((Math.asin(Math.sqrt(field.Bmin / field.Bmax)) * 180) / Math.PI).toBeCloseTo(5.5, 1);
  });
});
