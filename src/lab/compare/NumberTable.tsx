/** Every number that both runs have, and by how many standard errors they differ. */
import { useId } from 'preact/hooks';
import { measured, symbols } from '../../results/format.js';
import { type ComparedRow, marked, verdictOf } from './numbers.js';

const shownZ = (z: number) =>
  Number.isNaN(z) ? '' : Math.abs(z) < 1000 ? z.toFixed(1).replace('-', '−') : z > 0 ? '> 999' : '< −999';

interface Props {
  readonly rows: readonly ComparedRow[];
  /** Whether both runs draw the same random numbers. */
  readonly correlated: boolean;
}

export function NumberTable({ rows, correlated }: Props) {
  const heading = useId();
  if (rows.length === 0) return null;
  const { tested, beyond, expected } = verdictOf(rows);
  return (
    <section class="card numbers compared" aria-labelledby={heading}>
      <h2 id={heading}>Numbers</h2>
      <p class="verdict" data-beyond={beyond} data-tested={tested}>
        {beyond} of {tested} numbers differ by more than {marked} standard errors; by chance alone it would be about{' '}
        {expected < 0.095 ? expected.toPrecision(1) : expected.toFixed(1)}, were they independent of one another.
      </p>
      {correlated && (
        <p class="notice">
          Both runs have the same seed: they share random numbers, so their difference has a smaller error than is
          shown, and z is too small. Give them different seeds to test whether they agree.
        </p>
      )}
      <table>
        <thead>
          <tr>
            <th scope="col">Quantity</th>
            <th scope="col">A</th>
            <th scope="col">B</th>
            <th scope="col">z of B − A</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name} data-name={row.name} data-z={row.z} class={Math.abs(row.z) > marked ? 'differs' : ''}>
              <th scope="row">
                {symbols(row.label)}
                {row.otherLabel && <small>B: {symbols(row.otherLabel)}</small>}
              </th>
              <td>{measured(row.a.value, row.a.standardError, row.unit)}</td>
              <td>{measured(row.b.value, row.b.standardError, row.unit)}</td>
              <td>{shownZ(row.z)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
