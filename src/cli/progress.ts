import { precisionText } from '../analysis/precision.js';
import { grouped } from '../results/format.js';
import type { Progress } from '../run.js';
import type { ScanProgress } from '../scan/index.js';
import { duration, significant } from './number.js';
import { isTerminal } from './terminal.js';

/** A display of progress on stderr. */
export interface ProgressDisplay<P = Progress> {
  update(progress: P): void;
  stop(): void;
}

/** Milliseconds between two lines where there is no terminal to redraw. */
const lineInterval = 5000;

/** Progress in words, as far as there is something to say, and as a share of a whole. */
interface Shown {
  readonly done: number;
  readonly total: number;
  readonly percent: number;
  readonly particles: string;
  readonly precision: string;
  readonly rate: string;
  readonly left: string;
}

type Show<P> = (progress: P) => Shown;

/** Of a run. */
function parts(progress: Progress): Shown {
  const { particlesDone, particlesTotal, steps, stepsPerSecond, secondsLeft, paused, precision = [] } = progress;
  const done = particlesDone >= particlesTotal;
  const rate = stepsPerSecond > 0 ? `${significant(stepsPerSecond)} particle-steps/s` : '';
  return {
    done: particlesDone,
    total: particlesTotal,
    percent: particlesTotal > 0 ? Math.floor((100 * particlesDone) / particlesTotal) : 0,
    particles: `${grouped(particlesDone)} of ${grouped(particlesTotal)} particles`,
    rate: done ? 'done' : paused ? 'paused' : rate || (steps > 0 ? 'waiting' : 'starting'),
    precision: precision.map(precisionText).join(', '),
    left: !paused && !done && Number.isFinite(secondsLeft) ? `${duration(secondsLeft)} left` : '',
  };
}

/** Of a scan: points, the point that runs and how precise it is. */
function scanParts({ pointsDone, points, share, secondsLeft, point, running }: ScanProgress): Shown {
  const { precision = '' } = running ? parts(running) : {};
  return {
    done: Math.floor(1000 * share),
    total: 1000,
    percent: Math.floor(100 * share),
    particles: `${pointsDone} of ${points} points`,
    precision,
    rate: pointsDone < points ? point : 'done',
    left: Number.isFinite(secondsLeft) && pointsDone < points ? `${duration(secondsLeft)} left` : '',
  };
}

/** One line of progress, as it is printed where there is no terminal. */
export function progressLine(progress: Progress): string {
  return lineOf(parts(progress));
}

function lineOf({ percent, particles, precision, rate, left }: Shown): string {
  return [`${percent} %: ${particles}`, precision, rate, left].filter(Boolean).join(', ');
}

/**
 * Lines every few seconds: for a pipe, a file or a log. A run shorter than that prints none.
 *
 * @param write prints a text
 * @param now a clock in milliseconds
 */
export function linesDisplay<P = Progress>(
  write: (text: string) => void,
  now: () => number = () => performance.now(),
  show: Show<P> = parts as unknown as Show<P>,
): ProgressDisplay<P> {
  let printed = now();
  return {
    update(progress) {
      if (now() - printed < lineInterval) return;
      printed = now();
      write(`${lineOf(show(progress))}\n`);
    },
    stop() {},
  };
}

/** A bar that is redrawn in place and taken away at the end: for a terminal. */
export async function barDisplay<P = Progress>(
  stream: NodeJS.WriteStream,
  show: Show<P> = parts as unknown as Show<P>,
): Promise<ProgressDisplay<P>> {
  const { default: cliProgress } = await import('cli-progress');
  const format = '{bar} {percent} %  {particles}  {precision}{rate}  {left}';
  const bar = new cliProgress.SingleBar(
    { stream, format, hideCursor: false, clearOnComplete: true, fps: 10, barsize: 20 },
    cliProgress.Presets.shades_classic,
  );
  let running = false;
  return {
    update(progress) {
      const shown = show(progress);
      const payload = { ...shown, precision: shown.precision && `${shown.precision}  ` };
      // Of a run to a precision the end moves.
      if (running) bar.setTotal(payload.total);
      if (running) bar.update(payload.done, payload);
      else bar.start(payload.total, payload.done, payload);
      running = true;
    },
    stop() {
      if (running) bar.stop();
      running = false;
    },
  };
}

/** Shows progress where it belongs; the display of a terminal is loaded while what it shows is under way. */
function showing<P>(quiet: boolean, show: Show<P>): { report: (progress: P) => void; stop: () => void } {
  let display: ProgressDisplay<P> = { update() {}, stop() {} };
  let stopped = false;
  if (!quiet && isTerminal(process.stderr))
    barDisplay(process.stderr, show).then((bar) => {
      if (!stopped) display = bar;
    });
  else if (!quiet) display = linesDisplay((text) => process.stderr.write(text), undefined, show);
  return {
    report: (state) => display.update(state),
    stop() {
      stopped = true;
      display.stop();
    },
  };
}

/** The progress of a run, on stderr. */
export const runProgress = (quiet: boolean) => showing(quiet, parts);

/** The progress of a scan, on stderr. */
export const scanProgress = (quiet: boolean) => showing(quiet, scanParts);
