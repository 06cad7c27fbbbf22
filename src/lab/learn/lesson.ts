/** What a page of the guided path is made of. A page is one file in `pages` and one line in `registry.ts`. */
import type { ComponentChildren, FunctionComponent } from 'preact';
import type { MapName } from '../messages.js';
import type { Shown } from '../view/state.js';

/** What the controls of a page stand at, in their units. */
export type Settings = Readonly<Record<string, number>>;

/** A control: a slider with a field for its number. */
export interface Knob {
  readonly key: string;
  readonly label: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly start: number;
  /** Equal ways of the slider are equal factors. */
  readonly log?: true;
  readonly help: string;
}

/** A number of a run beside what theory says of it. */
export interface Reading {
  readonly name: string;
  readonly label: ComponentChildren;
  /** NaN where the run has none. */
  readonly value: number;
  readonly standardError: number;
  readonly unit: string;
  readonly theory?: number;
  /** What theory's number is where it is not exact: `an estimate`, `the weak limit`. */
  readonly theoryIs?: string;
  readonly note?: string;
}

/** A finished run of this page: how the controls stood, and what came out. */
export interface Past {
  readonly settings: Settings;
  readonly readings: readonly Reading[];
}

export interface Answer {
  /** What was typed; NaN where nothing is to be typed, or nothing was. */
  readonly value: number;
  readonly settings: Settings;
  /** Of the finished run with these settings; undefined where there is none. */
  readonly readings: readonly Reading[] | undefined;
  readonly past: readonly Past[];
}

export interface Verdict {
  readonly right: boolean;
  readonly words: string;
}

export interface Question {
  readonly ask: ComponentChildren;
  readonly hint: ComponentChildren;
  /** What is to be typed; without it the controls are the answer. */
  readonly entry?: { readonly label: string; readonly unit: string };
  check(answer: Answer): Verdict;
}

export interface Source {
  readonly who: string;
  readonly year: number;
  readonly title: string;
  readonly where: string;
  readonly doi?: string;
}

export interface Lesson {
  /** Behind `#learn/`. */
  readonly name: string;
  /** The subject in a word or two. */
  readonly short: string;
  /** What the page claims. */
  readonly title: string;
  readonly Text: FunctionComponent;
  readonly knobs: readonly Knob[];
  /** The scenario's YAML. */
  scenario(settings: Settings): string;
  /** The pictures that show the claim. */
  readonly shows: { readonly map?: MapName; readonly mirror?: true; readonly figure?: string };
  readings(settings: Settings, shown: Pick<Shown, 'rows' | 'map'>): readonly Reading[];
  /** Names of the readings that the list of runs repeats. */
  readonly remembers: readonly string[];
  readonly question: Question;
  readonly notice: readonly ComponentChildren[];
  readonly sources: readonly Source[];
}

/** Where the controls of a page stand at first. */
export const startOf = ({ knobs }: Pick<Lesson, 'knobs'>): Settings =>
  Object.fromEntries(knobs.map(({ key, start }) => [key, start]));

/** A number for a scenario: no digit more than the controls give. */
export const digits = (value: number, count = 6): string => Number(value.toPrecision(count)).toString();

/** A number of the run's table; NaN where it is not there (yet). */
export function numberOf({ rows }: Pick<Shown, 'rows'>, name: string) {
  const { value, standardError } = rows.find((row) => row.name === name) ?? {
    value: Number.NaN,
    standardError: Number.NaN,
  };
  return { value, standardError };
}

/** The reading of a name; NaN where there is none. */
export const reading = (readings: readonly Reading[] | undefined, name: string) =>
  readings?.find((one) => one.name === name) ?? { value: Number.NaN, standardError: Number.NaN };

/** The answer to a question that is read from a run, where there is no finished run with these settings. */
export const runFirst: Verdict = {
  right: false,
  words: 'The answer is read from your run: set the controls, let the run end, then check.',
};
