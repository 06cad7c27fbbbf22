/** The form of a scenario. */
import { useId, useState } from 'preact/hooks';
import type { Fault } from '../../index.js';
import { symbols } from '../../results/format.js';
import { short } from '../format.js';
import type { Control, Section } from '../scenario/controls.js';
import type { Change } from '../scenario/plain.js';

/** Faults by the control that they belong to: the one whose key path leads furthest towards them. */
export function faultsByControl(sections: readonly Section[], faults: readonly Fault[]): Map<string, Fault[]> {
  const paths = sections.flatMap(({ controls }) => controls.map(({ path }) => path));
  const found = new Map<string, Fault[]>();
  for (const fault of faults) {
    const near = paths
      .filter((path) => fault.path === path || fault.path.startsWith(`${path}.`) || fault.path.startsWith(`${path}[`))
      .sort((a, b) => b.length - a.length)[0];
    if (near !== undefined) found.set(near, [...(found.get(near) ?? []), fault]);
  }
  return found;
}

interface Props {
  readonly sections: readonly Section[];
  readonly faults: readonly Fault[];
  change(changes: readonly Change[]): void;
}

export function Form({ sections, faults, change }: Props) {
  const mine = faultsByControl(sections, faults);
  return (
    <form class="form" aria-label="Scenario" onSubmit={(event) => event.preventDefault()}>
      {sections.map(({ title, help, controls }) => (
        <fieldset key={title}>
          <legend title={help}>{title}</legend>
          {controls.map((control) => (
            <Entry
              key={control.path + control.label}
              control={control}
              faults={mine.get(control.path) ?? []}
              change={change}
            />
          ))}
        </fieldset>
      ))}
    </form>
  );
}

function rangeOf({ number, fallback }: Control): string {
  const from = number?.min !== undefined ? `from ${short(number.min, '1')}` : '';
  const to = number?.max !== undefined ? `to ${short(number.max, '1')}` : '';
  const range = [from, to].filter(Boolean).join(' ');
  return [range, fallback && `default ${fallback}`].filter(Boolean).join('; ');
}

interface EntryProps {
  readonly control: Control;
  readonly faults: readonly Fault[];
  change(changes: readonly Change[]): void;
}

function Entry({ control, faults, change }: EntryProps) {
  const id = useId();
  // While someone types, what is typed stands there: `5.` is on its way to 5.5.
  const [draft, setDraft] = useState<string>();
  const { label, help, unit, value, fallback, options, path } = control;
  const range = rangeOf(control);
  const shared = {
    id,
    'data-path': path,
    'aria-invalid': faults.length > 0,
    'aria-describedby': `${id}-help${faults.length > 0 ? ` ${id}-fault` : ''}`,
  };
  return (
    <div class={faults.length > 0 ? 'entry faulty' : 'entry'}>
      <label for={id}>{label}</label>
      {options ? (
        <select
          {...shared}
          value={value || fallback}
          onChange={(event) => change(control.set(event.currentTarget.value))}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {symbols(option.label)}
            </option>
          ))}
        </select>
      ) : (
        <span class="value">
          <input
            {...shared}
            type="text"
            inputMode={control.number ? 'decimal' : 'text'}
            spellcheck={false}
            autocomplete="off"
            value={draft ?? value}
            placeholder={fallback}
            onInput={(event) => {
              setDraft(event.currentTarget.value);
              change(control.set(event.currentTarget.value));
            }}
            onBlur={() => setDraft(undefined)}
          />
          {unit && <span class="unit">{symbols(unit)}</span>}
        </span>
      )}
      <p class="help" id={`${id}-help`}>
        {symbols(help)}
        {range && ` (${range})`}
      </p>
      {faults.length > 0 && (
        <p class="fault" id={`${id}-fault`}>
          {faults.map((fault) => fault.message).join('; ')}
        </p>
      )}
    </div>
  );
}
