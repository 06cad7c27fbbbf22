import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/index.js';
import { lineFigures } from '../../src/lab/session/telling.js';
import { Turns } from '../../src/lab/session/turns.js';
import { choiceOf, toggled } from '../../src/lab/view/chosen.js';
import { next, nothing } from '../../src/lab/view/state.js';

describe('turns of figures', () => {
  it('draws what was never drawn, then what was drawn longest ago, and nothing twice of one result', () => {
    const turns = new Turns<object>();
    const [first, second] = [{}, {}];
    const names = ['a', 'b', 'c'];
    expect(turns.behind(names, first, 400)).toEqual(names);
    turns.drawn('a', first, 400);
    turns.drawn('b', first, 400);
    expect(turns.behind(names, first, 400)).toEqual(['c']);
    expect(turns.behind(names, second, 400)).toEqual(['c', 'a', 'b']);
    turns.drawn('a', second, 400);
    expect(turns.behind(names, second, 400)).toEqual(['c', 'b']);
    expect(turns.behind(['a'], second, 500)).toEqual(['a']); // another width
    expect(turns.behind([], second, 500)).toEqual([]);
  });

  it('comes round to every figure where there is time for one at a time', () => {
    const turns = new Turns<object>();
    const names = ['a', 'b', 'c', 'd'];
    const drawn = Array.from({ length: 8 }, () => {
      const result = {};
      const [name] = turns.behind(names, result, 400);
      turns.drawn(name, result, 400);
      return name;
    });
    expect(drawn).toEqual([...names, ...names]);
  });
});

describe('the choice of figures', () => {
  const telling = ['survival', 'legendre'];
  it('is what says most of a run until somebody chooses, and is kept while runs change', () => {
    expect(choiceOf(undefined, telling, ['hazard', 'legendre', 'survival']).shown).toEqual(telling);
    const more = toggled(choiceOf(undefined, telling, []), 'hazard');
    expect(more).toEqual(['survival', 'legendre', 'hazard']);
    const less = toggled(choiceOf(more, telling, more), 'survival');
    expect(less).toEqual(['legendre', 'hazard']);
    // a run that has no such figure, and one that has it again
    const without = choiceOf(less, telling, ['legendre']);
    expect(without).toEqual({ kept: less, shown: ['legendre'] });
    expect(choiceOf(without.kept, telling, less).shown).toEqual(less);
  });

  it('falls back where a run has none of the chosen, but not where all were taken away', () => {
    const orbits = choiceOf(['legendre'], ['orbit-path'], ['orbit-path', 'orbit-energy']);
    expect(orbits.shown).toEqual(['orbit-path']);
    expect(toggled(orbits, 'orbit-energy')).toEqual(['legendre', 'orbit-path', 'orbit-energy']);
    expect(choiceOf([], telling, telling).shown).toEqual([]);
  });

  it('begins with how particles are lost, or with their pitch where none is', () => {
    expect(lineFigures(parseScenario('{}'))).toEqual(['survival', 'legendre', 'distribution-midplane', 'mu-spread']);
    const closed = parseScenario('{ motion: { kind: homogeneous }, boundary: { kind: none } }');
    expect(lineFigures(closed)).toEqual(['legendre', 'distribution-local', 'mu-spread', 'mean-mu']);
  });
});

it('keeps what other figures show when one is drawn anew', () => {
  const draw = (shown: typeof nothing, name: string, svg: string) => next(shown, { type: 'figure', name, svg });
  const shown = draw(draw(draw(nothing, 'a', '1'), 'b', '2'), 'a', '3');
  expect(shown.svgs).toEqual({ a: '3', b: '2' });
  expect(next(shown, { type: 'starting' }).svgs).toEqual({});
});
