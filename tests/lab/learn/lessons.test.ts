import { describe, expect, it } from 'vitest';
import { parseOrbits, parseScenario } from '../../../src/index.js';
import { placeOf, valueAt } from '../../../src/lab/learn/Dial.js';
import { type Settings, startOf } from '../../../src/lab/learn/lesson.js';
import { lessons } from '../../../src/lab/learn/registry.js';

const inSpace = (yaml: string) => /^motion:/m.test(yaml);

describe('every page', () => {
  it.each(lessons.map((one) => [one.name, one] as const))('%s: parses in every corner of its controls', (_, one) => {
    const corners = one.knobs.reduce<Settings[]>(
      (all, { key, min, max }) => all.flatMap((settings) => [min, max].map((value) => ({ ...settings, [key]: value }))),
      [startOf(one)],
    );
    for (const settings of [startOf(one), ...corners]) {
      const yaml = one.scenario(settings);
      expect(() => (inSpace(yaml) ? parseOrbits(yaml) : parseScenario(yaml)), yaml).not.toThrow();
      for (const { theory } of one.readings(settings, { rows: [] }))
        if (theory !== undefined) expect(theory).not.toBeNaN();
    }
  });

  it.each(lessons.map((one) => [one.name, one] as const))(
    '%s: names its sources and asks for a run first',
    (_, one) => {
      expect(one.sources.length).toBeGreaterThan(1);
      for (const { doi } of one.sources) if (doi) expect(doi).toMatch(/^10\.\d{4,}\//);
      for (const name of one.remembers)
        expect(one.readings(startOf(one), { rows: [] }).map((r) => r.name)).toContain(name);
      if (!one.question.entry)
        expect(one.question.check({ value: NaN, settings: startOf(one), readings: undefined, past: [] }).right).toBe(
          false,
        );
    },
  );

  it('has sliders that come back to their values', () => {
    for (const { knobs } of lessons)
      for (const knob of knobs) {
        expect(valueAt(knob, 0)).toBe(knob.min);
        expect(valueAt(knob, 200)).toBe(knob.max);
        expect(placeOf(knob, valueAt(knob, 77))).toBeCloseTo(77, -0.5);
      }
  });
});
