import { execFile } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const dist = pathToFileURL(fileURLToPath(new URL('../../dist/index.js', import.meta.url))).href;

/** Runs a scenario in a Node process of its own, from the same dist/ that the page loads; its hash is what the page's must be. */
export async function runInNode(_context: unknown, scenario: string): Promise<{ hash: string; particles: number }> {
  const program = `
    const { parseScenario, run } = await import(${JSON.stringify(dist)});
    const result = await run(parseScenario(process.argv[1]), { workers: 2 }).result;
    process.stdout.write(JSON.stringify({ hash: result.hash, particles: result.particles.done }));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program, scenario]);
  return JSON.parse(stdout);
}
