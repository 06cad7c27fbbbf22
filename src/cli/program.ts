import { Command, InvalidArgumentError, Option } from 'commander';
import { MOST_SHARES } from '../engine/runState.js';
import { printable } from '../scenario/faults.js';
import { version } from '../version.js';
import type { ExportFlags } from './export.js';
import { parseBytes, parseSeconds } from './number.js';
import type { PhysicsFlags } from './physics.js';
import type { PlotFlags } from './plot.js';
import type { ServeFlags } from './serve.js';
import type { ValidateFlags } from './validate.js';

/** What `losscone run` was given. */
export interface RunFlags {
  output?: string;
  workers?: number;
  json?: boolean;
  quiet?: boolean;
  force?: boolean;
  memory?: number;
  seed?: string;
  count?: number;
  replayBlock?: number;
  /** Estimate -> precision as it was typed. */
  until?: Record<string, string>;
  set?: string[];
  figures: boolean;
  checkpoint?: string;
  /** Seconds. */
  checkpointEvery?: number;
  /** One share of so many. */
  shard?: { index: number; of: number };
}

/** What `losscone resume` was given. */
export interface ResumeFlags extends Omit<RunFlags, 'until' | 'seed' | 'count' | 'set' | 'checkpoint' | 'shard'> {}

/** What `losscone merge` was given. */
export type MergeFlags = Pick<RunFlags, 'output' | 'memory' | 'figures' | 'force' | 'json' | 'quiet'>;

/** What `losscone compare` was given. */
export interface CompareFlags
  extends Omit<RunFlags, 'until' | 'replayBlock' | 'figures' | 'checkpoint' | 'checkpointEvery' | 'shard'> {
  motions?: string[];
}

/** What `losscone scan` was given. */
export interface ScanFlags extends Omit<RunFlags, 'checkpoint' | 'checkpointEvery' | 'shard'> {
  /** Key -> values as they were typed. */
  vary?: Record<string, string>;
}

function wholeNumber(least: number, most: number) {
  return (text: string): number => {
    const n = /^\d+(e\d+)?$/i.test(text.replaceAll('_', '')) ? Number(text.replaceAll('_', '')) : Number.NaN;
    if (!(n >= least && n <= most))
      throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
    return n;
  };
}

function seed(text: string): string {
  if (!/^\d{1,20}$/.test(text) || BigInt(text) >= 2n ** 64n)
    throw new InvalidArgumentError('It must be a whole number below 2^64.');
  return BigInt(text).toString();
}

function memory(text: string): number {
  const size = parseBytes(text);
  if (size === undefined) throw new InvalidArgumentError('It must be a size such as 4GB or 512MB.');
  return size;
}

/** A time from 10 ms to a day: Node's timers know none above 24 days. */
function interval(text: string): number {
  const seconds = parseSeconds(text);
  if (seconds === undefined || !(seconds >= 0.01 && seconds <= 86400))
    throw new InvalidArgumentError('It must be a time from 0.01 s to 24 h, such as 30s or 5min.');
  return seconds;
}

/** `3/100` */
function shard(text: string): { index: number; of: number } {
  const [, index, of] = /^(\d{1,6})\/(\d{1,6})$/.exec(text)?.map(Number) ?? [];
  if (!(index >= 1 && index <= of && of <= MOST_SHARES))
    throw new InvalidArgumentError(`It must be k/n with 1 <= k <= n <= ${MOST_SHARES}, such as 3/100.`);
  return { index, of };
}

function precision(text: string, before: Record<string, string> = {}): Record<string, string> {
  const [, name, wanted] = /^\s*([\w.]+)\s*=\s*(\S.*)$/.exec(text) ?? [];
  if (wanted === undefined)
    throw new InvalidArgumentError('It must be an estimate and its precision, e.g. lossRate=1%.');
  if (Object.hasOwn(before, name)) throw new InvalidArgumentError(`${name} is given twice (must be given once).`);
  return { ...before, [name]: wanted };
}

function varied(text: string, before: Record<string, string> = {}): Record<string, string> {
  const [, key, values] = /^\s*([^=\s]+)\s*=\s*(\S.*)$/.exec(text) ?? [];
  if (values === undefined) throw new InvalidArgumentError('It must be a key and its values, e.g. field.ratio=2,5,10.');
  if (Object.hasOwn(before, key)) throw new InvalidArgumentError(`${key} is given twice (must be given once).`);
  return { ...before, [key]: values };
}

/** `B1,B2` as two; the option may be repeated. */
const gatherNames = (value: string, before: string[] = []): string[] => [
  ...before,
  ...value.split(',').filter((name) => name !== ''),
];

const gather = (value: string, before: string[] = []): string[] => [...before, value];

/** Width that help is typeset for. */
const helpWidth = (columns: number | undefined): number => Math.min(96, Math.max(60, columns ?? 96));

const examples = (...lines: string[]): string =>
  `\nExamples:\n${lines.map((line) => `  $ losscone ${line}\n`).join('')}`;

/** The command line: names, options, help. What a command does is loaded only when it is called. */
export function program(): Command {
  const losscone = new Command('losscone')
    // Workers cannot start where the current folder is gone; here it is said in one line.
    .hook('preAction', () => void process.cwd())
    .description('Monte Carlo of charged particles in magnetic fields: scattering, mirrors, loss cones.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .configureOutput({
      getOutHelpWidth: () => helpWidth(process.stdout.columns),
      outputError: (text, write) =>
        write(
          text
            .split('\n')
            .map(printable)
            .join('\n')
            .replace(/^error: /, 'losscone: ')
            .replace(
              /(unknown option '-[\d.].*')/,
              '$1\n(a quantity here cannot be negative, or it is one of an option: --name=-1)',
            ),
        ),
      getErrHelpWidth: () => helpWidth(process.stderr.columns),
    })
    .showHelpAfterError('(--help says more)')
    .exitOverride()
    .addHelpText(
      'after',
      examples('presets', 'run mirror', 'run my-scenario.yaml -o out --count 1e5', 'physics proton 10keV 0.5T'),
    );

  losscone
    .command('run')
    .description('run a scenario: the table of results goes to stdout, files go to a folder')
    .argument('<scenario>', 'a scenario file (YAML or JSON), "-" for standard input, or the name of a preset')
    .option('-o, --output <folder>', 'where the files go (default: results/<name>-<n>)')
    .option('-w, --workers <n>', 'number of workers (default: one for every core)', wholeNumber(1, 1024))
    .option('-n, --count <n>', "number of particles, in place of the scenario's", wholeNumber(1, 2 ** 40))
    .option('--seed <n>', "seed, in place of the scenario's", seed)
    .option('--set <key=value>', 'any other key of the scenario; may be repeated', gather)
    .option(
      '--until <estimate=precision>',
      'take as many particles as this standard error needs, at most --count (default: 1e9); may be repeated',
      precision,
    )
    .option('--memory <size>', 'memory the run may take (default: half of what is free)', memory)
    .option('--replay-block <n>', 'run this block of particles alone', wholeNumber(0, 2 ** 40))
    .option('--checkpoint <file>', 'keep what is finished in this file, for losscone resume to go on from')
    .option('--checkpoint-every <time>', 'how often it is written (default: 30s)', interval)
    .option('--shard <k/n>', 'compute one of n shares of the run, to a file for losscone merge', shard)
    .option('--no-figures', 'draw no figures')
    .option('--force', 'write over the files of an existing folder, and over a checkpoint')
    .option('--json', 'print summary.json alone, in place of the table')
    .option('-q, --quiet', 'no progress and no messages')
    .addHelpText(
      'after',
      examples(
        'run mirror',
        'run mirror --count 1e5 --set field.ratio=10 --set collisions.strength=0.5',
        'run my-scenario.yaml -o out --workers 4 --quiet',
        'run mirror --until lossRate=1% --until confinementTime=0.5us --count 1e8',
        'run mirror --json | jq .estimates.lossRate',
        'run mirror --count 1e9 --checkpoint mirror.ckpt',
        'run mirror --count 1e9 --shard 3/100',
      ) +
        '\nCtrl-C ends a run: what is finished is written and marked as incomplete. A second one quits.\n' +
        'A checkpoint is whole at any moment, whatever ends the process; written results remove it.\n' +
        'Exit: 0 done, 1 the run failed or did not reach the precision, 2 the input is wrong,\n129, 130 and 143 ended by a signal.\n',
    )
    .action(async (source: string, flags: RunFlags) => (await import('./run.js')).run(source, flags));

  losscone
    .command('resume')
    .description('go on with a run from its checkpoint: the result is to the bit that of a run without a stop')
    .argument('<checkpoint>', 'the file that was given as --checkpoint')
    .option('-o, --output <folder>', 'where the files go (default: results/<name>-<n>)')
    .option('-w, --workers <n>', 'number of workers (default: one for every core)', wholeNumber(1, 1024))
    .option('--memory <size>', 'memory the run may take (default: half of what is free)', memory)
    .option('--replay-block <n>', 'run this block of particles alone', wholeNumber(0, 2 ** 40))
    .option('--checkpoint-every <time>', 'how often the checkpoint is written (default: 30s)', interval)
    .option('--no-figures', 'draw no figures')
    .option('--force', 'write over the files of an existing folder')
    .option('--json', 'print summary.json alone, in place of the table')
    .option('-q, --quiet', 'no progress and no messages')
    .addHelpText(
      'after',
      examples('resume mirror.ckpt', 'resume mirror.ckpt -o out --workers 4') +
        '\nThe scenario, its tables and what --until asked for are in the file. A file of another kernel, or\n' +
        'one that is damaged, is refused; of two generations (FILE and FILE.old) the newest that is whole is\n' +
        'taken. Exit: as of run.\n',
    )
    .action(async (file: string, flags: ResumeFlags) => (await import('./resume.js')).resume(file, flags));

  losscone
    .command('merge')
    .description('put the shares of a run together: the result is to the bit that of a run that was not shared')
    .argument('<shares...>', 'the files that losscone run --shard wrote, all of them')
    .option('-o, --output <folder>', 'where the files go (default: results/<name>-<n>)')
    .option('--memory <size>', 'memory it may take (default: half of what is free)', memory)
    .option('--no-figures', 'draw no figures')
    .option('--force', 'write over the files of an existing folder')
    .option('--json', 'print summary.json alone, in place of the table')
    .option('-q, --quiet', 'no progress and no messages')
    .addHelpText(
      'after',
      examples('merge mirror-*-of-100.part', 'merge *.part -o out') +
        '\nA share that is missing, given twice or of another run is named. Exit: 0 done, 1 it failed,\n2 a file is wrong.\n',
    )
    .action(async (shares: string[], flags: MergeFlags) => (await import('./merge.js')).merge(shares, flags));

  losscone
    .command('plot')
    .description('draw the figures of a result again, at any size')
    .argument('[results]', 'a results.h5, or the folder that holds it')
    .option('-o, --output <folder>', 'where the figures go (default: figures, beside the results)')
    .option('--only <names>', 'these figures alone, with commas between them')
    .option('--width <px>', 'width of a figure (default: 640, PNG files 1280)', wholeNumber(1, 1e9))
    .option('--height <px>', 'height of a figure (default: 400, PNG files 800)', wholeNumber(1, 1e9))
    .addOption(new Option('--format <format>', 'one format alone (default: both)').choices(['svg', 'png']))
    .option('--list', 'list the figures, and which of them the results have nothing for')
    .option('--force', 'write over the files of an existing folder')
    .addHelpText(
      'after',
      examples(
        'plot results/mirror-1',
        'plot results/mirror-1 --only survival,legendre --width 1920 --format png -o talk',
        'plot results/mirror-1 --list',
      ),
    )
    .action(async (source: string | undefined, flags: PlotFlags) => (await import('./plot.js')).plot(source, flags));

  losscone
    .command('export')
    .description('write a result as CSV tables or as NumPy arrays')
    .argument('<results>', 'a results.h5, or the folder that holds it')
    .option('-o, --output <place>', 'a folder, or a file (default: csv or results.npz, beside the results)')
    .addOption(new Option('--format <format>', 'CSV tables, or one .npz (default: csv)').choices(['csv', 'npz']))
    .option('--only <names>', 'these tables alone, with commas between them')
    .option('--force', 'write over what is there')
    .addHelpText(
      'after',
      examples(
        'export results/mirror-1',
        'export results/mirror-1 --only survival -o survival.csv',
        'export results/mirror-1 -o mirror.npz',
      ),
    )
    .action(async (source: string, flags: ExportFlags) => (await import('./export.js')).exportResults(source, flags));

  losscone
    .command('scan')
    .description('run a scenario at every point of a grid: one table, figures; goes on where it was stopped')
    .argument('<scenario>', 'a scenario file, "-", the name of a preset, or of a scan that comes with losscone')
    .option(
      '--vary <key=values>',
      'a key and its values: 2,5,10 or from..to:n or from..to:log:n; may be repeated, all combinations are run',
      varied,
    )
    .option('-o, --output <folder>', 'where the files go (default: results/<name>-scan-<hash>)')
    .option('-w, --workers <n>', 'number of workers (default: one for every core)', wholeNumber(1, 1024))
    .option('-n, --count <n>', 'number of particles of every point', wholeNumber(1, 2 ** 40))
    .option('--seed <n>', "seed, in place of the scenario's", seed)
    .option('--set <key=value>', 'any other key of the scenario; may be repeated', gather)
    .option(
      '--until <estimate=precision>',
      'take as many particles at every point as this standard error needs, at most --count; may be repeated',
      precision,
    )
    .option('--memory <size>', 'memory a run may take (default: half of what is free)', memory)
    .option('--no-figures', 'draw no figures')
    .option('--force', 'write over another scan, or into a folder with other files')
    .option('--json', 'print scan.json alone, in place of the table')
    .option('-q, --quiet', 'no progress and no messages')
    .addHelpText(
      'after',
      examples(
        'scan loss-rate',
        'scan mirror --vary collisions.strength=0.01..100:log:9 --vary field.ratio=2,5,10',
        "scan mirror --vary 'particles.speed=1 keV..100 keV:log:5' --until lossRate=1%",
      ) +
        '\nEvery fault of every point is told before anything runs. The same command given again\n' +
        'goes on where it was stopped, however that was. Exit: as of run.\n',
    )
    .action(async (source: string, flags: ScanFlags) => (await import('./scan.js')).scan(source, flags));

  losscone
    .command('compare')
    .description('run a scenario of orbits in space in several motions, with the same particles: what differs')
    .argument('<scenario>', 'a scenario file (YAML or JSON), "-" for standard input, or the name of a preset')
    .option('--motions <names>', 'which, the first being compared with (default: fullOrbit,driftOrbit)', gatherNames)
    .option('-o, --output <folder>', 'where the files go (default: results/<name>-compare-<n>)')
    .option('-w, --workers <n>', 'number of workers (default: one for every core)', wholeNumber(1, 1024))
    .option('-n, --count <n>', "number of particles, in place of the scenario's", wholeNumber(1, 2 ** 40))
    .option('--seed <n>', "seed, in place of the scenario's", seed)
    .option('--set <key=value>', 'any other key of the scenario; may be repeated', gather)
    .option('--memory <size>', 'memory a run may take (default: half of what is free)', memory)
    .option('--force', 'write over the files of an existing folder')
    .option('--json', 'print comparison.json alone, in place of the table')
    .option('-q, --quiet', 'no progress and no messages')
    .addHelpText(
      'after',
      examples(
        'compare bottle-orbits --count 4096',
        'compare my-sheet.yaml --motions fullOrbit,hybridOrbit,driftOrbit -o out',
      ) +
        '\nErrors of differences are of pairs: the same particles start in every motion. The folder holds\n' +
        'comparison.json and the files of each run. Exit: 0 done, whatever differs, 1 a run failed,\n2 the input is wrong.\n',
    )
    .action(async (source: string, flags: CompareFlags) => (await import('./compare.js')).compare(source, flags));

  losscone
    .command('validate')
    .description('run the reference cases of this build against exact theory: estimate, reference, z, verdict')
    .option('--quick', 'fewer particles, under a minute on two cores; a 2 % fault still stands out')
    .option('--only <cases>', 'some of the cases, e.g. B1,B2', gatherNames)
    .option('--list', 'list the cases and run none')
    .option('--control', 'run the negative controls too: what is wrong on purpose must fail')
    .option('--seed <n>', 'seed of the first run of every case (default: 1)', seed)
    .option('-o, --output <folder>', 'where the files go (default: results/validate-<n>)')
    .option('-w, --workers <n>', 'number of workers (default: one for every core)', wholeNumber(1, 1024))
    .option('--memory <size>', 'memory a run may take (default: half of what is free)', memory)
    .option('--no-figures', 'draw no figures')
    .option('--force', 'write over the files of an existing folder')
    .option('--json', 'print validate.json alone, in place of the tables')
    .option('-q, --quiet', 'no progress and no messages')
    .addHelpText(
      'after',
      examples('validate --quick', 'validate --only B1,B2 --seed 7', 'validate --quick --control --no-figures') +
        '\nA number agrees within 5 standard errors of its reference, a whole law where sqrt(N) D < 2.75.\n' +
        'Exit: 0 all agree, 1 at least one does not (or a control does), 2 the input is wrong,\n129, 130 and 143 ended by a signal.\n',
    )
    .action(async (flags: ValidateFlags) => (await import('./validate.js')).validate(flags));

  losscone
    .command('describe')
    .description("what a scenario's field and particles are like, without running it")
    .argument('<scenario>', 'a scenario file, "-" or the name of a preset')
    .option('--set <key=value>', 'any key of the scenario; may be repeated', gather)
    .option('--json', 'print it as JSON')
    .addHelpText('after', examples('describe mirror', 'describe mirror --set field.ratio=10'))
    .action(async (source: string, flags: { set?: string[]; json?: boolean }) =>
      (await import('./describe.js')).describe(source, flags),
    );

  losscone
    .command('presets')
    .description('list the scenarios that come with losscone, or print one')
    .argument('[name]', 'the preset to print, as YAML')
    .addHelpText('after', examples('presets', 'presets mirror > my-scenario.yaml'))
    .action(async (name: string | undefined) => (await import('./presets.js')).presets(name));

  losscone
    .command('schema')
    .description('print the JSON Schema of a scenario')
    .addHelpText('after', examples('schema > scenario.schema.json'))
    .action(async () => (await import('./schema.js')).schema());

  losscone
    .command('physics')
    .description('what one particle does in a field: gyration, magnetic moment, adiabaticity, loss cone, bounce')
    .argument('<species>', 'electron, proton, deuteron, triton or alpha')
    .argument('<energy>', 'kinetic energy or speed with its unit, e.g. 10keV or 1e6m/s')
    .argument('<B>', 'field strength with its unit, e.g. 0.5T or 5nT')
    .option('--pitch <angle>', 'pitch angle with its unit (default: 90deg)')
    .option('--ratio <R>', 'mirror ratio: adds the loss cone and the mirror point')
    .option('--length <L>', 'throat to throat, with its unit: adds the bounce')
    .option('--gradient-length <l>', 'B/|grad B| with its unit: adds epsilon and a verdict on adiabaticity')
    .option('--curvature-radius <r>', 'radius of curvature of the line, with its unit')
    .option('--frequency <f>', 'frequency of changes of the field, e.g. 10kHz: adds omega/Omega')
    .option('--nu <rate>', 'scattering rate, e.g. 1e3/s: adds diffusion and losses')
    .option('--background <species,n,T>', 'a background to scatter on; may be repeated', gather)
    .option('--json', 'print it as JSON')
    .addHelpText(
      'after',
      examples(
        'physics proton 10keV 0.5T',
        'physics electron 1MeV 30000nT --pitch 60deg --ratio 20',
        'physics proton 10keV 0.5T --ratio 5 --length 2m --background electron,1e19m^-3,1keV',
        'physics proton 1e6m/s 5nT --gradient-length 5e5m',
      ),
    )
    .action(async (species: string, energy: string, field: string, flags: PhysicsFlags) =>
      (await import('./physics.js')).physics(species, energy, field, flags),
    );

  losscone
    .command('serve')
    .description('serve the lab: a page in which the same engine runs live')
    .option('-p, --port <n>', 'where it listens; 0 takes any that is free', wholeNumber(0, 65535), 8080)
    .option('--host <address>', 'who can reach it: this machine alone, or e.g. 0.0.0.0 for all', '127.0.0.1')
    .addHelpText('after', `${examples('serve', 'serve --port 9000')}\nCtrl-C ends it.\n`)
    .action(async (flags: ServeFlags) => (await import('./serve.js')).serve(flags));

  return losscone;
}
