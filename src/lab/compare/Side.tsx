/** One of the two scenarios: its text, what is wrong with it, and how far its run is. */
import { useEffect, useId, useRef } from 'preact/hooks';
import { grouped } from '../../results/format.js';
import { Notices } from '../view/Notices.js';
import type { OneRun } from '../view/useRun.js';

interface Props {
  readonly letter: 'A' | 'B';
  readonly label: string;
  readonly run: OneRun;
  readonly text: string;
  /** Whether its run waits for the other one. */
  readonly waits: boolean;
  change(text: string): void;
}

export function Side({ letter, label, run, text, waits, change }: Props) {
  const { shown, send } = run;
  const id = useId();
  const ticket = useRef(0);
  useEffect(() => {
    const timer = setTimeout(() => send({ type: 'check', ticket: ++ticket.current, text, files: {} }), 120);
    return () => clearTimeout(timer);
  }, [text, shown.presets]);
  const { progress, outcome, faults } = shown;
  return (
    <section class="card side" aria-labelledby={`${id}-title`} data-side={letter}>
      <div class="card-head">
        <h2 id={`${id}-title`}>
          <span class={`mark ${letter}`}>{letter}</span> {label}
        </h2>
        {shown.presets.length > 0 && (
          <select
            aria-label={`Take a preset as ${letter}`}
            value=""
            onChange={(event) => {
              const chosen = shown.presets.find(({ name }) => name === event.currentTarget.value);
              if (chosen) change(chosen.yaml);
            }}
          >
            <option value="">Take a preset …</option>
            {shown.presets.map(({ name, title }) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </select>
        )}
      </div>
      <details open={faults.length > 0}>
        <summary>Scenario (YAML)</summary>
        <textarea
          aria-label={`Scenario ${letter}`}
          spellcheck={false}
          rows={Math.min(24, text.split('\n').length + 1)}
          value={text}
          aria-invalid={faults.length > 0}
          aria-describedby={`${id}-faults`}
          onInput={(event) => change(event.currentTarget.value)}
        />
      </details>
      <ul id={`${id}-faults`} class="faults" aria-live="polite">
        {faults.map((fault) => (
          <li key={`${fault.path} ${fault.message}`}>
            {fault.path && <code>{fault.path}</code>} {fault.message}
          </li>
        ))}
      </ul>
      <progress
        max={progress?.particlesTotal ?? 1}
        value={progress?.particlesDone ?? 0}
        aria-label={`Particles of ${letter} done`}
      />
      <p class="state">
        {progress && (
          <span>
            {grouped(progress.particlesDone)} of {grouped(progress.particlesTotal)} particles
          </span>
        )}
        {waits && <span>waits for the other run</span>}
        {outcome && <span>in {Number(outcome.seconds.toPrecision(3))} s</span>}
        {outcome && (
          <span>
            hash <code data-hash={outcome.hash}>{outcome.hash.slice(0, 16)}…</code>
          </span>
        )}
      </p>
      <Notices run={run} />
    </section>
  );
}
