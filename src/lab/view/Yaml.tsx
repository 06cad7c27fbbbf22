/** The scenario's text, and what is wrong with it. */
import type { Fault } from '../../index.js';

interface Props {
  readonly text: string;
  readonly faults: readonly Fault[];
  readonly files: readonly string[];
  readonly wide: boolean;
  change(text: string): void;
}

export function Yaml({ text, faults, files, wide, change }: Props) {
  return (
    <details class="yaml" open={wide || faults.length > 0}>
      <summary>Scenario (YAML)</summary>
      <label for="yaml" class="hidden">
        Text of the scenario
      </label>
      <textarea
        id="yaml"
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        rows={Math.min(40, Math.max(12, text.split('\n').length))}
        value={text}
        aria-invalid={faults.length > 0}
        aria-describedby="faults"
        onInput={(event) => change(event.currentTarget.value)}
      />
      <ul id="faults" class="faults" aria-live="polite">
        {faults.map((fault) => (
          <li key={`${fault.path} ${fault.message}`}>
            {fault.path && <code>{fault.path}</code>} {fault.message}
          </li>
        ))}
      </ul>
      <p class="help">
        {files.length > 0 ? `Files at hand: ${files.join(', ')}. ` : ''}
        Drop a scenario, a CSV table or a G-EQDSK file of a field anywhere on the page.
      </p>
    </details>
  );
}
