import { expect, it } from 'vitest';
import { onePanel, runLine, sentences } from '../../src/figures/figure.js';
import { smallRun } from '../results/fixture.js';

it('a drawing of one panel has the title of its figure and the run, or what it is about, below it', () => {
  const panel = () => ({});
  const words = { xLabel: 'x', yLabel: 'y', footnote: 'how to read it', panel };
  const { panels, ...rest } = onePanel({ title: 'Losses' }, smallRun(), words);
  expect(rest).toEqual({
    kind: 'plot',
    title: 'Losses',
    subtitle: runLine(smallRun()),
    columns: 1,
    xLabel: 'x',
    yLabel: 'y',
    footnote: 'how to read it',
  });
  expect(panels).toEqual([{ options: panel }]);
  expect(onePanel({ title: 'Losses' }, 'a scan', words).subtitle).toBe('a scan');
});

it('a footnote has the sentences that there are', () => {
  expect(sentences('One.', '', false, 'Two.')).toBe('One. Two.');
  expect(sentences('', false)).toBe('');
});
