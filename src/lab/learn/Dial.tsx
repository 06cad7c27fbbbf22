/** A slider and a field for one number, in its unit. */
import { useId, useState } from 'preact/hooks';
import { symbols } from '../../results/format.js';
import { short } from '../format.js';
import type { Knob } from './lesson.js';

const steps = 200;

/** The slider's place of a value, 0 .. 200, and back, to three digits. */
export function placeOf({ min, max, log }: Knob, value: number): number {
  const share = log ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);
  return Math.round(steps * Math.min(1, Math.max(0, share)));
}
export function valueAt({ min, max, log }: Knob, place: number): number {
  const share = place / steps;
  const value = log ? min * (max / min) ** share : min + share * (max - min);
  return Math.min(max, Math.max(min, Number(value.toPrecision(3))));
}

interface Props {
  readonly knob: Knob;
  readonly value: number;
  set(value: number): void;
}

export function Dial({ knob, value, set }: Props) {
  const id = useId();
  const [draft, setDraft] = useState<string>();
  const { label, unit, min, max, help } = knob;
  const typed = draft === undefined ? value : Number(draft);
  const wrong = draft !== undefined && !(draft.trim() !== '' && typed >= min && typed <= max);
  return (
    <div class={wrong ? 'dial faulty' : 'dial'} data-knob={knob.key}>
      <label for={`${id}-slider`}>{symbols(label)}</label>
      <input
        id={`${id}-slider`}
        type="range"
        min={0}
        max={steps}
        value={placeOf(knob, value)}
        aria-valuetext={`${value} ${unit === '1' ? '' : unit}`}
        aria-describedby={`${id}-help`}
        onInput={(event) => {
          setDraft(undefined);
          set(valueAt(knob, Number(event.currentTarget.value)));
        }}
      />
      <span class="value">
        <input
          type="text"
          inputMode="decimal"
          autocomplete="off"
          aria-label={`${label}, number`}
          aria-invalid={wrong}
          aria-describedby={`${id}-help`}
          value={draft ?? String(value)}
          onInput={(event) => {
            const text = event.currentTarget.value;
            setDraft(text);
            const number = Number(text);
            if (text.trim() !== '' && number >= min && number <= max) set(number);
          }}
          onBlur={() => setDraft(undefined)}
        />
        {unit !== '1' && <span class="unit">{symbols(unit)}</span>}
      </span>
      <p class="help" id={`${id}-help`}>
        {symbols(help)} From {short(min, '1')} to {short(max, '1')}.
      </p>
    </div>
  );
}
