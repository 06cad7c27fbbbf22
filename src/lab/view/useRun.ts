/** A run and what is shown of it: one session worker, and the messages that were exchanged with it so far. */
import { useCallback, useEffect, useReducer, useRef, useState } from 'preact/hooks';
import { download } from '../download.js';
import type { Files, FromSession, MapName, ToSession } from '../messages.js';
import { Session } from '../session.js';
import { useLookedAt } from './lookedAt.js';
import { type Event, next, nothing, type Shown } from './state.js';

export interface OneRun {
  readonly shown: Shown;
  /** The figure that is looked at: the chosen one, as long as runs have it. */
  readonly figure: string;
  readonly map: MapName;
  send(message: ToSession): void;
  tell(event: Event): void;
  start(text: string, files: Files, workers: number): void;
  choose(figure: string): void;
  chooseMap(map: MapName): void;
  /** The width that figures are drawn for. */
  resize(width: number): void;
}

/** Widths that figures are drawn for [px]. */
const [narrowest, widest] = [300, 960];

export function useRun(): OneRun {
  const [shown, tell] = useReducer(next, nothing);
  const [chosen, choose] = useState('');
  const [width, resize] = useState(640);
  const [map, chooseMap] = useState<MapName>('place');
  const session = useRef<Session>();
  const lookedAt = useLookedAt();
  const figure = shown.figures.some(({ name }) => name === chosen) ? chosen : shown.figure;

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
    send({ type: 'show', figure: lookedAt ? figure : '', width: Math.max(narrowest, Math.min(widest, width)), map });
  }, [figure, width, map, lookedAt, shown.phase === 'loading']);

  const start = useCallback((text: string, files: Files, workers: number) => {
    tell({ type: 'starting' });
    send({ type: 'run', text, files, workers });
  }, []);
  return { shown, figure, map, send, tell, start, choose, chooseMap, resize };
}
