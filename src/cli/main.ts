#!/usr/bin/env node
import { CommanderError } from 'commander';
import { causeOf } from '../results/files.js';
import { version } from '../version.js';
import { CommandError, exit } from './errors.js';
import { program } from './program.js';
import { legible } from './terminal.js';

const debug = Boolean(process.env.LOSSCONE_DEBUG);

/** Errors with a message for the user: those that say the input is wrong, and those that say the run or its files failed. */
const inputErrors = new Set([
  'ScenarioError',
  'SectionFault',
  'Refusal',
  'PlanError',
  'ScanError',
  'MemoryError',
  'ResultsFileError',
]);
const runErrors = new Set([
  'EngineError',
  'BlockError',
  'WorkerStartError',
  'TallyOverflowError',
  'NumericalFaultError',
  'ResultsWriteError',
]);

/** One message for the person at the terminal, and the code to end with. A stack is shown only where it is asked for. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exit.done : exit.wrongInput; // it has spoken already
  const message = legible(error instanceof Error ? error.message : String(error));
  if (debug && error instanceof Error) console.error(error.stack);
  if ((error as { syscall?: unknown } | undefined)?.syscall === 'uv_cwd') {
    console.error('losscone: the current folder is gone (change to one that is there)');
    return exit.wrongInput;
  }
  const name = error instanceof Error ? error.name : '';
  if (error instanceof CommandError || inputErrors.has(name) || runErrors.has(name)) {
    console.error(`losscone: ${message}`);
    if (error instanceof CommandError) return error.code;
    // An option of the engine that is wrong is one that was typed, and a state one that was in a file.
    const { code } = error as { code?: unknown };
    const typed = inputErrors.has(name) || code === 'BAD_OPTION' || code === 'BAD_STATE';
    return typed ? exit.wrongInput : exit.failed;
  }
  console.error(
    `losscone: this should not have happened: ${message.split('\n')[0]}\n` +
      `Please report it with the output of the same command under LOSSCONE_DEBUG=1 and this: losscone ${version}, ` +
      `Node ${process.versions.node}, ${process.platform} ${process.arch}.`,
  );
  return exit.failed;
}

// Whoever reads our output may stop doing so (`losscone run … | head -1`): that ends the command, and is no failure of its own.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? exit.done);
    // What cannot be told is lost, and nothing else.
    if (stream === process.stderr) return;
    console.error(`losscone: standard output: cannot be written: ${causeOf(error)}`);
    process.exit(exit.failed);
  });
for (const event of ['uncaughtException', 'unhandledRejection'] as const)
  process.on(event, (error: unknown) => process.exit(report(error)));

try {
  const losscone = program();
  if (process.argv.length <= 2) {
    losscone.outputHelp({ error: true });
    process.exitCode = exit.wrongInput;
  } else {
    await losscone.parseAsync();
  }
} catch (error) {
  process.exitCode = report(error);
}
