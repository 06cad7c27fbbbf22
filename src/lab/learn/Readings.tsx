/** The numbers of a page's run beside theory's, and the runs before it. */
import { measured, symbols } from '../../results/format.js';
import { type Knob, type Past, type Reading, reading } from './lesson.js';

/** How far the run is from exact theory, in standard errors; empty where theory or error is none of that kind. */
function deviation({ value, standardError, theory, theoryIs }: Reading): string {
  if (theory === undefined || theoryIs || !(standardError > 0) || !Number.isFinite(value)) return '';
  return ((value - theory) / standardError).toFixed(1).replace('-', '−');
}

export function Readings({ readings }: { readonly readings: readonly Reading[] }) {
  return (
    <table class="readings">
      <thead>
        <tr>
          <th scope="col">Quantity</th>
          <th scope="col">This run</th>
          <th scope="col">Theory</th>
          <th scope="col" title="(run − theory)/standard error">
            z
          </th>
        </tr>
      </thead>
      <tbody>
        {readings.map((one) => (
          <tr key={one.name} data-reading={one.name}>
            <th scope="row">
              {one.label}
              {one.note && <small>{symbols(one.note)}</small>}
            </th>
            <td data-label="run">
              {Number.isFinite(one.value) ? measured(one.value, one.standardError, one.unit) : '–'}
            </td>
            <td data-label="theory">
              {one.theory !== undefined && Number.isFinite(one.theory)
                ? measured(one.theory, 0, one.unit, true, 5)
                : '–'}
              {one.theoryIs && <small>{one.theoryIs}</small>}
            </td>
            <td data-label="z">{deviation(one)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface PastProps {
  readonly past: readonly Past[];
  readonly knobs: readonly Knob[];
  readonly remembers: readonly string[];
}

/** What other settings gave: the curve of an answer, point by point. */
export function PastRuns({ past, knobs, remembers }: PastProps) {
  if (past.length === 0) return null;
  const labels = past[0].readings.filter(({ name }) => remembers.includes(name));
  return (
    <details class="past" open={past.length > 1}>
      <summary>Your runs so far ({past.length})</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard too */}
      <section class="scroll" tabIndex={0} aria-label="Your runs so far">
        <table>
          <thead>
            <tr>
              {knobs.map(({ key, label, unit }) => (
                <th key={key} scope="col">
                  {symbols(label)}
                  {unit !== '1' && ` (${symbols(unit)})`}
                </th>
              ))}
              {labels.map(({ name, label }) => (
                <th key={name} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {past.map(({ settings, readings }, i) => (
              <tr key={i}>
                {knobs.map(({ key }) => (
                  <td key={key}>{settings[key]}</td>
                ))}
                {labels.map(({ name, unit }) => {
                  const { value, standardError } = reading(readings, name);
                  return <td key={name}>{Number.isFinite(value) ? measured(value, standardError, unit) : '–'}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
