/**
 * `npm run supply`: what is committed, installed without running any package's script and built, gives the kernel and the library
 * that are in dist/; and what `npm audit` says. Exit 1 where something differs or a vulnerability is known.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
let failed = false;
const say = (right, text) => {
  console.log(`${right ? 'ok' : 'FAILED'}  ${text}`);
  failed ||= !right;
};
const sha256 = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');

const folder = mkdtempSync(path.join(tmpdir(), 'losscone-supply-'));
try {
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean);
  for (const file of files.filter((one) => existsSync(path.join(root, one))))
    cpSync(path.join(root, file), path.join(folder, file));
  const npm = (...args) => spawnSync('npm', args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 26 });
  const installed = npm('ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund');
  say(installed.status === 0, `npm ci --ignore-scripts (${files.length} files)`);
  if (installed.status !== 0) console.log(installed.stderr);
  const built = npm('run', 'build');
  say(built.status === 0, 'npm run build');
  if (built.status !== 0) console.log(built.stderr);
  const dist = path.join(root, 'dist');
  const other = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(dist, path.join(entry.parentPath, entry.name)))
    .filter((name) => {
      const twin = path.join(folder, 'dist', name);
      return !existsSync(twin) || sha256(twin) !== sha256(path.join(dist, name));
    });
  say(!other.includes('losscone.wasm'), `losscone.wasm, SHA-256 ${sha256(path.join(folder, 'dist/losscone.wasm'))}`);
  say(other.length === 0, other.length === 0 ? 'dist/, byte for byte' : `dist/ differs: ${other.join(', ')}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const audit = spawnSync('npm', ['audit', '--json'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 });
let report;
try {
  report = JSON.parse(audit.stdout);
} catch {
  report = {};
}
const known = report.metadata?.vulnerabilities;
if (known === undefined) console.log(`--  npm audit: not checked (${report.message ?? 'the service does not answer'})`);
else say(known.total === 0, `npm audit: ${known.total} vulnerabilities known`);
process.exitCode = failed ? 1 : 0;
