/** The points of a scan: every scenario read and planned before anything runs. */
import { sha256 } from '../engine/index.js';
import { PlanError } from '../plan/times.js';
import type { ScanAxis } from '../results/scan.js';
import { Refusal } from '../scenario/faults.js';
import { DIMENSIONS, type ParseOptions, ScenarioError } from '../scenario/index.js';
import { setKey } from '../scenario/settings.js';
import { gridOf, settingOf } from './axes.js';
import { type AnyInput, type AnyScenario, readAny, stepsOf, textOf } from './kinds.js';

/** Settings that follow from a point's scenario: key path -> value. A method, so that it may be of one kind of scenario alone. */
export type Adapt = { of(scenario: AnyScenario): Readonly<Record<string, unknown>> }['of'];

/** A point that is ready to run. */
export interface GridPoint {
  readonly index: number;
  readonly values: readonly (number | string)[];
  readonly scenario: AnyScenario;
  readonly hash: string;
  /** Particle-steps, about. */
  readonly steps: number;
}

/** Points that a scan may have at most. */
const MOST_POINTS = 100_000;
/** Faults that are listed. */
const MOST_FAULTS = 20;

/** Scenarios that cannot be run, with every fault of every point: one line for each that is unlike the others. */
export class ScanError extends Error {
  override readonly name = 'ScanError';
  readonly code = 'SCAN';
}

/** A point in words, e.g. `collisions.rate = 10 1/s, field.ratio = 5`. */
export function pointName(axes: readonly ScanAxis[], values: readonly (number | string)[]): string {
  return axes.map(({ key, unit }, i) => `${key} = ${values[i]}${unit === '1' ? '' : ` ${unit}`}`).join(', ');
}

/** How the points of a scan are made. */
export interface GridOptions {
  readonly files?: ParseOptions['files'];
  readonly adapt?: Adapt;
  /** Text of whatever else decides the numbers: goes into every point's hash. */
  readonly salt?: string;
}

/**
 * Makes the points of a scan.
 *
 * @param document the scenario as it was written
 * @param axes what is varied; a numeric axis without a unit gets that of its key, in SI, where the key has one
 * @returns the axes with their units, and the points
 * @throws ScanError with the faults of all points, or for a grid that is too large
 */
export function makeGrid(document: AnyInput, axes: readonly ScanAxis[], options: GridOptions = {}) {
  const total = axes.reduce((product, { values }) => product * values.length, 1);
  if (total > MOST_POINTS) throw new ScanError(`scan: ${total} points are too many (must be at most ${MOST_POINTS})`);
  const known = axes.map((axis, i) => withUnit(document, axes, axis, i, options));
  const faults = new Map<string, { at: string; points: number }>();
  const points: GridPoint[] = [];
  gridOf(known).forEach((values, index) => {
    try {
      const scenario = scenarioAt(document, known, values, options);
      const steps = stepsOf(scenario);
      const hash = sha256(new TextEncoder().encode(`${textOf(scenario)}\n${options.salt ?? ''}`));
      points.push({ index, values, scenario, hash, steps });
    } catch (error) {
      for (const text of faultsOf(error)) {
        const found = faults.get(text);
        if (found) found.points++;
        else faults.set(text, { at: pointName(known, values), points: 1 });
      }
    }
  });
  if (faults.size > 0) throw new ScanError(listed(faults, total));
  return { axes: known, points };
}

function listed(faults: ReadonlyMap<string, { at: string; points: number }>, total: number): string {
  const lines = [...faults].slice(0, MOST_FAULTS).map(([text, { at, points }]) => {
    const others = points > 1 ? ` and ${points - 1} more of ${total} points` : '';
    return `  ${text}, at ${at}${others}`;
  });
  if (faults.size > MOST_FAULTS) lines.push(`  and ${faults.size - MOST_FAULTS} more`);
  return [`scan: ${faults.size === 1 ? 'a fault' : `${faults.size} faults`}`, ...lines].join('\n');
}

function faultsOf(error: unknown): string[] {
  if (error instanceof ScenarioError) return error.message.split('\n');
  if (error instanceof PlanError || error instanceof Refusal) return [error.message];
  throw error;
}

function scenarioAt(
  document: AnyInput,
  axes: readonly ScanAxis[],
  values: readonly (number | string)[],
  { files, adapt }: GridOptions,
): AnyScenario {
  const copy = structuredClone(document) as AnyInput;
  axes.forEach((axis, i) => {
    setKey(copy, axis.key, settingOf(axis, values[i]), true);
  });
  const scenario = readAny(copy, { files });
  if (!adapt) return scenario;
  const before = structuredClone(copy) as AnyInput;
  for (const [key, value] of Object.entries(adapt(scenario))) setKey(before, key, value, true);
  return readAny(before, { files });
}

/** Plain numbers of a key that has a dimension are in its SI unit: what the scenario says of the first one tells. */
function withUnit(
  document: AnyInput,
  axes: readonly ScanAxis[],
  axis: ScanAxis,
  position: number,
  options: GridOptions,
): ScanAxis {
  if (axis.unit !== '1' || typeof axis.values[0] !== 'number') return axis;
  try {
    scenarioAt(
      document,
      axes,
      axes.map(({ values }) => values[0]),
      options,
    );
  } catch (error) {
    if (!(error instanceof ScenarioError)) return axis;
    const fault = error.faults.find(({ path }) => path === axes[position].key);
    const wanted = /has no unit \(must be (an? [a-z ]+?)(?: or |, e\.g\.)/.exec(fault?.message ?? '')?.[1];
    const dimension = Object.values(DIMENSIONS).find(({ called }) => called === wanted);
    if (dimension) return { ...axis, unit: dimension.unit };
  }
  return axis;
}
