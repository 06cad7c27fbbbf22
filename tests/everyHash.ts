/** The hashes of every varied scenario, by a built library in whatever runs it. */
import type * as Library from '../src/index.js';
import { variedOrbits } from './orbits/varied.js';
import { varied } from './varied.js';

export interface Hashes {
  readonly line: Record<string, string>;
  readonly orbits: Record<string, string>;
  readonly runtime: string;
}

export async function everyHash(library: typeof Library): Promise<Hashes> {
  const line: Record<string, string> = {};
  const orbits: Record<string, string> = {};
  let runtime = '';
  for (const scenario of varied(library)) {
    const result = await library.run(scenario, { workers: 2 }).result;
    line[scenario.name] = result.hash;
    runtime = result.provenance.runtime;
  }
  for (const [name, scenario] of variedOrbits(library))
    orbits[name] = (await library.runOrbits(scenario, { workers: 2 }).result).hash;
  return { line, orbits, runtime };
}
