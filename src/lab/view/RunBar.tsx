/** Run, pause, resume, stop, and how far it is. */
import { useState } from 'preact/hooks';
import { grouped } from '../../results/format.js';
import { duration, short } from '../format.js';
import type { ProgressReport } from '../messages.js';

export type Phase = 'loading' | 'idle' | 'running' | 'paused' | 'done' | 'stopped' | 'failed';

interface Props {
  readonly phase: Phase;
  readonly progress: ProgressReport | undefined;
  readonly faulty: boolean;
  readonly workers: number;
  readonly mostWorkers: number;
  readonly outcome: { readonly hash: string; readonly seconds: number } | undefined;
  run(): void;
  pause(): void;
  resume(): void;
  stop(): void;
  setWorkers(workers: number): void;
}

const words: Readonly<Record<Phase, string>> = {
  loading: 'Loading the engine …',
  idle: 'Ready',
  running: 'Running',
  paused: 'Paused',
  done: 'Done',
  stopped: 'Stopped: what was finished is shown',
  failed: 'Failed',
};

export function RunBar(props: Props) {
  const { phase, progress, faulty, workers, mostWorkers, outcome } = props;
  // What is being typed stands while the page is drawn again, ten times a second.
  const [draft, setDraft] = useState<string>();
  const going = phase === 'running' || phase === 'paused';
  return (
    <section class="run" aria-label="Run">
      <div class="buttons">
        <button type="button" class="main" disabled={phase === 'loading' || faulty || going} onClick={props.run}>
          Run
        </button>
        {phase === 'paused' ? (
          <button type="button" onClick={props.resume}>
            Resume
          </button>
        ) : (
          <button type="button" disabled={phase !== 'running'} onClick={props.pause}>
            Pause
          </button>
        )}
        <button type="button" disabled={!going} onClick={props.stop}>
          Stop
        </button>
        <label class="workers">
          Workers
          <input
            type="number"
            min={1}
            max={mostWorkers}
            value={draft ?? workers}
            onInput={(event) => setDraft(event.currentTarget.value)}
            onChange={(event) => {
              setDraft(undefined);
              const wanted = Math.round(Number(event.currentTarget.value));
              props.setWorkers(Math.max(1, Math.min(mostWorkers, wanted || 1)));
            }}
          />
        </label>
      </div>
      <progress max={progress?.particlesTotal ?? 1} value={progress?.particlesDone ?? 0} aria-label="Particles done" />
      <p class="state">
        <strong role="status" data-phase={phase}>
          {words[phase]}
        </strong>
        {progress && (
          <span>
            {grouped(progress.particlesDone)} of {grouped(progress.particlesTotal)} particles
          </span>
        )}
        {progress && going && <span>{short(progress.stepsPerSecond, '1')} steps/s</span>}
        {progress && phase === 'running' && <span>{duration(progress.secondsLeft)} left</span>}
        {outcome && <span>in {Number(outcome.seconds.toPrecision(3))} s</span>}
        {outcome && (
          <span class="hash">
            hash{' '}
            <code data-hash={outcome.hash} title={outcome.hash}>
              {outcome.hash.slice(0, 16)}…
            </code>
          </span>
        )}
      </p>
    </section>
  );
}
