import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Brings dist/ up to date before the tests that use it; cheap when it is. */
export default function setup(): void {
  const build = fileURLToPath(new URL('../src/build.mjs', import.meta.url));
  execFileSync(process.execPath, [build, '--quick'], { stdio: 'inherit' });
}
