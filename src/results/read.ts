import { faultOf } from './check.js';
import type { AnyResult } from './data.js';
import { isSealed } from './digest.js';
import { ResultsFileError } from './errors.js';
import { childDataset, childGroup, type Group, Hdf5Excess, kindOf, openHdf5, readText } from './hdf5.js';
import { formatName, formatVersion, readStore } from './store.js';

/** A result read back from a file. */
export type StoredResult = AnyResult & {
  /** The scenario as a user may run it again. */
  readonly scenarioYaml: string;
};

const signature = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * Reads a results file.
 *
 * @param bytes the file
 * @param name what to call it in an error
 * @returns scenario, plan, tallies, estimates and distributions as they were written
 * @throws ResultsFileError, in one line, for a file that is cut short, damaged, foreign or of another version
 */
export async function decodeResults(bytes: Uint8Array, name = 'results.h5'): Promise<StoredResult> {
  if (!signature.every((byte, i) => bytes[i] === byte))
    throw new ResultsFileError(
      bytes.length === 0
        ? `${name}: the file is empty (must be a results.h5 that losscone wrote)`
        : `${name}: not an HDF5 file (must be a results.h5 that losscone wrote)`,
    );
  try {
    return await openHdf5(bytes, (file) => {
      checkHeader(file, name);
      if (!isSealed(bytes, readText(childDataset(childGroup(file, 'losscone'), 'digest'))))
        throw new ResultsFileError(
          `${name}: its content does not match its digest: damaged, or changed after it was written (take a copy as it was written)`,
        );
      return checked(readStore(file), name);
    });
  } catch (error) {
    if (error instanceof ResultsFileError) throw error;
    const fault = /truncated file/.test(String(error))
      ? 'the file is cut short'
      : error instanceof Hdf5Excess
        ? error.message
        : 'the file is damaged';
    throw new ResultsFileError(`${name}: ${fault} (must be a results.h5 that losscone wrote, whole)`, { cause: error });
  }
}

function checked(read: StoredResult, name: string): StoredResult {
  const fault = faultOf(read);
  if (fault === undefined) return read;
  throw new ResultsFileError(
    `${name}: its content is not that of a result: ${fault} (must be a results.h5 that losscone wrote)`,
  );
}

function checkHeader(file: Group, name: string): void {
  const entity = file.keys().includes('losscone') ? file.get('losscone') : null;
  const attributes = kindOf(entity) === 'Group' ? (entity as Group).attrs : {};
  if (attributes.format?.value !== formatName)
    throw new ResultsFileError(`${name}: an HDF5 file that losscone did not write (must be a results.h5)`);
  const version = attributes.formatVersion?.value;
  if (version !== formatVersion)
    throw new ResultsFileError(
      `${name}: layout version ${typeof version === 'number' ? version : 'unknown'} (this losscone reads version ${formatVersion}; use the one that wrote it)`,
    );
}
