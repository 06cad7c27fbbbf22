/** The whole page. */
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import { symbols } from '../../results/format.js';
import { download } from '../download.js';
import type { Files, MapName } from '../messages.js';
import { isOrbits, orbitMotions, sectionsOf } from '../scenario/controls.js';
import { fromFragment, toFragment } from '../scenario/link.js';
import { type Change, edited, plainOf } from '../scenario/plain.js';
import { Session } from '../session.js';
import { Figures } from './Figures.js';
import { Form } from './Form.js';
import { HeatMap } from './HeatMap.js';
import { Mirror } from './Mirror.js';
import { Numbers } from './Numbers.js';
import { RunBar } from './RunBar.js';
import { next, nothing } from './state.js';
import { Yaml } from './Yaml.js';

/** One core is left to the page. */
const mostWorkers = Math.max(1, navigator.hardwareConcurrency || 2);
const fittingWorkers = Math.max(1, mostWorkers - 1);
/** On a narrow screen the form and the text are folded. */
const wide = matchMedia('(min-width: 720px)').matches;
/** Bytes a dropped file may have. */
const largestFile = 8 * 1024 * 1024;

export function Lab() {
  const [shown, tell] = useReducer(next, nothing);
  const [text, setText] = useState('');
  const [files, setFiles] = useState<Files>({});
  const [preset, setPreset] = useState('');
  const [workers, setWorkers] = useState(fittingWorkers);
  const [chosen, setChosen] = useState('');
  const [width, setWidth] = useState(640);
  const [map, setMap] = useState<MapName>('place');
  const ticket = useRef(0);
  const session = useRef<Session>();
  // A choice holds as long as runs have that figure.
  const figure = shown.figures.some(({ name }) => name === chosen) ? chosen : shown.figure;

  useEffect(() => {
    session.current = new Session((message) => {
      if (message.type === 'file')
        download(message.name, new Blob([message.bytes as BlobPart], { type: message.mime }));
      tell(message);
    });
  }, []);
  const send = useCallback<Session['send']>((message) => session.current?.send(message), []);

  const fromLink = useCallback(async () => {
    try {
      const found = await fromFragment(location.hash);
      if (found === undefined) return false;
      setText(found);
      setPreset('');
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
      if (found) return;
      setPreset(shown.presets[0].name);
      setText(shown.presets[0].yaml);
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

  useEffect(() => {
    send({ type: 'show', figure, width: Math.max(300, Math.min(960, width)), map });
  }, [figure, width, map, shown.phase === 'loading']);

  const plain = useMemo(() => plainOf(text), [text]);
  const orbits = Boolean(plain && shown.orbits && isOrbits(plain, orbitMotions(shown.orbits)));
  const sections = useMemo(
    () => (plain && shown.line && shown.orbits ? sectionsOf(orbits ? shown.orbits : shown.line, plain, orbits) : []),
    [plain, orbits, shown.line],
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
      if (/\.(ya?ml|json)$/i.test(file.name)) {
        setText(content);
        setPreset('');
      } else setFiles((before) => ({ ...before, [file.name]: content }));
    }
  }, []);

  // Files may be dropped anywhere on the page.
  useEffect(() => {
    const over = (event: DragEvent) => event.preventDefault();
    const drop = (event: DragEvent) => {
      event.preventDefault();
      void take([...(event.dataTransfer?.files ?? [])]);
    };
    addEventListener('dragover', over);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('drop', drop);
    };
  }, [take]);

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

  const run = () => {
    tell({ type: 'starting' });
    send({ type: 'run', text, files, workers });
  };
  const name = typeof plain?.name === 'string' && /^[\w.-]{1,64}$/.test(plain.name) ? plain.name : 'run';
  const description = shown.presets.find((one) => one.name === preset)?.description;

  return (
    <div class="page">
      <header>
        <h1>
          losscone <span>lab</span>
        </h1>
        <p>
          Charged particles in magnetic fields, by Monte Carlo, in this page: the same engine and the same bits as the
          command line.
        </p>
      </header>
      <main>
        <RunBar
          phase={shown.phase}
          progress={shown.progress}
          faulty={shown.faults.length > 0}
          workers={workers}
          mostWorkers={mostWorkers}
          orbits={shown.kind === 'orbits'}
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
        {shown.notice && (
          <p
            class={shown.phase === 'failed' ? 'notice bad' : 'notice'}
            role={shown.phase === 'failed' ? 'alert' : 'status'}
          >
            {shown.notice}
            <button type="button" aria-label="Close this message" onClick={() => tell({ type: 'quiet' })}>
              ×
            </button>
          </p>
        )}
        {shown.warnings.map((warning) => (
          <p key={warning} class="notice">
            {warning}
          </p>
        ))}
        <section class="setup card" aria-labelledby="setup-title">
          <div class="card-head">
            <h2 id="setup-title">Set-up</h2>
            <button type="button" onClick={() => void share()}>
              Copy link
            </button>
            <label class="file">
              Open file
              <input
                type="file"
                multiple
                accept=".yaml,.yml,.json,.csv,.txt"
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
            value={preset}
            onChange={(event) => {
              const chosen = shown.presets.find((one) => one.name === event.currentTarget.value);
              if (!chosen) return;
              setPreset(chosen.name);
              setText(chosen.yaml);
            }}
          >
            {preset === '' && <option value="">my own</option>}
            {shown.presets.map((one) => (
              <option key={one.name} value={one.name}>
                {one.title}
              </option>
            ))}
          </select>
          {description && <p class="help about">{symbols(description)}</p>}
          <details class="controls" open={wide}>
            <summary>Form</summary>
            {plain ? (
              <Form sections={sections} faults={shown.faults} change={change} />
            ) : (
              <p class="help">The form comes back when the text below can be read again.</p>
            )}
          </details>
          <Yaml text={text} faults={shown.faults} files={Object.keys(files)} wide={wide} change={setText} />
        </section>
        <div class="results">
          {shown.kind === 'line' && <HeatMap map={shown.map} maps={shown.maps} wanted={map} choose={setMap} />}
          <Mirror paths={shown.mirror} />
          <Figures
            figures={shown.rows.length > 0 ? shown.figures : []}
            chosen={figure}
            svg={shown.svgs[figure]}
            name={name}
            choose={setChosen}
            resize={setWidth}
            csv={(tables) => send({ type: 'csv', tables })}
            hdf5={() => send({ type: 'hdf5' })}
            notice={(message) => tell({ type: 'notice', message })}
          />
          <Numbers rows={shown.rows} verdict={shown.verdict} />
        </div>
      </main>
    </div>
  );
}
