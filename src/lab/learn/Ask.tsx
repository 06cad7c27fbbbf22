/** The question of a page, and what is said to an answer. */
import { useEffect, useId, useState } from 'preact/hooks';
import { symbols } from '../../results/format.js';
import type { Question, Verdict } from './lesson.js';

interface Props {
  readonly question: Question;
  readonly done: boolean;
  /** How the controls stand: what was said of another state is taken back. */
  readonly state: unknown;
  check(value: number): Verdict;
}

export function Ask({ question, done, state, check }: Props) {
  const id = useId();
  const [text, setText] = useState('');
  const [verdict, setVerdict] = useState<Verdict>();
  const { entry } = question;
  useEffect(() => setVerdict(undefined), [state]);
  return (
    <section class="ask card" aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>Question {done && <span class="done">answered</span>}</h3>
      <p>{question.ask}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const value = text.trim() === '' ? Number.NaN : Number(text.replace(',', '.'));
          setVerdict(
            entry && Number.isNaN(value)
              ? { right: false, words: 'That is not a number: write it like 2.5 or 3e-2.' }
              : check(value),
          );
        }}
      >
        {entry && (
          <label>
            {symbols(entry.label)}{' '}
            <input
              type="text"
              inputMode="decimal"
              autocomplete="off"
              value={text}
              onInput={(event) => {
                setText(event.currentTarget.value);
                setVerdict(undefined);
              }}
            />
            {entry.unit !== '1' && <span class="unit"> {symbols(entry.unit)}</span>}
          </label>
        )}
        <button type="submit" class="main">
          Check
        </button>
        {!entry && <span class="help">The answer is how the controls stand.</span>}
      </form>
      <p class={verdict ? (verdict.right ? 'verdict right' : 'verdict wrong') : 'verdict'} role="status">
        {verdict && <strong>{verdict.right ? 'Right. ' : 'Not yet. '}</strong>}
        {verdict?.words}
      </p>
      <details>
        <summary>A hint</summary>
        <p>{question.hint}</p>
      </details>
    </section>
  );
}
