/**
 * A signal that a command gives itself the moment a file has its name. Whoever watches the file from outside may see it when the
 * machine gives him time, and the command be over then. For the same reason its files are not synced, which a disk may take seconds for.
 */

/** Which file, by the end of its path; how often it must have been given its name; and the signal. */
export interface Cue {
  readonly file: string;
  readonly times?: number;
  readonly signal?: NodeJS.Signals;
}

/** The environment of such a command. */
export function signalled({ file, times = 1, signal = 'SIGINT' }: Cue): NodeJS.ProcessEnv {
  const program = `
    import fs from 'node:fs/promises';
    const { link, open, rename } = fs;
    let left = ${times};
    const telling = (give) => async (from, to) => {
      await give(from, to);
      if (String(to).endsWith(${JSON.stringify(file)}) && --left === 0) process.kill(process.pid, '${signal}');
    };
    fs.link = telling(link);
    fs.rename = telling(rename);
    fs.open = async (...how) => Object.assign(await open(...how), { sync: async () => {} });`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(program)}` };
}
