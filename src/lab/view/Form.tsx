/** The form of a scenario. */
import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { Fault } from '../../index.js';
import { symbols } from '../../results/format.js';
import { short } from '../format.js';
import type { Control, Section } from '../scenario/controls.js';
import type { Change } from '../scenario/plain.js';

const within = (inner: string, outer: string) =>
  inner === outer || inner.startsWith(`${outer}.`) || inner.startsWith(`${outer}[`);

/**
 * Faults by the control that they belong to: the one whose key path leads furthest towards them,
 * or else the first of what they are about.
 */
export function faultsByControl(sections: readonly Section[], faults: readonly Fault[]): Map<string, Fault[]> {
  const paths = sections.flatMap(({ controls }) => controls.map(({ path }) => path));
  const found = new Map<string, Fault[]>();
  for (const fault of faults) {
    const above = paths.filter((path) => within(fault.path, path)).sort((a, b) => b.length - a.length)[0];
    const near = above ?? paths.find((path) => within(path, fault.path));
    if (near !== undefined) found.set(near, [...(found.get(near) ?? []), fault]);
  }
  return found;
}

interface Props {
  readonly sections: readonly Section[];
  readonly faults: readonly Fault[];
  change(changes: readonly Change[]): void;
}

/** Sections that stand open at first; the others show in a line what they hold. */
const open = ['Field', 'Particles'];

export function Form({ sections, faults, change }: Props) {
  const mine = faultsByControl(sections, faults);
  const group = (section: Section) => <Group key={section.title} section={section} faults={mine} change={change} />;
  const rare = sections.filter(({ more }) => more);
  const faulty = rare.some(({ controls }) => controls.some(({ path }) => mine.has(path)));
  return (
    <form class="form" aria-label="Scenario" onSubmit={(event) => event.preventDefault()}>
      {sections.filter(({ more }) => !more).map(group)}
      {rare.length > 0 && (
        <Fold class="more" faulty={faulty} first={false} summary="More">
          {rare.map(group)}
        </Fold>
      )}
    </form>
  );
}

/** The first choices and values of a section, in a line. */
export function digest({ controls }: Section): string {
  return controls
    .filter(({ value, fallback }) => value !== '' && value !== 'given' && value.length < 24 && value !== fallback)
    .slice(0, 3)
    .map(({ value, options }) => symbols(options?.find((option) => option.value === value)?.label ?? value))
    .join(', ');
}

interface FoldProps {
  readonly class: string;
  readonly first: boolean;
  readonly faulty: boolean;
  readonly summary: ComponentChildren;
  readonly children: ComponentChildren;
}

/** Folded, until it is opened or something within is wrong. */
function Fold({ first, faulty, summary, children, ...rest }: FoldProps) {
  const [unfolded, setUnfolded] = useState(first);
  return (
    <details
      class={rest.class}
      open={unfolded || faulty}
      onToggle={(event) => {
        // Those within have toggles of their own.
        if (event.target === event.currentTarget) setUnfolded(event.currentTarget.open);
      }}
    >
      <summary>{summary}</summary>
      {children}
    </details>
  );
}

interface GroupProps {
  readonly section: Section;
  readonly faults: ReadonlyMap<string, readonly Fault[]>;
  change(changes: readonly Change[]): void;
}

function Group({ section, faults, change }: GroupProps) {
  const { title, help, controls } = section;
  const faulty = controls.some(({ path }) => faults.has(path));
  const held = digest(section);
  // A fault appears once, though a choice and its first key may share a path.
  const first = new Set<string>();
  return (
    <Fold
      class="group"
      first={open.includes(title)}
      faulty={faulty}
      summary={
        <>
          {title} {held && <span class="held">{held}</span>}
        </>
      }
    >
      <fieldset>
        <legend class="hidden">{title}</legend>
        {controls.every((control) => control.help !== help) && <p class="help">{symbols(help)}</p>}
        {controls.map((control) => {
          const shown = first.has(control.path) ? [] : (faults.get(control.path) ?? []);
          first.add(control.path);
          return <Entry key={control.path + control.label} control={control} faults={shown} change={change} />;
        })}
      </fieldset>
    </Fold>
  );
}

/** Limits are exact as long as they are short. */
const limit = (value: number) => (String(value).length <= 7 ? String(value) : short(value, '1'));

function rangeOf({ number, fallback }: Control): string {
  const from = number?.min !== undefined ? `${number.above ? 'above' : 'from'} ${limit(number.min)}` : '';
  const to = number?.max !== undefined ? `to ${limit(number.max)}` : '';
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
