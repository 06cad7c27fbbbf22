/** Which figures are looked at: what the reader chose, as far as a run has it, or else what says most of it. */

export interface Choice {
  /** All that was chosen, also what this run does not have: the next one may. */
  readonly kept: readonly string[];
  /** What is shown of this run. */
  readonly shown: readonly string[];
}

/**
 * @param chosen by the reader, in the order of the page; undefined: nothing was chosen yet
 * @param telling figures that say most of a run of its kind
 * @param available figures that the run has; empty: not known yet
 */
export function choiceOf(
  chosen: readonly string[] | undefined,
  telling: readonly string[],
  available: readonly string[],
): Choice {
  const had = (names: readonly string[]) =>
    available.length === 0 ? names : names.filter((name) => available.includes(name));
  if (chosen === undefined) return { kept: telling, shown: had(telling) };
  const shown = had(chosen);
  // Who chose figures of orbits and goes to a line chose none of its own; who took all away wants none.
  if (shown.length === 0 && chosen.length > 0)
    return { kept: [...chosen, ...telling.filter((name) => !chosen.includes(name))], shown: had(telling) };
  return { kept: chosen, shown };
}

/** The choice with one figure more, at the end, or less. */
export function toggled({ kept }: Choice, name: string): readonly string[] {
  return kept.includes(name) ? kept.filter((other) => other !== name) : [...kept, name];
}
