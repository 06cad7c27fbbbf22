import { describe, expect, it } from 'vitest';
import {
  findPreset,
  formatScenario,
  parseScenario,
  ScenarioError,
  scenarioInput,
  scenarioJsonSchema,
} from '../../src/scenario/index.js';
import { MAX_BYTES } from '../../src/scenario/read.js';
import { cpuTime } from '../cpu.js';
import { accepts } from './jsonSchemaValidator.js';
import { sound } from './sound.js';

const e = 1.602176634e-19;

describe('parseScenario', () => {
  it('gives the default scenario for {}', () => {
    const scenario = parseScenario('{}');
    const mirror = parseScenario(findPreset('mirror')!.yaml);
    expect({ ...mirror, name: 'run' }).toEqual(scenario);
    expect(scenario.particles).toEqual({
      count: 1_000_000,
      stratify: { pitch: 1, speed: 1 },
      speed: { kind: 'mono', speed: scenario.particles.speed.kind === 'mono' ? scenario.particles.speed.speed : 0 },
      pitch: { kind: 'pancake', power: 2, only: 'all' },
      place: { kind: 'midplane' },
    });
    expect(scenario.field).toEqual({ kind: 'parabolic', B: 0.5, ratio: 5, length: 2 });
    expect(scenario.collisions).toEqual({ operator: 'exact', rate: { law: 'strength', value: 0.1 } });
    expect(scenario.boundary).toEqual({ kind: 'throat' });
    expect(scenario.times).toEqual({ at: null, count: 50, until: { collisionTimes: 2 }, spacing: 'linear' });
    expect(scenario.seed).toBe('1');
  });

  it('converts energies relativistically', () => {
    const speedOf = (text: string) => {
      const { speed } = parseScenario(text).particles;
      return speed.kind === 'mono' ? speed.speed : Number.NaN;
    };
    // K = (gamma - 1) m c^2 with gamma from the speed found.
    const c = 299792458;
    for (const [species, mass, energy] of [
      ['electron', 9.1093837015e-31, '1 MeV'],
      ['electron', 9.1093837015e-31, '30 eV'],
      ['proton', 1.67262192369e-27, '10 keV'],
    ] as const) {
      const v = speedOf(`species: ${species}\nparticles: { energy: ${energy} }`);
      const gamma = 1 / Math.sqrt((1 - v / c) * (1 + v / c));
      const kinetic = (mass * v * v * gamma * gamma) / (gamma + 1);
      expect(
        kinetic / e / (Number.parseFloat(energy) * { M: 1e6, k: 1e3, e: 1 }[energy.split(' ')[1][0]]!),
      ).toBeCloseTo(1, 12);
    }
    expect(speedOf('particles: { speed: 1e6 m/s }')).toBe(1e6);
    expect(speedOf('particles: { energy: 10 keV }')).toBe(speedOf('particles: { speed: 10 keV }'));
  });

  it('chooses what follows from other sections', () => {
    expect(parseScenario('field: uniform').boundary).toEqual({ kind: 'none' });
    expect(parseScenario('motion: homogeneous').boundary).toEqual({ kind: 'none' });
    expect(parseScenario('boundary: { kind: cone }').boundary).toEqual({ kind: 'cone', ratio: 5, sides: 'both' });
    expect(parseScenario('collisions: none').times.until).toEqual({ bounces: 20 });
    expect(parseScenario('{}').tallies.speed.bins).toBe(1);
    expect(parseScenario('particles: { temperature: 1 keV }').tallies.speed.bins).toBe(32);
    expect(parseScenario('potential: { kind: parabolic, drop: 1 V }').tallies.speed.bins).toBe(32);
  });

  it('reads YAML, JSON with tabs, and objects alike', () => {
    const yaml = parseScenario('field: { ratio: 3 }\nparticles: { count: 10 }');
    expect(parseScenario('{\n\t"field": {"ratio": 3},\n\t"particles":\t{"count": 1e1}\n}')).toEqual(yaml);
    expect(parseScenario({ field: { kind: 'parabolic', ratio: 3 }, particles: { count: 10 } })).toEqual(yaml);
    expect(parseScenario('\uFEFFfield: { ratio: 3 }\r\nparticles: { count: 10 }\r\n')).toEqual(yaml);
  });

  it('reads seeds exactly', () => {
    expect(parseScenario('seed: 18446744073709551615').seed).toBe('18446744073709551615');
    expect(parseScenario('seed: 9007199254740993').seed).toBe('9007199254740993');
    expect(parseScenario({ seed: '007' }).seed).toBe('7');
    expect(parseScenario({ seed: Number.MAX_SAFE_INTEGER }).seed).toBe('9007199254740991');
  });

  it('takes typed arrays and tables from files', () => {
    const csv = '# a coil\ns [cm], B [G]\n-100, 5000\n0, 1000\n100, 4000\n';
    const inline = parseScenario({
      field: {
        kind: 'table',
        s: { unit: 'm', values: Float64Array.of(-1, 0, 1) as unknown as number[] },
        B: { unit: 'T', values: [0.5, 0.1, 0.4] },
      },
    });
    const asked: string[] = [];
    const files = (name: string) => {
      asked.push(name);
      return csv;
    };
    expect(parseScenario('field: { kind: table, file: data/coil.csv }', { files })).toEqual(inline);
    expect(asked).toEqual(['data/coil.csv']);
    for (const text of [
      's;B\ncm;G\n-100;5000\n0;1000\n100;4000',
      '"s [cm]"\t"B [G]"\r\n-100\t5000\r\n0\t1000\r\n100\t4000',
    ]) {
      expect(parseScenario('field: { kind: table, file: coil.csv }', { files: () => text })).toEqual(inline);
    }
    const noHeader = parseScenario('field: { kind: table, file: coil.csv }', { files: () => '-1,0.5\n0,0.1\n1,0.4' });
    expect(noHeader).toEqual(inline);
  });

  it('says which file is missing, and nothing of the machine', () => {
    const files = () => {
      throw Object.assign(new Error('ENOENT: no such file, open /home/someone/x.csv'), { code: 'ENOENT' });
    };
    const text = 'field: { kind: table, file: x.csv }';
    expect(() => parseScenario(text, { files })).toThrow(
      '"x.csv" cannot be read (there is no such file beside the scenario)',
    );
    expect(() => parseScenario(text, { files })).not.toThrow('/home');
  });
});

describe('round trips', () => {
  for (const text of sound) {
    it(text.split('\n').slice(0, 3).join(' ').slice(0, 90), () => {
      const scenario = parseScenario(text);
      expect(parseScenario(formatScenario(scenario))).toEqual(scenario);
      expect(parseScenario(JSON.stringify(scenarioInput(scenario)))).toEqual(scenario);
      expect(structuredClone(scenario)).toEqual(scenario);
    });
  }
});

describe('the JSON Schema', () => {
  const schema = scenarioJsonSchema();

  it('accepts every sound scenario, as written and as formatted', async () => {
    const { parse } = await import('yaml');
    for (const text of sound) {
      expect(accepts(schema, parse(text)), text).toBe(true);
      expect(accepts(schema, scenarioInput(parseScenario(text))), `formatted: ${text}`).toBe(true);
    }
  });

  it('is of draft 2020-12 and describes every key, with its unit where it is a number', () => {
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    const lacking: string[] = [];
    const walk = (node: unknown, path: string, isKey: boolean) => {
      if (typeof node !== 'object' || node === null) return;
      const it = node as Record<string, unknown>;
      if (isKey && it.description === undefined) lacking.push(path);
      if (isKey && (it.type === 'number' || it.type === 'integer') && it.unit === undefined)
        lacking.push(`${path}: unit`);
      for (const [key, inner] of Object.entries((it.properties ?? {}) as object)) walk(inner, `${path}.${key}`, true);
      for (const key of ['oneOf', 'anyOf']) for (const inner of (it[key] ?? []) as unknown[]) walk(inner, path, false);
    };
    walk(schema, '', true);
    // What stands only in short forms is described by the full form beside it.
    const shortForms = /speed\.(kind|energy)$|species\.(name|mass|charge)|until\.|\.(unit|values)(: unit)?$/;
    expect(lacking.filter((path) => !shortForms.test(path))).toEqual([]);
  });
});

describe('hostile input', () => {
  const refused = (input: unknown) => {
    const start = cpuTime();
    expect(() => parseScenario(input as string)).toThrow(ScenarioError);
    return cpuTime() - start;
  };

  it('does not pollute prototypes', () => {
    refused('{"__proto__": {"polluted": 1}}');
    refused(JSON.parse('{"field": {"__proto__": {"polluted": 1}}}'));
    refused('field: { constructor: { prototype: { polluted: 1 } } }');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    refused(Object.create({ seed: 7 }));
  });

  it('refuses deep, wide and cyclic objects', () => {
    const cyclic: Record<string, unknown> = {};
    cyclic.field = cyclic;
    refused(cyclic);
    let wide: unknown = 1;
    for (let i = 0; i < 30; i++) wide = [wide, wide];
    expect(refused({ field: wide })).toBeLessThan(2000);
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i++) deep = { field: deep };
    refused(deep);
    refused({ times: { at: new Array(2 ** 30) } });
  });

  it('refuses what is not plain data', () => {
    for (const input of [null, 3, undefined, Symbol('x'), () => 1, new Date(), new Map(), [], { field: new Date() }])
      refused(input);
    refused({ seed: () => 1 });
    refused(
      new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error('secret');
          },
        },
      ),
    );
    refused({
      get field() {
        throw new Error('secret');
      },
    });
  });

  it('refuses long and twisted texts in bounded time', () => {
    const n = 20_000;
    const texts = [
      '['.repeat(n),
      '{'.repeat(n),
      '- '.repeat(n),
      '? '.repeat(n),
      'a: '.repeat(n),
      `[${','.repeat(n)}]`,
      '"',
      '\0'.repeat(n),
      '!'.repeat(n),
      '- &a a\n'.repeat(n / 10),
      `a: [${'*a,'.repeat(n / 10)}]`,
      `field: {${Array.from({ length: n / 10 }, (_, i) => `k${i}: 1`).join(', ')}}`,
      'x'.repeat(MAX_BYTES + 1),
      'é'.repeat(MAX_BYTES / 2 + 1),
      `{"a":${'['.repeat(10000)}${']'.repeat(10000)}}`,
    ];
    for (const text of texts) expect(refused(text), text.slice(0, 20)).toBeLessThan(5000);
  });

  it('looks at a text of the largest size before it builds anything of it', () => {
    const filled = (part: string, before = '') => (before + part.repeat(MAX_BYTES / part.length)).slice(0, MAX_BYTES);
    const message = (text: string) => {
      try {
        parseScenario(text);
        return 'read';
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(message(filled('}'))).toBe('line 1, column 1: "}" closes nothing (leave it out)');
    expect(message(filled('['))).toMatch(/^line 1, column 33: nesting deeper than 32 levels/);
    expect(message(filled('[a: 1, ', '# first\n'))).toMatch(/^line 2, column 225: nesting deeper than 32 levels/);
    for (const text of [filled('1,', 'a: ['), filled('a: b: c\n'), filled('-\n'), filled('- {b: 1}\n', 'a:\n')])
      expect(message(text)).toMatch(/^line \d+, column \d+: more than 200000 words and signs \(must be fewer/);
    // What a person writes passes: 20,000 rows of two columns.
    const rows = Array.from({ length: 20_000 }, (_, i) => i).join(', ');
    expect(
      message(`field: { kind: table, s: { unit: m, values: [${rows}] }, B: { unit: T, values: [${rows}] } }`),
    ).toContain('field.B: row 1: 0 T');
  });

  it('caps tables', () => {
    const rows = Array.from({ length: 100_001 }, (_, i) => i);
    const input = {
      field: { kind: 'table', s: { unit: 'm', values: rows }, B: { unit: 'T', values: rows.map(() => 1) } },
    };
    expect(() => parseScenario(input as never)).toThrow('field.s: has 100001 rows (must have at most 100000)');
    const csv = rows.map((i) => `${i},1`).join('\n');
    expect(() => parseScenario('field: { kind: table, file: x.csv }', { files: () => csv })).toThrow(
      'has more than 100000 rows',
    );
  });
});
