/** Where the host's tables and tallies stand in the kernel's memory. */

import type { Plan } from '../plan/plan.js';
import { LEGENDRE } from '../plan/tallySpecs.js';
import type { KernelExports } from './exports.js';
import { PARAMETER_NAMES, type ParameterName } from './parameters.js';

const PAGE = 65536;

/** A tally inside the kernel: where it stands and how many 4- or 8-byte integers it has. */
export interface KernelTally {
  readonly address: number;
  readonly length: number;
  readonly wide: boolean;
}

export type KernelTallyName = Extract<ParameterName, `tally${string}`>;

/** Rows of the time axis: one for every snapshot, then one for every panel of samples. */
export function rowsOf({ axes, dwell }: Plan): number {
  return axes.times.length + (dwell?.lengths.length ?? 0);
}

/** Sizes of the kernel's tallies. Histograms by speed have one bin more, for what lies outside the axis. */
function tallySizes(plan: Plan): Record<KernelTallyName, { length: number; wide: boolean }> {
  const { speedEdges, xiEdges, sEdges, muEdges, startXiEdges, edgeXiEdges, lossTimeEdges } = plan.axes;
  const T = rowsOf(plan);
  const V = speedEdges.length;
  const X = xiEdges.length - 1;
  const S = sEdges.length;
  const U = muEdges.length - 1;
  const W = startXiEdges.length - 1;
  const K = lossTimeEdges.length - 1;
  const counts = (length: number) => ({ length, wide: false });
  const sums = (length: number) => ({ length, wide: true });
  return {
    tallyLocal: counts(T * V * X),
    tallyMidplane: counts(T * V * X),
    tallyPlace: counts(T * S * X),
    tallyLegendre: sums(T * LEGENDRE),
    tallyPosition: sums(T),
    tallyPosition2: sums(T),
    tallyMuCount: counts(T * U),
    tallyMu: sums(T * U * 4),
    tallyXiCount: counts(T * W),
    tallyXi: sums(T * W * 2),
    tallyStartXi: sums(W * 3),
    tallyEdge: counts(T * Math.max(0, edgeXiEdges.length - 1)),
    tallyPressure: sums(T * 2),
    tallyMidplanePressure: sums(T),
    tallyEnergy: sums(T),
    tallyEnergy2: sums(T),
    tallyLosses: counts(2 * K * V * X),
    tallyLossTime: sums(4),
    tallyFates: counts(5),
    tallyFaultTimes: counts(K),
    tallyTrapped: counts(2),
  };
}

/** Writes parameters and tables, reserves the tallies. */
export function layOut(
  kernel: KernelExports,
  plan: Plan,
): { stages: number; tallies: Record<KernelTallyName, KernelTally>; from: number; to: number } {
  let end = kernel.TABLES.value as number;
  const reserve = (bytes: number) => {
    const at = end;
    end += (bytes + 15) & ~15;
    return at;
  };
  const addresses = Object.fromEntries(
    Object.entries(plan.tables).map(([name, table]) => [name, reserve(table.byteLength)]),
  );
  const from = end;
  const sizes = Object.entries(tallySizes(plan)) as [KernelTallyName, { length: number; wide: boolean }][];
  const tallies = Object.fromEntries(
    sizes.map(([name, { length, wide }]) => [name, { address: reserve(length * (wide ? 8 : 4)), length, wide }]),
  ) as Record<KernelTallyName, KernelTally>;
  const missing = end - kernel.memory.buffer.byteLength;
  if (missing > 0) kernel.memory.grow(Math.ceil(missing / PAGE));
  for (const [name, table] of Object.entries(plan.tables))
    new Float64Array(kernel.memory.buffer, addresses[name], table.length).set(table);
  const parameters = new Float64Array(kernel.memory.buffer, kernel.PARAMETERS.value as number, PARAMETER_NAMES.length);
  PARAMETER_NAMES.forEach((name, i) => {
    const value =
      name in tallies ? tallies[name as KernelTallyName].address : (addresses[name] ?? plan.parameters[name]);
    if (value === undefined) throw new RangeError(`kernel parameter ${name}: is not in the plan`);
    parameters[i] = value;
  });
  return { stages: addresses.stages, tallies, from, to: end };
}
