/** Numbers and curves of a run as plain arrays: what is compared. */
import type { Curve, Estimate } from '../../index.js';
import type { CurveRow, NumberRow, RunTables } from '../messages.js';

/** A member of a tree and the keys that lead to it. */
function* leaves(tree: unknown, path: readonly string[] = []): Generator<[name: string, value: object]> {
  if (typeof tree !== 'object' || tree === null || ArrayBuffer.isView(tree)) return;
  if ('label' in tree && 'unit' in tree) yield [path.join('.'), tree];
  else for (const [key, value] of Object.entries(tree)) yield* leaves(value, [...path, key]);
}

/**
 * Every number that the data allow, and every curve. A new estimate needs no line here.
 * @param estimates of a run of either kind
 */
export function tablesOfRun(estimates: object): RunTables {
  const numbers: NumberRow[] = [];
  const curves: CurveRow[] = [];
  for (const [name, leaf] of leaves(estimates)) {
    if ('x' in leaf) {
      const { x, value, standardError, reference, xLabel, xUnit, label, unit } = leaf as Curve;
      curves.push({ name, label, unit, xLabel, xUnit, x, value, standardError, ...(reference && { reference }) });
    } else if ('standardError' in leaf && !('f' in leaf)) {
      const { value, standardError, label, unit, reference, degreesOfFreedom } = leaf as Estimate;
      if (!Number.isFinite(value)) continue;
      numbers.push({
        name,
        label,
        value,
        standardError,
        unit,
        ...(reference !== undefined && { reference }),
        ...(degreesOfFreedom !== undefined && { degreesOfFreedom }),
      });
    }
  }
  return { numbers, curves };
}
