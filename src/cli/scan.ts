import { grouped, measured, symbols, wrap } from '../results/format.js';
import { mainEstimates, type ScanData } from '../results/scan.js';
import { scanCsv, scanHdf5, scanText } from '../results/scanFiles.js';
import { scan as start } from '../scan/index.js';
import { findScanPreset, scanPresets } from '../scan/presets.js';
import { offer, show } from '../scenario/faults.js';
import { orbitPresets, presets } from '../scenario/index.js';
import { CommandError, exit } from './errors.js';
import { loadDocument } from './load.js';
import type { ScanFlags } from './program.js';
import { scanProgress } from './progress.js';
import { type ScanFolder, scanFolder } from './scanFolder.js';
import { onInterruption, signalCode } from './signals.js';
import { teller } from './terminal.js';

/** The text of a preset, of scans or of runs. */
function presetText(name: string): string {
  const found = findScanPreset(name) ?? [...presets, ...orbitPresets].find((preset) => preset.name === name);
  if (found) return found.yaml;
  const names = [...scanPresets, ...presets, ...orbitPresets].map((preset) => preset.name);
  throw new CommandError(`${show(name)} is not a preset, nor is there such a file (${offer(name, names)})`);
}

/** The finished points as a table: the varied keys, and of the estimates as many as there is room for. */
export function scanTable(scan: ScanData, columnsAtHand = 100): string {
  const width = Math.max(60, columnsAtHand);
  const keys = scan.axes.map(({ key, unit }, i) => ({
    head: unit === '1' ? key : `${key} [${unit}]`,
    cells: scan.points.map(({ values }) =>
      typeof values[i] === 'number' ? String(Number(values[i].toPrecision(6))) : values[i],
    ),
  }));
  const estimates = mainEstimates(scan).map((name) => ({
    head: name,
    cells: scan.points.map(({ estimates }) => {
      const one = estimates[name];
      return one ? measured(one.value, one.standardError, one.unit) : '';
    }),
  }));
  const widest = ({ head, cells }: { head: string; cells: readonly string[] }) =>
    Math.max(head.length, ...cells.map((cell) => [...cell].length));
  const columns = keys.map((column) => ({ ...column, size: widest(column) }));
  let used = columns.reduce((sum, { size }) => sum + size + 2, 0);
  const left: string[] = [];
  for (const column of estimates.toSorted((a, b) => rank(a.head) - rank(b.head))) {
    const size = widest(column);
    if (left.length === 0 && used + size + 2 <= width) {
      columns.push({ ...column, size });
      used += size + 2;
    } else left.push(column.head);
  }
  const line = (cells: readonly string[]) =>
    `  ${cells.map((cell, i) => ' '.repeat(columns[i].size - [...cell].length) + cell).join('  ')}`.trimEnd();
  const rows = scan.points.map((_, row) => line(columns.map(({ cells }) => cells[row])));
  const state = scan.complete
    ? `${scan.total} ${scan.total === 1 ? 'point' : 'points'}`
    : `INCOMPLETE: ${scan.points.length} of ${scan.total} points`;
  const rest = left.length > 0 ? wrap(`and in scan.csv: ${left.join(', ')}`, width - 2, '  ') : [];
  return `${[`${scan.name}: ${state}`, '', line(columns.map(({ head }) => head)), ...rows, ...rest.map((part) => `  ${part}`)].map((text) => symbols(text)).join('\n')}\n`;
}

/** What most scans are about comes first. */
const first = ['lossRate', 'confinementTime', 'filling', 'isotropisationRate', 'rmsKick', 'rmsMuChange', 'dMuMu'];
const rank = (name: string) => (first.includes(name) ? first.indexOf(name) : first.length);

async function writeFiles(scan: ScanData, folder: ScanFolder, figures: boolean): Promise<void> {
  await folder.write('scan.csv', scanCsv(scan));
  await folder.write('scan.h5', await scanHdf5(scan));
  if (figures && scan.points.length > 1) {
    const { drawScanFigures } = await import('../figures/index.js');
    await folder.makeFolder('figures');
    for await (const { name, svg, png } of drawScanFigures(scan)) {
      await folder.write(`figures/${name}.svg`, svg);
      if (png) await folder.write(`figures/${name}.png`, png);
    }
  }
  // Last: what says that the scan is complete comes after all that it holds.
  await folder.write('scan.json', scanText(scan));
}

/** `losscone scan`. */
export async function scan(source: string, flags: ScanFlags): Promise<void> {
  const say = teller(flags.quiet);
  const preset = findScanPreset(source);
  const axes = flags.vary ?? preset?.axes;
  if (!axes) throw new CommandError('--vary: says nothing to vary (must be e.g. --vary field.ratio=2,5,10)');
  const { until, seed, set } = flags;
  const count = until ? undefined : flags.count;
  const { document, files } = loadDocument(source, { set, seed, count }, presetText);
  const adapt = preset?.adapt;
  const shown = scanProgress(flags.quiet ?? false);
  // The folder's name follows from the scan, and so it is made after it; nothing has run by then.
  let folder: ScanFolder | undefined;
  const scanning = start(document, axes, {
    files,
    adapt: adapt && count !== undefined ? (scenario) => ({ ...adapt(scenario), 'particles.count': count }) : adapt,
    description: preset?.description,
    workers: flags.workers,
    memoryLimit: flags.memory,
    until,
    maxParticles: until && flags.count,
    onProgress: shown.report,
    store: {
      read: async (index) => (await ready).store.read(index),
      write: async (point) => (await ready).store.write(point),
    },
  });
  const ready = scanFolder(scanning.plan, flags.output, flags.force).then((made) => {
    folder = made;
    return made;
  });
  const interruption = onInterruption(
    () => {
      shown.stop();
      say('Ending the scan; finished points are kept. Once more quits at once.');
      scanning.abort();
    },
    () => shown.stop(),
  );
  try {
    const { path, broken } = await ready;
    const result = await scanning.result;
    shown.stop();
    if (broken.length > 0)
      say(`${path}: ${broken.join(', ')} could not be read and ${broken.length === 1 ? 'was' : 'were'} run again`);
    await writeFiles(result, folder as unknown as ScanFolder, flags.figures);
    process.stdout.write(flags.json ? scanText(result) : scanTable(result, process.stdout.columns));
    say(`${path}: scan.csv, scan.h5, scan.json, ${flags.figures ? 'figures/, ' : ''}points/`);
    if (interruption.received !== undefined) process.exitCode = signalCode(interruption.received);
    else {
      const short = result.points.filter(({ precision }) => precision && !precision.reached);
      if (short.length > 0)
        throw new CommandError(
          `${grouped(short.length)} of ${result.total} points did not reach the precision; at point ${short[0].index}: ${short[0].precision?.why}`,
          exit.failed,
        );
    }
  } finally {
    shown.stop();
    interruption.release();
    scanning.abort();
  }
}
