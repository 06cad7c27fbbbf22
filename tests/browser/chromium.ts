import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../root.js';

/** What playwright is given to start a Chromium. */
export interface Launch {
  executablePath?: string;
  args: string[];
  env?: Record<string, string>;
}

const installed = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
// Tests run as root in containers, where Chromium's sandbox cannot start; nothing is loaded but our own pages.
const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync', '--no-first-run'];

function systemChromium(): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => installed.map((name) => path.join(folder, name))).find((file) => existsSync(file));
}

/** Unpacks the Chromium that npm brought, once, with the libraries and fonts a bare machine lacks. */
async function unpackedChromium(): Promise<string> {
  const home = path.join(root, 'node_modules/.cache/chromium');
  if (existsSync(path.join(home, 'chromium'))) return home;
  mkdirSync(path.dirname(home), { recursive: true });
  const fresh = mkdtempSync(`${home}-`);
  // The package unpacks into TMPDIR, and its libraries only where it believes to be in a bare cloud function.
  const wanted = { TMPDIR: fresh, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' };
  const changed = ['TMPDIR', 'AWS_EXECUTION_ENV', 'LD_LIBRARY_PATH', 'FONTCONFIG_PATH'];
  const before = changed.map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, wanted);
  try {
    const { default: packed } = await import('@sparticuz/chromium');
    await packed.executablePath();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
  try {
    renameSync(fresh, home);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(path.join(home, 'chromium'))) throw error; // otherwise another process was first
  }
  return home;
}

/**
 * A folder with a configuration of the fonts that npm brought: the one that comes with Chromium names folders of a bare cloud
 * function. Without a single font Chromium crashes at the first text field of a page.
 */
function fontsOf(home: string): string {
  const configuration = `${home}-fonts`;
  const dejavu = path.join(root, 'node_modules/dejavu-fonts-ttf/ttf');
  const folders = [path.join(home, 'fonts/fonts'), dejavu].map((folder) => `<dir>${folder}</dir>`).join('');
  mkdirSync(configuration, { recursive: true });
  writeFileSync(
    path.join(configuration, 'fonts.conf'),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${folders}<cachedir>${configuration}/cache</cachedir></fontconfig>`,
  );
  return configuration;
}

/**
 * The Chromium for the browser tests: `CHROMIUM_PATH`, else one on the PATH, else the one from npm (Linux, x64), else
 * playwright's own. Where there is none the tests fail: they are never left out.
 */
export async function chromium(): Promise<Launch> {
  const own = process.env.CHROMIUM_PATH || systemChromium();
  if (own) {
    if (!existsSync(own)) throw new Error(`CHROMIUM_PATH: ${own} does not exist`);
    return { executablePath: own, args };
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') return { args };
  const home = await unpackedChromium();
  const libraries = [path.join(home, 'al2023/lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(path.delimiter);
  const env = { ...(process.env as Record<string, string>), LD_LIBRARY_PATH: libraries };
  return {
    executablePath: path.join(home, 'chromium'),
    args,
    env: { ...env, FONTCONFIG_PATH: fontsOf(home) },
  };
}
