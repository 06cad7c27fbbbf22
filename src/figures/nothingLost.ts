import type { ResultData } from '../results/data.js';
import { measured } from '../results/format.js';
import { type EmptyDrawing, empty, type Figure } from './figure.js';

/**
 * A figure of losses of which there are none to count. With rare-event splitting that is the rule, and said is what is known:
 * the probability of a loss, which the branches give, and the figure that has it.
 *
 * @param words what a run without splitting says
 */
export function nothingLost(figure: Pick<Figure, 'title'>, result: ResultData, words: string): EmptyDrawing {
  const { lossProbability } = result.estimates;
  if (lossProbability === undefined) return empty(figure, result, words);
  const { value, standardError, unit } = lossProbability;
  if (!(value > 0))
    return empty(figure, result, 'No branch was lost: losses are rarer than this number of particles shows.');
  const known = `By splitting, the probability of a loss is ${measured(value, standardError, unit)}`;
  return empty(figure, result, `${known} (figure loss-probability). No unsplit particle was lost.`);
}
