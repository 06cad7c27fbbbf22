/** The numbers of a run, each with its standard error, beside exact theory where there is one. */
import { useId } from 'preact/hooks';
import { measured, symbols } from '../../results/format.js';
import type { NumberRow } from '../messages.js';

/** Above this |z| a deviation from exact theory is a failure. */
const failure = 5;

function deviation({ value, standardError, reference }: NumberRow): number {
  return reference === undefined || !(standardError > 0) ? Number.NaN : (value - reference) / standardError;
}

export function Numbers({ rows, verdict }: { readonly rows: readonly NumberRow[]; readonly verdict?: string }) {
  const heading = useId();
  if (rows.length === 0) return null;
  const withTheory = rows.some(({ reference }) => reference !== undefined);
  return (
    <section class="card numbers" aria-labelledby={heading}>
      <h2 id={heading}>Numbers</h2>
      {verdict && <p class="verdict">{symbols(verdict)}</p>}
      <table>
        <thead>
          <tr>
            <th scope="col">Quantity</th>
            <th scope="col">Value ± standard error</th>
            {withTheory && <th scope="col">Exact theory</th>}
            {withTheory && <th scope="col">z</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const z = deviation(row);
            return (
              <tr key={row.name} data-name={row.name} class={Math.abs(z) >= failure ? 'off' : ''}>
                <th scope="row">
                  {symbols(row.label)}
                  {row.note && <small>{symbols(row.note)}</small>}
                </th>
                <td>{measured(row.value, row.standardError, row.unit)}</td>
                {withTheory && <td>{row.reference === undefined ? '' : measured(row.reference, 0, row.unit)}</td>}
                {withTheory && <td>{Number.isFinite(z) ? z.toFixed(1).replace('-', '−') : ''}</td>}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
