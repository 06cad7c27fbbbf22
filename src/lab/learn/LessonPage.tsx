/** One page: what it says, a run to play with, a question to it, and where it comes from. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { toFragment } from '../scenario/link.js';
import { Figures } from '../view/Figures.js';
import { HeatMap } from '../view/HeatMap.js';
import { Mirror } from '../view/Mirror.js';
import { Notices } from '../view/Notices.js';
import { useRun } from '../view/useRun.js';
import { fittingWorkers } from '../view/workers.js';
import { Ask } from './Ask.js';
import { Dial } from './Dial.js';
import { type Lesson, type Past, type Settings, startOf } from './lesson.js';
import { PastRuns, Readings } from './Readings.js';

/** Milliseconds that a control rests before the run starts anew. */
const rest = 350;
const mostPast = 12;

const words = {
  loading: 'Loading the engine …',
  idle: 'Ready: press Run',
  running: 'Running',
  paused: 'Paused',
  done: 'Done',
  stopped: 'Stopped',
  failed: 'Failed',
} as const;

const same = (a: Settings | undefined, b: Settings) => a !== undefined && JSON.stringify(a) === JSON.stringify(b);

interface Props {
  readonly lesson: Lesson;
  readonly done: boolean;
  answer(): void;
}

export function LessonPage({ lesson, done, answer }: Props) {
  const one = useRun();
  const { shown, send } = one;
  const { shows, question, Text } = lesson;
  const [settings, setSettings] = useState(() => startOf(lesson));
  /** How the controls stood when the run started; undefined before the first. */
  const [ran, setRan] = useState<Settings>();
  const [past, setPast] = useState<readonly Past[]>([]);
  const [link, setLink] = useState('');
  const yaml = useMemo(() => lesson.scenario(settings), [settings]);
  const title = useRef<HTMLHeadingElement>(null);

  const start = useCallback(() => {
    setRan(settings);
    one.start(lesson.scenario(settings), {}, fittingWorkers);
  }, [settings]);

  // The first run is asked for; from then on the run follows the controls.
  useEffect(() => {
    if (ran === undefined || same(ran, settings)) return;
    const timer = setTimeout(start, rest);
    return () => clearTimeout(timer);
  }, [settings]);

  useEffect(() => {
    if (shows.figure) one.choose([shows.figure]);
    if (shows.map) one.chooseMap(shows.map);
  }, []);

  useEffect(() => {
    let gone = false;
    toFragment(yaml).then((fragment) => !gone && setLink(`#${fragment}`));
    return () => {
      gone = true;
    };
  }, [yaml]);

  const current = same(ran, settings);
  const readings = useMemo(() => lesson.readings(ran ?? settings, shown), [ran ?? settings, shown.rows, shown.map]);
  const finished = shown.phase === 'done' && current;
  useEffect(() => {
    if (shown.phase !== 'done' || ran === undefined) return;
    setPast((before) =>
      [{ settings: ran, readings }, ...before.filter((old) => !same(old.settings, ran))].slice(0, mostPast),
    );
  }, [shown.phase]);

  const check = (value: number) => {
    const verdict = question.check({ value, settings, readings: finished ? readings : undefined, past });
    if (verdict.right) answer();
    return verdict;
  };
  const going = shown.phase === 'running';
  const figures = shown.figures.filter(({ name }) => name === shows.figure);
  const progress = shown.progress;

  return (
    <article class="lesson" aria-labelledby="lesson-title">
      <div class="reading">
        <h2 id="lesson-title" ref={title} tabIndex={-1}>
          {lesson.title}
        </h2>
        <Text />
      </div>
      <section class="play" aria-label="Live run">
        <div class="card">
          {lesson.knobs.map((knob) => (
            <Dial
              key={knob.key}
              knob={knob}
              value={settings[knob.key]}
              set={(value) => setSettings((before) => ({ ...before, [knob.key]: value }))}
            />
          ))}
          <div class="go">
            <button type="button" class="main" disabled={shown.phase === 'loading' || going} onClick={start}>
              Run
            </button>
            <button type="button" disabled={!going} onClick={() => send({ type: 'stop' })}>
              Stop
            </button>
            <strong role="status" data-learn-phase={shown.phase} data-current={current}>
              {words[shown.phase]}
            </strong>
            <progress
              max={progress?.particlesTotal ?? 1}
              value={progress?.particlesDone ?? 0}
              aria-label="Particles done"
            />
            <a class="open" href={link}>
              Open in the lab
            </a>
          </div>
          <Notices run={one} />
          <Readings readings={readings} />
          <PastRuns past={past} knobs={lesson.knobs} remembers={lesson.remembers} />
        </div>
        {shows.mirror && <Mirror paths={shown.mirror} />}
        {shows.map && shown.map && (
          <HeatMap map={shown.map} maps={[shows.map]} wanted={shows.map} choose={one.chooseMap} />
        )}
        {shows.figure && shown.rows.length > 0 && figures.length > 0 && (
          <Figures
            figures={figures}
            chosen={[shows.figure]}
            svgs={shown.svgs}
            readings={shown.readings}
            name={lesson.name}
            resize={one.resize}
            csv={(tables) => send({ type: 'csv', tables })}
            hdf5={() => send({ type: 'hdf5' })}
            notice={(message) => one.tell({ type: 'notice', message })}
          />
        )}
      </section>
      <div class="reading">
        <section class="notice-what" aria-labelledby="notice-title">
          <h3 id="notice-title">What to notice</h3>
          <ul>
            {lesson.notice.map((one, i) => (
              <li key={i}>{one}</li>
            ))}
          </ul>
        </section>
        <Ask question={question} done={done} state={settings} check={check} />
        <section class="sources" aria-labelledby="sources-title">
          <h3 id="sources-title">Sources</h3>
          <ul>
            {lesson.sources.map(({ who, year, title, where, doi }) => (
              <li key={title}>
                {who} ({year}). <cite>{title}</cite>. {where}.
                {doi && (
                  <>
                    {' '}
                    <a href={`https://doi.org/${doi}`} rel="noreferrer">
                      doi:{doi}
                    </a>
                  </>
                )}
              </li>
            ))}
          </ul>
        </section>
      </div>
    </article>
  );
}
