/** A run and what is shown of it: one session worker, and the messages that were exchanged with it so far. */
import { useCallback, useEffect, useReducer, useRef, useState } from 'preact/hooks';
import { download } from '../download.js';
import type { Files, FromSession, MapName, ToSession } from '../messages.js';
import { Session } from '../session.js';
import { choiceOf, toggled } from './chosen.js';
import { useLookedAt } from './lookedAt.js';
import { type Event, next, nothing, type Shown } from './state.js';

export interface OneRun {
  readonly shown: Shown;
  /** The figures that are looked at: the chosen ones, as far as the run has them. */
  readonly chosen: readonly string[];
  readonly map: MapName;
  send(message: ToSession): void;
  tell(event: Event): void;
  start(text: string, files: Files, workers: number): void;
  choose(figures: readonly string[]): void;
  /** Takes a figure in, or away. */
  toggle(figure: string): void;
  chooseMap(map: MapName): void;
  /** The width that figures are drawn for. */
  resize(width: number): void;
}

/** Widths that figures are drawn for [px]. */
const [narrowest, widest] = [300, 960];

/** @param compared whether the numbers and curves themselves are wanted, in place of figures */
export function useRun(compared = false): OneRun {
  const [shown, tell] = useReducer(next, nothing);
  const [chosen, choose] = useState<readonly string[]>();
  const [width, resize] = useState(640);
  const [map, chooseMap] = useState<MapName>('place');
  const session = useRef<Session>();
  const lookedAt = useLookedAt();
  const names = shown.figures.map(({ name }) => name);
  const choice = choiceOf(chosen, shown.telling, names);
  const list = choice.shown.join();

  useEffect(() => {
    const opened = new Session((message: FromSession) => {
      if (message.type === 'file')
        download(message.name, new Blob([message.bytes as BlobPart], { type: message.mime }));
      tell(message);
    });
    session.current = opened;
    // Its workers end with it.
    return () => opened.close();
  }, []);
  const send = useCallback((message: ToSession) => session.current?.send(message), []);

  useEffect(() => {
    // A figure that nobody sees is not drawn.
    send({
      type: 'show',
      figures: lookedAt && !compared ? choice.shown : [],
      width: Math.max(narrowest, Math.min(widest, width)),
      map,
    });
  }, [list, width, map, lookedAt, shown.phase === 'loading']);

  const start = useCallback((text: string, files: Files, workers: number) => {
    tell({ type: 'starting' });
    send({ type: 'run', text, files, workers, tables: compared });
  }, []);
  const toggle = (figure: string) => choose(toggled(choice, figure));
  return { shown, chosen: choice.shown, map, send, tell, start, choose, toggle, chooseMap, resize };
}
