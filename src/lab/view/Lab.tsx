/** Set up a scenario, run it, look at it. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { symbols } from '../../results/format.js';
import type { Files } from '../messages.js';
import { isOrbits, orbitMotions, sectionsOf } from '../scenario/controls.js';
import { fromFragment, toFragment } from '../scenario/link.js';
import { otherMotion, presetOf } from '../scenario/motions.js';
import { type Change, edited, plainOf } from '../scenario/plain.js';
import { Form } from './Form.js';
import { useLookedAt } from './lookedAt.js';
import { Notices } from './Notices.js';
import { Results } from './Results.js';
import { RunBar } from './RunBar.js';
import { useRun } from './useRun.js';
import { fittingWorkers, mostWorkers } from './workers.js';
import { Yaml } from './Yaml.js';

/** On a narrow screen the form and the text are folded. */
const wide = matchMedia('(min-width: 720px)').matches;
/** Bytes a dropped file may have. */
const largestFile = 8 * 1024 * 1024;

export function Lab() {
  const one = useRun();
  const lookedAt = useLookedAt();
  const { shown, send, tell } = one;
  const [text, setText] = useState('');
  const [files, setFiles] = useState<Files>({});
  const [workers, setWorkers] = useState(fittingWorkers);
  const ticket = useRef(0);

  const fromLink = useCallback(async () => {
    try {
      const found = await fromFragment(location.hash);
      if (found === undefined) return false;
      setText(found);
      return true;
    } catch (error) {
      tell({ type: 'notice', message: (error as Error).message });
      return false;
    }
  }, []);

  // The first scenario: the link's, or the first preset.
  useEffect(() => {
    if (shown.presets.length === 0) return;
    fromLink().then((found) => {
      if (!found) setText(shown.presets[0].yaml);
    });
    const changed = () => void fromLink();
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, [shown.presets]);

  // Every change is checked, once typing rests for a moment.
  useEffect(() => {
    if (text === '' && shown.presets.length === 0) return;
    const timer = setTimeout(() => send({ type: 'check', ticket: ++ticket.current, text, files }), 120);
    return () => clearTimeout(timer);
  }, [text, files, shown.presets]);

  const plain = useMemo(() => plainOf(text), [text]);
  const motions = useMemo(() => (shown.orbits ? orbitMotions(shown.orbits) : []), [shown.orbits]);
  const orbits = plain !== undefined && isOrbits(plain, motions);
  const preset = useMemo(() => presetOf(plain, motions, shown.presets), [plain, motions, shown.presets]);
  const untouched = preset?.yaml === text;
  const sections = useMemo(
    () =>
      plain && shown.line && shown.orbits
        ? sectionsOf(orbits ? shown.orbits : shown.line, plain, orbits, Object.keys(files))
        : [],
    [plain, orbits, shown.line, files],
  );
  const change = useCallback((changes: readonly Change[]) => {
    setText((before) => edited(before, changes));
  }, []);

  const take = useCallback(async (dropped: readonly File[]) => {
    for (const file of dropped) {
      if (file.size > largestFile) {
        tell({ type: 'notice', message: `${file.name}: has ${file.size} bytes (must be at most ${largestFile})` });
        continue;
      }
      const content = await file.text();
      if (/\.(ya?ml|json)$/i.test(file.name)) setText(content);
      else setFiles((before) => ({ ...before, [file.name]: content }));
    }
  }, []);

  const paste = useCallback((name: string, content: string) => {
    setFiles((before) => ({ ...before, [name]: content }));
  }, []);

  // Files may be dropped anywhere on the page.
  useEffect(() => {
    const over = (event: DragEvent) => event.preventDefault();
    const drop = (event: DragEvent) => {
      event.preventDefault();
      // Elsewhere they are let fall: the browser would leave the page for them, and its run.
      if (lookedAt) void take([...(event.dataTransfer?.files ?? [])]);
    };
    addEventListener('dragover', over);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('drop', drop);
    };
  }, [take, lookedAt]);

  const share = async () => {
    const address = new URL(location.href);
    address.hash = await toFragment(text);
    history.replaceState(null, '', address);
    const copied = await navigator.clipboard?.writeText(address.href).then(
      () => true,
      () => false,
    );
    tell({
      type: 'notice',
      message: copied
        ? 'The link is copied; it carries the whole scenario.'
        : 'The link is in the address bar; it carries the whole scenario.',
    });
  };

  const compare = async () => (await import('../compare/link.js')).handOver(text, files);
  const run = () => one.start(text, files, workers);
  const name = typeof plain?.name === 'string' && /^[\w.-]{1,64}$/.test(plain.name) ? plain.name : 'run';

  return (
    <main>
      <RunBar
        phase={shown.phase}
        progress={shown.progress}
        faulty={shown.faults.length > 0}
        workers={workers}
        mostWorkers={mostWorkers}
        outcome={shown.outcome}
        run={run}
        pause={() => send({ type: 'pause' })}
        resume={() => send({ type: 'resume' })}
        stop={() => send({ type: 'stop' })}
        setWorkers={(count) => {
          setWorkers(count);
          if (shown.phase === 'running' || shown.phase === 'paused') send({ type: 'workers', workers: count });
        }}
      />
      <Notices run={one} />
      <section class="setup card" aria-labelledby="setup-title">
        <div class="card-head">
          <h2 id="setup-title">Set-up</h2>
          <button type="button" onClick={() => void share()}>
            Copy link
          </button>
          <button
            type="button"
            title="Take this scenario to Compare, as both of its sides"
            onClick={() => void compare()}
          >
            Compare
          </button>
          <label class="file">
            Open file
            <input
              type="file"
              multiple
              accept=".yaml,.yml,.json,.csv,.txt,.geqdsk,.eqdsk"
              onChange={(event) => {
                void take([...(event.currentTarget.files ?? [])]);
                event.currentTarget.value = '';
              }}
            />
          </label>
        </div>
        <label class="preset" for="preset">
          Preset
        </label>
        <select
          id="preset"
          value={untouched ? preset.name : ''}
          onChange={(event) => {
            const chosen = shown.presets.find((other) => other.name === event.currentTarget.value);
            if (chosen) setText(chosen.yaml);
          }}
        >
          {!untouched && <option value="">{preset ? `Changed: ${preset.title}` : 'my own'}</option>}
          {shown.presets.map((other) => (
            <option key={other.name} value={other.name}>
              {other.title}
            </option>
          ))}
        </select>
        {plain && (
          <>
            <label class="preset" for="motions">
              Motion
            </label>
            <select
              id="motions"
              aria-describedby="motions-help"
              value={orbits ? 'space' : 'line'}
              onChange={(event) => {
                if ((event.currentTarget.value === 'space') === orbits || !shown.orbits) return;
                const other = otherMotion(text, motions, shown.presets);
                if (other !== undefined) setText(other);
              }}
            >
              <option value="line">along a field line</option>
              <option value="space">in space</option>
            </select>
            <p class="help about" id="motions-help">
              Guiding centres on one line of the field, or orbits in space. Species, particles and times in seconds go
              along; the field and the boundary are those of a preset.
            </p>
          </>
        )}
        {preset && <p class="help about">{symbols(preset.description)}</p>}
        <details class="controls" open={wide}>
          <summary>Form</summary>
          {plain ? (
            <Form sections={sections} faults={shown.faults} change={change} paste={paste} />
          ) : (
            <p class="help">The form comes back when the text below can be read again.</p>
          )}
        </details>
        <Yaml text={text} faults={shown.faults} files={Object.keys(files)} wide={wide} change={setText} />
      </section>
      <Results run={one} name={name} />
    </main>
  );
}
