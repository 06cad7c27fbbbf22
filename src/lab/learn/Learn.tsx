/** The guided path: its contents, and the page that is read. */
import { useCallback, useEffect, useState } from 'preact/hooks';
import { answered, remember } from './answered.js';
import { LessonPage } from './LessonPage.js';
import { lessons } from './registry.js';

export function Learn({ rest }: { readonly rest: string }) {
  const at = lessons.findIndex(({ name }) => rest === `/${name}`);
  const [done, setDone] = useState(answered);
  const answer = useCallback((name: string) => {
    setDone((before) => {
      if (before.has(name)) return before;
      const after = new Set([...before, name]);
      remember(after);
      return after;
    });
  }, []);
  useEffect(() => {
    scrollTo(0, 0);
    document.querySelector<HTMLElement>('#lesson-title')?.focus({ preventScroll: true });
  }, [at]);
  const lesson = lessons[at];
  const [before, after] = [lessons[at - 1], lessons[at + 1]];
  return (
    <main class="learn">
      <nav class="contents" aria-label="Contents">
        <ol>
          {lessons.map(({ name, short, title }) => (
            <li key={name}>
              <a href={`#learn/${name}`} aria-current={name === lesson?.name ? 'page' : undefined}>
                {lesson ? short : title}
                {done.has(name) && <span class="done">answered</span>}
              </a>
            </li>
          ))}
        </ol>
      </nav>
      {lesson ? (
        <>
          <LessonPage
            key={lesson.name}
            lesson={lesson}
            done={done.has(lesson.name)}
            answer={() => answer(lesson.name)}
          />
          <nav class="turn" aria-label="Previous and next page">
            {before ? <a href={`#learn/${before.name}`}>← {before.short}</a> : <a href="#learn">← Contents</a>}
            {after ? <a href={`#learn/${after.name}`}>{after.short} →</a> : <a href="#learn">Contents →</a>}
          </nav>
        </>
      ) : (
        <section class="overview">
          <h2 id="lesson-title" tabIndex={-1}>
            Six claims about a charged particle, each with a run to test it
          </h2>
          <p>
            For whoever knows the Lorentz force and some mechanics, and nothing of mirrors. Each page makes one claim
            and derives it in a few lines; beside it the engine of this lab runs the same physics. Move its controls,
            compare its numbers with theory's, and answer the question at the end by playing: answers are checked
            against theory or against your own run.{' '}
            {done.size > 0 && `You have answered ${done.size} of ${lessons.length}.`}
          </p>
          <p>
            <a class="begin" href={`#learn/${(lessons.find(({ name }) => !done.has(name)) ?? lessons[0]).name}`}>
              {done.size === 0 ? 'Begin' : 'Go on'}
            </a>
          </p>
        </section>
      )}
    </main>
  );
}
