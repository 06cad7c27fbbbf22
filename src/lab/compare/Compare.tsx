/** Two runs beside each other: ready-made pairs, or two scenarios of one's own. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { symbols } from '../../results/format.js';
import { plainOf } from '../scenario/plain.js';
import { useRun } from '../view/useRun.js';
import { fittingWorkers } from '../view/workers.js';
import { Distributions } from './Distributions.js';
import { filesCarried, fromComparison, toComparison } from './link.js';
import { NumberTable } from './NumberTable.js';
import { compareNumbers } from './numbers.js';
import { Overlaid } from './Overlaid.js';
import { own, type Pair, pairs } from './pairs.js';
import { Side } from './Side.js';
import { sharesOf } from './workers.js';

const going = (phase: string) => phase === 'running' || phase === 'paused';
/** A scenario that names no seed has this one. */
const seedOf = (text: string) => String((plainOf(text) as { seed?: unknown } | undefined)?.seed ?? 1);

export function Compare({ rest }: { readonly rest: string }) {
  const a = useRun(true);
  const b = useRun(true);
  const [chosen, setChosen] = useState('');
  const [texts, setTexts] = useState<readonly [string, string]>(pairs[0].texts);
  const [ran, setRan] = useState<readonly [string, string]>();
  const [waits, setWaits] = useState(false);
  const [word, setWord] = useState('');
  const pair: Pair | undefined = pairs.find(({ name }) => name === chosen);
  const labels = pair?.labels ?? (['first', 'second'] as const);

  useEffect(() => {
    const name = rest.replace(/^\//, '');
    fromComparison(rest)
      .then((found) => {
        const known = pairs.find((one) => one.name === name) ?? pairs[0];
        setChosen(found ? own : known.name);
        setTexts(found ?? known.texts);
      })
      .catch((error: Error) => setWord(error.message));
  }, [rest]);

  // With one worker the runs come one after the other.
  useEffect(() => {
    if (!waits || !ran) return;
    if (a.shown.phase === 'done') {
      setWaits(false);
      b.start(ran[1], filesCarried(), fittingWorkers);
    } else if (a.shown.phase === 'failed' || a.shown.phase === 'stopped') setWaits(false);
  }, [waits, a.shown.phase]);

  const phases = [a.shown.phase, b.shown.phase];
  const busy = waits || phases.some(going);
  const paused = phases.includes('paused');
  const ready = phases.every((phase) => phase !== 'loading') && [a, b].every(({ shown }) => shown.faults.length === 0);
  const start = () => {
    const shares = sharesOf(fittingWorkers);
    setRan(texts);
    setWaits(!shares);
    b.tell({ type: 'cleared' });
    a.start(texts[0], filesCarried(), shares?.[0] ?? fittingWorkers);
    if (shares) b.start(texts[1], filesCarried(), shares[1]);
  };
  const tellBoth = (type: 'pause' | 'resume' | 'stop') => {
    if (type === 'stop') setWaits(false);
    for (const { shown, send } of [a, b]) if (going(shown.phase)) send({ type });
  };
  const edit = (side: 0 | 1, text: string) => {
    setChosen(own);
    setTexts((before) => (side === 0 ? [text, before[1]] : [before[0], text]));
  };
  const rows = useMemo(
    () => compareNumbers(a.shown.tables?.numbers ?? [], b.shown.tables?.numbers ?? []),
    [a.shown.tables, b.shown.tables],
  );
  const share = async () => {
    const address = new URL(location.href);
    address.hash = pair ? `compare/${pair.name}` : await toComparison(texts);
    history.replaceState(null, '', address);
    const copied = await navigator.clipboard?.writeText(address.href).then(
      () => true,
      () => false,
    );
    setWord(copied ? 'The link is copied; it carries both scenarios.' : 'The link is in the address bar.');
  };
  return (
    <main class="compare">
      <section class="card pair">
        <label for="pair">What is compared</label>
        <select
          id="pair"
          value={chosen}
          onChange={(event) => {
            const found = pairs.find(({ name }) => name === event.currentTarget.value);
            setChosen(event.currentTarget.value);
            if (found) setTexts(found.texts);
          }}
        >
          {pairs.map(({ name, title }) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
          <option value={own}>Two scenarios of my own</option>
        </select>
        {pair && <p>{symbols(pair.look)}</p>}
        {pair && (
          <p class="theory">
            <strong>Theory.</strong> {symbols(pair.theory)}
          </p>
        )}
        {!pair && <p>Edit either text below, or take a preset; everything that both runs have is compared.</p>}
        <div class="buttons">
          <button type="button" class="main" disabled={!ready || busy} onClick={start}>
            Run both
          </button>
          <button type="button" disabled={!phases.some(going)} onClick={() => tellBoth(paused ? 'resume' : 'pause')}>
            {paused ? 'Resume' : 'Pause'}
          </button>
          <button type="button" disabled={!busy} onClick={() => tellBoth('stop')}>
            Stop
          </button>
          <button type="button" disabled={busy} onClick={() => edit(1, texts[0])}>
            Copy A to B
          </button>
          <button type="button" onClick={() => void share()}>
            Copy link
          </button>
        </div>
        {word && <p role="status">{word}</p>}
      </section>
      <div class="sides">
        {([0, 1] as const).map((side) => (
          <Side
            key={side}
            letter={side === 0 ? 'A' : 'B'}
            label={labels[side]}
            run={side === 0 ? a : b}
            text={texts[side]}
            waits={side === 1 && waits}
            opened={!pair}
            change={(text) => edit(side, text)}
          />
        ))}
      </div>
      <div class="both">
        <Overlaid a={a} b={b} labels={labels} wanted={pair?.curve ?? ''} title={pair?.title ?? 'Two scenarios'} />
        <Distributions a={a} b={b} labels={labels} />
        <NumberTable rows={rows} correlated={ran !== undefined && seedOf(ran[0]) === seedOf(ran[1])} />
      </div>
    </main>
  );
}
