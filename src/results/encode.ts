import type { AnyResult } from './data.js';
import { seal } from './digest.js';
import { buildHdf5 } from './hdf5.js';
import { writeIterations, writeRoot } from './openpmd.js';
import { particleTable } from './particles.js';
import { type ScenarioText, writeStore } from './store.js';

/**
 * A result as the bytes of an HDF5 file that follows openPMD 1.1.0, with everything else of the run in `/losscone`
 * (its layout: store.ts, and the file's own `/losscone/readme`).
 *
 * @param result a run, finished or interrupted
 * @param text the scenario as it is to be stored
 * @returns the file, sealed with the SHA-256 of its own bytes
 */
export async function encodeResults(result: AnyResult, text: ScenarioText): Promise<Uint8Array> {
  const bytes = await buildHdf5((file) => {
    const { version, started } = result.provenance;
    writeRoot(file, version, String(started ?? ''), particleTable(result) !== undefined);
    writeIterations(file, result);
    writeStore(file, result, text);
  });
  seal(bytes);
  return bytes;
}
