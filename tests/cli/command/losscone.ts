import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect } from 'vitest';

const command = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

/** What the command ended with. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The command while it runs. */
export interface Session {
  child: ChildProcess;
  ended: Promise<Ended>;
  /** Resolves as soon as stderr holds a text. */
  said(text: RegExp): Promise<void>;
}

/** A folder of the test's own; removed at its end. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'losscone-cli-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts the command as a user would. */
export function start(
  cwd: string,
  args: readonly string[],
  input = '',
  env: NodeJS.ProcessEnv = {},
  program = command,
): Session {
  const child = spawn(process.execPath, [program, ...args], { cwd, env: { ...process.env, ...env } });
  let stdout = '';
  let stderr = '';
  const listeners = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
    for (const listener of listeners) listener();
  });
  child.stdin.on('error', () => {}); // a command that does not read it may be gone already
  child.stdin.end(input);
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
  const said = (text: RegExp) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (!text.test(stderr)) return;
        listeners.delete(look);
        resolve();
      };
      listeners.add(look);
      look();
      ended.then(() => reject(new Error(`ended without ${text}: ${stderr}`)));
    });
  return { child, ended, said };
}

/** Runs the command to its end. Whatever happens, no stack trace reaches the user. */
export async function losscone(cwd: string, args: readonly string[], input = ''): Promise<Ended> {
  const ended = await start(cwd, args, input).ended;
  expect(ended.stderr).not.toMatch(/^\s+at .*:\d+/m);
  expect(ended.stderr).not.toContain('should not have happened');
  return ended;
}
