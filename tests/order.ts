/**
 * In which order test files are run. Vitest starts large files first where it does not know yet how long they take, as in a fresh
 * clone; but those that take longest are small, came last, and left a core idle. Order changes no result: files share nothing.
 *
 * Tests of commands and pages wait for much of their time, those of validation compute. One kind after the other leaves the cores idle first and
 * crowded then; so both are run side by side, the longest of each kind first, and the many short files last.
 */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take ten seconds and more, and how long on a machine of two cores that does something else too [s]. */
export const waiting: Readonly<Record<string, number>> = {
  'cli/command/checkpoint': 218,
  readme: 207,
  'cli/command/plot': 179,
  'cli/command/run': 155,
  'lab/page/learn': 96,
  'cli/command/scan': 74,
  'lab/page/memory': 70,
  'package/package': 63,
  'lab/page/firefox': 60,
  'package/firefox': 60,
  'cli/command/help': 55,
  'package/bun': 52,
  'lab/page/lab': 51,
  'browser/product': 50,
  'package/supply': 50,
  'cli/command/shard': 49,
  'cli/command/orbits': 47,
  'cli/command/validate': 37,
  'lab/page/robust': 36,
  'browser/run': 34,
  'lab/page/smooth': 30,
  'lab/page/compare': 30,
  'lab/page/figures': 28,
  'cli/command/hostile': 25,
  'lab/page/space': 20,
};
export const computing: Readonly<Record<string, number>> = {
  'validation/losses': 378,
  'validation/manySpeeds': 112,
  'validation/ensembles': 108,
  'engine/bits': 105,
  'analysis/realRuns': 92,
  'results/presets': 90,
  'validation/orbits': 64,
  'validation/scattering': 63,
  'product/product': 59,
  'analysis/calibration': 52,
  'lab/learn/answers': 46,
  'validation/strata': 40,
  'validation/motion': 30,
  'analysis/growthRuns': 29,
  'orbits/energy': 22,
  'validation/changingRate': 20,
  'engine/lifecycle': 19,
  'analysis/untilRuns': 18,
  'contract/registry': 16,
  'analysis/rareRuns': 16,
  'figures/layout': 14,
  'validation/steadyMirror': 13,
  'orbits/currentSheet': 13,
  'engine/forgotten': 12,
  'engine/determinism': 12,
  'analysis/backward': 12,
  'validation/steady': 11,
  'analysis/loss': 10,
  'validation/rare': 10,
};

/** Where each file's middle lies on the way through its kind, from 0 to 1: two kinds with such places end together. */
function places(kind: Readonly<Record<string, number>>): [name: string, place: number][] {
  const total = Object.values(kind).reduce((sum, seconds) => sum + seconds, 0);
  let before = 0;
  return Object.entries(kind)
    .sort(([, a], [, b]) => b - a)
    .map(([name, seconds]) => {
      before += seconds;
      return [`/tests/${name}.test.ts`, (before - seconds / 2) / total];
    });
}

const listed = [...places(waiting), ...places(computing)];
/** After them, so that processes are used again, those of one project together. */
const projects = ['browser', 'built', 'validation', 'unit'];

/** Where a file stands in the order; those that are not named come after, as vitest sorts them. */
export function placeOf(project: string, file: string): number {
  return listed.find(([name]) => file.endsWith(name))?.[1] ?? 1 + projects.indexOf(project);
}

export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const placed = sorted.map((file) => ({ file, place: placeOf(file.project.name, file.moduleId) }));
    return placed.sort((a, b) => a.place - b.place).map(({ file }) => file);
  }
}
