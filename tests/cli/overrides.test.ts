import { expect, it } from 'vitest';
import { CommandError } from '../../src/cli/errors.js';
import { withSettings } from '../../src/cli/overrides.js';

const document = { name: 'a', field: { kind: 'parabolic', ratio: 5 }, collisions: 'exact', times: { at: [1, 2] } };

it('sets numbers, quantities, words and lists, deep and new ones, and leaves the original alone', () => {
  const before = structuredClone(document);
  const settings = [
    'field.ratio=7.5',
    'field.length=2 m',
    'name=b',
    'times.at=[1, 3]',
    'tallies.xi.bins=32',
    'note=x=y',
  ];
  expect(withSettings(document, settings)).toEqual({
    name: 'b',
    field: { kind: 'parabolic', ratio: 7.5, length: '2 m' },
    collisions: 'exact',
    times: { at: [1, 3] },
    tallies: { xi: { bins: 32 } },
    note: 'x=y',
  });
  expect(document).toEqual(before);
});

it('keeps every digit of a whole number', () => {
  expect(withSettings({}, ['seed=18446744073709551615', 'a=9007199254740991'])).toEqual({
    seed: 18446744073709551615n,
    a: 9007199254740991,
  });
});

it('lets the last of two settings win', () => {
  expect(withSettings({}, ['a.b=1', 'a.b=2'])).toEqual({ a: { b: 2 } });
});

it('names what is wrong with a setting', () => {
  const message = (setting: string) => {
    try {
      withSettings(document, [setting]);
    } catch (error) {
      expect(error).toBeInstanceOf(CommandError);
      return (error as Error).message;
    }
    return 'accepted';
  };
  for (const wrong of ['field.ratio', '=5', 'a..b=1', '.a=1', 'a b=1', 'a.0=1'])
    expect(message(wrong)).toBe(`--set ${wrong}: is not a setting (key.path=value, e.g. field.ratio=5)`);
  expect(message('collisions.rate=1')).toBe(
    '--set collisions.rate=1: collisions is "exact" here (set that key as a whole)',
  );
  expect(message('times.at.x=1')).toContain('times.at is [1,2] here');
  expect(message('a=[1')).toContain('"[1" is not a value');
});

it('never reaches what objects inherit', () => {
  withSettings({}, ['constructor.prototype.polluted=1']);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect(() => withSettings({}, ['__proto__.polluted=1'])).toThrow(CommandError);
});
