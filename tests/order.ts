/**
 * In which order test files are run. Vitest starts large files first where it does not know yet how long they take, as in a fresh
 * clone; but those that take longest are small, came last, and left a core idle. Order changes no result: files share nothing.
 */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Projects, the one of many short files last: it fills the cores to the end. */
const projects = ['browser', 'built', 'validation', 'unit'];

/** Files that take ten seconds and more, the longest first within their project. */
export const longest = [
  'cli/command/checkpoint',
  'cli/command/run',
  'readme',
  'cli/command/plot',
  'lab/page/learn',
  'lab/page/memory',
  'lab/page/firefox',
  'lab/page/lab',
  'lab/page/smooth',
  'validation/losses',
  'analysis/realRuns',
  'validation/manySpeeds',
  'validation/scattering',
  'product/product',
  'validation/orbits',
  'analysis/untilRuns',
  'analysis/calibration',
  'engine/bits',
  'results/presets',
  'product/cruelty',
  'contract/registry',
  'figures/layout',
  'analysis/backward',
  'engine/determinism',
  'results/tables',
  'engine/lifecycle',
  'plan/strata',
  'analysis/oracle/bounce',
].map((name) => `/tests/${name}.test.ts`);

/** Where a file stands in the order: its project's place, then its own; those that are not named come after, as vitest sorts them. */
export function placeOf(project: string, file: string): [project: number, file: number] {
  const own = longest.findIndex((name) => file.endsWith(name));
  return [projects.indexOf(project), own < 0 ? longest.length : own];
}

export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const placed = sorted.map((file) => ({ file, place: placeOf(file.project.name, file.moduleId) }));
    return placed.sort((a, b) => a.place[0] - b.place[0] || a.place[1] - b.place[1]).map(({ file }) => file);
  }
}
