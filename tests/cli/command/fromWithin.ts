/**
 * A signal that a command gives itself the moment a file has its name. Whoever watches the file from outside may see it when the
 * machine gives him time, and the command be over then.
 */

/** Which file, by the end of its path; how often another one must have been renamed to it; and the signal. */
export interface Cue {
  readonly file: string;
  readonly times?: number;
  readonly signal?: NodeJS.Signals;
}

/** The environment of such a command. */
export function signalled({ file, times = 1, signal = 'SIGINT' }: Cue): NodeJS.ProcessEnv {
  const program = `
    import fs from 'node:fs/promises';
    const { rename } = fs;
    let left = ${times};
    fs.rename = async (from, to) => {
      await rename(from, to);
      if (String(to).endsWith(${JSON.stringify(file)}) && --left === 0) process.kill(process.pid, '${signal}');
    };`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(program)}` };
}
