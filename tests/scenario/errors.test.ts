import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { parseScenario, ScenarioError, scenarioJsonSchema } from '../../src/scenario/index.js';
import { type BadInput, catalogue } from './catalogue.js';
import { accepts } from './jsonSchemaValidator.js';

/** What no message may show: stack traces, another library's words, things of the language. */
const JARGON = /Invalid input|expected .* received|ZodError|\bat .*:\d+:\d+|undefined|\[object|invalid_/i;

function messageOf({ input, csv }: BadInput): ScenarioError {
  try {
    parseScenario(input, csv === undefined ? {} : { files: () => csv });
  } catch (error) {
    expect(error).toBeInstanceOf(ScenarioError);
    return error as ScenarioError;
  }
  throw new Error(`accepted: ${JSON.stringify(input)}`);
}

describe('the error catalogue', () => {
  it('is long enough', () => expect(catalogue.length).toBeGreaterThan(150));

  for (const [i, bad] of catalogue.entries()) {
    it(`${i}: ${bad.says.slice(0, 80)}`, () => {
      const error = messageOf(bad);
      expect(error.code).toBe('SCENARIO');
      const lines = error.message.split('\n');
      expect(lines.filter((line) => line.includes(bad.says))).not.toEqual([]);
      expect(lines.length, error.message).toBe(error.faults.length);
      expect(error.message).not.toMatch(JARGON);
      for (const fault of error.faults) expect(fault.message).toMatch(/\(.*\)|is missing|is empty/);
    });
  }

  it('agrees with the JSON Schema', () => {
    const schema = scenarioJsonSchema();
    for (const { input, schema: refused } of catalogue) {
      if (!refused) continue;
      const data = typeof input === 'string' ? parseYaml(input) : input;
      expect(accepts(schema, data), JSON.stringify(input)).toBe(false);
    }
  });
});

describe('a scenario with many faults', () => {
  it('lists every one, sections together included', () => {
    const error = messageOf({
      input: {
        seed: -1,
        species: 'protn',
        particles: { count: 1e30, speed: '4e8 m/s', pitch: 'beem', plase: 'midplane' },
        field: { ratio: 0.8, B: '5 km', lenght: '2 m' },
        boundary: { kind: 'cone', ratio: 0.5 },
        collisions: { rate: 5 },
        times: { at: ['2 s', '1 s'] },
        motion: { tolerance: 2 },
        tallies: { xi: { bins: 0 } },
      },
      says: '',
    });
    expect(error.faults.map(({ path }) => path).sort()).toEqual(
      [
        'boundary.ratio',
        'collisions.rate',
        'field.B',
        'field.lenght',
        'field.ratio',
        'motion.tolerance',
        'particles.count',
        'particles.pitch',
        'particles.plase',
        'particles.speed',
        'seed',
        'species',
        'tallies.xi.bins',
        'times.at',
      ].sort(),
    );
    expect(error.faults.find(({ path }) => path === 'field.ratio')?.found).toBe('0.8');
  });

  it('still checks what the sound sections allow together', () => {
    const error = messageOf({
      input: 'seed: -1\nfield: uniform\nboundary: throat\nparticles: { place: 9 m }',
      says: '',
    });
    expect(error.faults.map(({ path }) => path)).toEqual(['seed', 'particles.place', 'boundary']);
  });
});
