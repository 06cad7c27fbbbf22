/** Resonances with waves in files and tables. */
import type { ResonanceEstimates } from '../analysis/fullOrbits/resonances.js';
import type { Estimate } from '../analysis/types.js';
import { measured } from './format.js';
import { attribute, dataset, type Group } from './hdf5.js';

const columns = [
  [
    'pitchCosine',
    'resonant pitch cosine at the reference speed, by theory; beyond -1 or 1 no particle has it',
    (one) => one.pitchCosine.value,
  ],
  ['halfWidthCosine', 'half width of the trapped region in it', (one) => one.halfWidthCosine.value],
  ['parallelSpeed', 'resonant parallel velocity at the reference speed, by theory', (one) => one.parallelSpeed.value],
  ['halfWidth', 'half width of the trapped region in it', (one) => one.halfWidth.value],
  ['trappingFrequency', 'angular frequency of trapped particles', (one) => one.trappingFrequency.value],
  ['found', 'starting pitch cosine of the largest <(mu - mu0)^2> of the run', (one) => one.found.value],
  ['foundError', 'standard error of found', (one) => one.found.standardError],
] as const satisfies readonly (readonly [string, string, (one: ResonanceEstimates) => number])[];

const units: Readonly<Record<string, string>> = { parallelSpeed: 'm/s', halfWidth: 'm/s', trappingFrequency: 'rad/s' };

/** Writes the group `/losscone/resonances`, one number for each wave in every column, where there are waves. */
export function writeResonances(store: Group, resonances: readonly ResonanceEstimates[] = []): void {
  if (resonances.length === 0) return;
  const group = store.create_group('resonances');
  for (const [name, label, of] of columns) {
    const values = dataset(group, name, Float64Array.from(resonances, of), [resonances.length]);
    attribute(values, 'unit', units[name] ?? '1');
    attribute(values, 'label', label);
  }
}

/** Waves that a table shows. */
const SHOWN = 6;

/** What was found, with theory beside it. */
export function resonanceRows(resonances: readonly ResonanceEstimates[] = []): Estimate[] {
  const met = resonances.filter(({ found }) => found.reference !== undefined);
  return met
    .slice(0, SHOWN)
    .map(({ found }) =>
      met.length > SHOWN ? { ...found, note: found.note ?? `one of ${met.length} waves in resonance` } : found,
    );
}

/** Where theory puts them, a line each. */
export function resonanceFacts(resonances: readonly ResonanceEstimates[] = [], unicode = true): string[] {
  const known = ({ value, unit }: Estimate, digits = 3) => measured(value, 0, unit, unicode, digits);
  return resonances.slice(0, SHOWN).map((one, i) => {
    const place = `resonance of wave ${i + 1} at vPar = ${known(one.parallelSpeed)}`;
    return Math.abs(one.pitchCosine.value) < 1
      ? `${place}, pitch cosine ${known(one.pitchCosine)}, half width ${known(one.halfWidthCosine, 2)}, trapping at ${known(one.trappingFrequency)}`
      : `${place}, beyond the reference speed`;
  });
}
