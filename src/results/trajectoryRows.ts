/** What the table of orbits in space says of single paths. */
import type { Trajectory } from '../analysis/fullOrbits/trajectories.js';
import type { Estimate } from '../analysis/types.js';
import { measured } from './format.js';

/** Rows of a kind that are shown. */
const SHOWN = 4;

const known = (value: number, unit: string) => measured(value, 0, unit, false, 3);

/** The largest jumps of mu of all paths. */
export function jumpRows(paths: readonly Trajectory[]): Estimate[] {
  const jumps = paths.flatMap(({ particle, jumps }) => jumps.map((jump) => ({ particle, ...jump })));
  const largest = jumps.toSorted((a, b) => Math.abs(b.change) - Math.abs(a.change)).slice(0, SHOWN);
  const of = jumps.length > SHOWN ? `, one of the ${SHOWN} largest of ${jumps.length}` : '';
  return largest.map(({ particle, time, centre, change, changeError, epsilon, kappa }) => ({
    value: change,
    standardError: changeError,
    unit: '1',
    label: `jump of mu of particle ${particle} (change over mu before, at ${known(time, 's')}, z = ${known(centre[2], 'm')}; epsilon up to ${Number(epsilon.toPrecision(2))}, kappa down to ${Number(kappa.toPrecision(2))}${of})`,
  }));
}

/** Bounce time and second invariant of the first paths that bounced twice: of one bounce there is no error. */
export function bounceRows(paths: readonly Trajectory[]): Estimate[] {
  const trapped = paths.flatMap(({ particle, bounces }) =>
    bounces && bounces.count > 1 ? [{ particle, ...bounces }] : [],
  );
  const of = trapped.length > SHOWN ? `, one of ${trapped.length} such paths` : '';
  return trapped.slice(0, SHOWN).flatMap(({ particle, count, time, secondInvariant }) => [
    {
      value: time.mean,
      standardError: time.spread,
      unit: 's',
      label: `bounce time of particle ${particle} (mean of ${count} bounces, and by how much they differ${of})`,
    },
    {
      value: secondInvariant.mean,
      standardError: secondInvariant.spread,
      unit: 'kg m^2/s',
      label: `second invariant of particle ${particle} (closed integral of pPar ds over a bounce, and by how much bounces differ)`,
    },
  ]);
}
