import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const execute = promisify(execFile);

/** What is in the package as npm would publish it. */
export interface Packed {
  tarball: string;
  files: string[];
}

/** An empty project in a temporary folder, with the packed losscone installed from its tarball. */
export interface Project {
  folder: string;
  packed: Packed;
  run(program: string, ...args: string[]): Promise<string>;
  write(name: string, content: string): string;
  remove(): void;
}

async function pack(folder: string): Promise<Packed> {
  // dist/ is up to date already, so no script has to run.
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const { stdout } = await execute('npm', args, { cwd: root, maxBuffer: 1 << 26 });
  const [report] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
  return { tarball: path.join(folder, report.filename), files: report.files.map((file) => file.path) };
}

/** Makes the project as a user would: an empty folder, `npm install losscone`. */
export async function emptyProject(): Promise<Project> {
  const folder = mkdtempSync(path.join(tmpdir(), 'losscone-project-'));
  const run = async (program: string, ...args: string[]) => {
    const { stdout } = await execute(program, args, { cwd: folder, maxBuffer: 1 << 26 });
    return stdout;
  };
  const write = (name: string, content: string) => {
    const file = path.join(folder, name);
    writeFileSync(file, content);
    return file;
  };
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const packed = await pack(folder);
    if (!existsSync(packed.tarball)) throw new Error(`npm pack: ${packed.tarball} was not written`);
    write('package.json', '{ "name": "empty", "private": true, "type": "module" }');
    await run('npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', packed.tarball);
    return { folder, packed, run, write, remove };
  } catch (error) {
    remove();
    throw error;
  }
}
