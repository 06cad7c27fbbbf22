/** The folder of a scan: its points, one file each, so that it goes on where it stopped. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { causeOf } from '../results/files.js';
import type { ScanData } from '../results/scan.js';
import { pointText, readPoint, scanSchema } from '../results/scanFiles.js';
import { orExplain } from '../results/write.js';
import type { ScanStore } from '../scan/index.js';
import { CommandError, exit } from './errors.js';
import { files } from './folder.js';
import { readRegular } from './readFile.js';

/** A scan's folder, made or found. */
export interface ScanFolder {
  readonly path: string;
  readonly store: ScanStore;
  /** Names of points' files that could not be read: they are run again. */
  readonly broken: string[];
  write(name: string, content: string | Uint8Array): Promise<void>;
  /** Makes a folder in it. */
  makeFolder(name: string): Promise<void>;
}

type Plan = Pick<ScanData, 'name' | 'hash' | 'total' | 'axes'>;

const about = 'scan.json';
/** Of all points, and of one: some 10 kB each. */
const mostScanBytes = 2 ** 28;
const mostPointBytes = 2 ** 20;

/** What a folder says it holds; undefined where it holds no scan. */
function held(folder: string): { name: string; hash: string } | undefined {
  try {
    const { schema, name, hash } = JSON.parse(readRegular(path.join(folder, about), mostScanBytes) ?? '');
    return schema === scanSchema ? { name: String(name).slice(0, 80), hash: String(hash) } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Makes the folder of a scan, or finds the one that was begun.
 *
 * @param plan the scan that is to run
 * @param output the folder that the user named; by default `results/<name>-scan-<hash>`, which the same scan finds again
 * @param force whether another scan, or other files, may be in it
 * @throws CommandError where it holds something else, by name; where it cannot be written
 */
export async function scanFolder(plan: Plan, output?: string, force = false): Promise<ScanFolder> {
  const folder = output ?? path.join('results', `${plan.name}-scan-${plan.hash.slice(0, 8)}`);
  const before = held(folder);
  if (!force && before && before.hash !== plan.hash)
    throw new CommandError(
      `${folder}: holds another scan, ${JSON.stringify(before.name)} with the hash ${before.hash.slice(0, 8)} (this one is ${plan.hash.slice(0, 8)}: give another folder, or --force)`,
    );
  if (!force && !before && existsSync(folder) && listOf(folder).length > 0)
    throw new CommandError(`${folder}: is not empty and holds no scan (give another folder, or --force)`);
  const write = async (name: string, content: string | Uint8Array) => {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    const place = `${folder}/${name}`;
    await explained(place, () => files.writeBytes(place, bytes));
  };
  try {
    await files.makeFolder(folder, 'points');
  } catch (error) {
    throw new CommandError(`${folder}/points: cannot be made: ${causeOf(error)} (give another folder with -o)`);
  }
  // What a killed command was just writing.
  for (const name of listOf(`${folder}/points`))
    if (/^\..*\.tmp$/.test(name)) rmSync(`${folder}/points/${name}`, { force: true });
  const { name, hash, total, axes } = plan;
  try {
    await write(
      about,
      `${JSON.stringify({ schema: scanSchema, name, hash, total, axes, complete: false }, null, 2)}\n`,
    );
  } catch (error) {
    throw new CommandError((error as Error).message, exit.wrongInput);
  }
  const broken: string[] = [];
  const nameOf = (index: number) => `points/${String(index).padStart(5, '0')}.json`;
  return {
    path: folder,
    broken,
    write,
    async makeFolder(name) {
      await explained(`${folder}/${name}`, () => files.makeFolder(folder, name));
    },
    store: {
      async read(index) {
        let text: string | undefined;
        try {
          text = readRegular(`${folder}/${nameOf(index)}`, mostPointBytes);
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        }
        const point = text === undefined ? undefined : readPoint(text);
        if (!point) broken.push(nameOf(index));
        return point;
      },
      write: (point) => write(nameOf(point.index), pointText(point)),
    },
  };
}

const explained = (place: string, action: () => Promise<unknown>) =>
  orExplain(place, action, 'free it and give the same command again: finished points are kept');

function listOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
