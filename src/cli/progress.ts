import { precisionText } from '../analysis/precision.js';
import { grouped } from '../results/format.js';
import type { Progress } from '../run.js';
import { duration, significant } from './number.js';

/** A display of a run's progress on stderr. */
export interface ProgressDisplay {
  update(progress: Progress): void;
  stop(): void;
}

/** Milliseconds between two lines where there is no terminal to redraw. */
const lineInterval = 5000;

function parts(progress: Progress) {
  const { particlesDone, particlesTotal, steps, stepsPerSecond, secondsLeft, paused, precision = [] } = progress;
  const done = particlesDone >= particlesTotal;
  const rate = stepsPerSecond > 0 ? `${significant(stepsPerSecond)} particle-steps/s` : '';
  return {
    percent: particlesTotal > 0 ? Math.floor((100 * particlesDone) / particlesTotal) : 0,
    particles: `${grouped(particlesDone)} of ${grouped(particlesTotal)} particles`,
    rate: done ? 'done' : paused ? 'paused' : rate || (steps > 0 ? 'waiting' : 'starting'),
    precision: precision.map(precisionText).join(', '),
    left: !paused && !done && Number.isFinite(secondsLeft) ? `${duration(secondsLeft)} left` : '',
  };
}

/** One line of progress, as it is printed where there is no terminal. */
export function progressLine(progress: Progress): string {
  const { percent, particles, precision, rate, left } = parts(progress);
  return [`${percent} %: ${particles}`, precision, rate, left].filter(Boolean).join(', ');
}

/**
 * Lines every few seconds: for a pipe, a file or a log. A run shorter than that prints none.
 *
 * @param write prints a text
 * @param now a clock in milliseconds
 */
export function linesDisplay(
  write: (text: string) => void,
  now: () => number = () => performance.now(),
): ProgressDisplay {
  let printed = now();
  return {
    update(progress) {
      if (now() - printed < lineInterval) return;
      printed = now();
      write(`${progressLine(progress)}\n`);
    },
    stop() {},
  };
}

/** A bar that is redrawn in place and taken away at the end: for a terminal. */
export async function barDisplay(stream: NodeJS.WriteStream): Promise<ProgressDisplay> {
  const { default: cliProgress } = await import('cli-progress');
  const format = '{bar} {percent} %  {particles}  {precision}  {rate}  {left}';
  const bar = new cliProgress.SingleBar(
    { stream, format, hideCursor: false, clearOnComplete: true, fps: 10, barsize: 20 },
    cliProgress.Presets.shades_classic,
  );
  let running = false;
  return {
    update(progress) {
      const payload = parts(progress);
      // Of a run to a precision the end moves.
      if (running) bar.setTotal(progress.particlesTotal);
      if (running) bar.update(progress.particlesDone, payload);
      else bar.start(progress.particlesTotal, progress.particlesDone, payload);
      running = true;
    },
    stop() {
      if (running) bar.stop();
      running = false;
    },
  };
}

/** Nothing at all: for `--quiet`. */
export const noDisplay: ProgressDisplay = { update() {}, stop() {} };
