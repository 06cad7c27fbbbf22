/** The numbers of a run as rows of a table. */
import type { Estimate } from '../../index.js';
import type { NumberRow } from '../messages.js';

const isEstimate = (value: unknown): value is Estimate =>
  typeof value === 'object' &&
  value !== null &&
  'standardError' in value &&
  'label' in value &&
  'unit' in value &&
  !('x' in value);

/** Fates that nothing met say nothing. */
const worthARow = ({ value, note }: Estimate, fate: boolean) =>
  fate ? value > 0 : Number.isFinite(value) || Boolean(note);

/**
 * Every number of a run's estimates, in their order; curves are for figures.
 * @param estimates of a run of either kind
 */
export function numberRows(estimates: object): NumberRow[] {
  const rows: NumberRow[] = [];
  const take = (name: string, estimate: Estimate, fate = false) => {
    if (!worthARow(estimate, fate)) return;
    const { label, value, standardError, unit, reference, note } = estimate;
    rows.push({
      name,
      label,
      value,
      standardError,
      unit,
      ...(reference !== undefined && { reference }),
      ...(note && { note }),
    });
  };
  for (const [name, value] of Object.entries(estimates)) {
    if (isEstimate(value)) take(name, value);
    else if (name === 'resonances')
      (value as readonly object[]).forEach((wave, i) => {
        for (const [key, one] of Object.entries(wave)) if (isEstimate(one)) take(`resonances.${i + 1}.${key}`, one);
      });
    else if (name === 'fates')
      for (const [fate, share] of Object.entries(value as Record<string, unknown>))
        if (isEstimate(share)) take(`fates.${fate}`, share, true);
  }
  // What the data do not allow comes last.
  return [...rows.filter((row) => Number.isFinite(row.value)), ...rows.filter((row) => !Number.isFinite(row.value))];
}
