/** The live distribution: map, time, and the value under the pointer. */
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { measured } from '../../results/format.js';
import { short } from '../format.js';
import type { HeatData, MapName } from '../messages.js';
import { useLookedAt } from './lookedAt.js';
import { cellAt, geometryOf, overTime, paint } from './paintHeat.js';
import { useRepaint } from './useRepaint.js';

const titles: Readonly<Record<MapName, string>> = {
  place: 'Place and pitch, f(s, ξ)',
  midplane: 'Midplane pitch, f(ξ₀)',
  local: 'Local pitch, f(ξ)',
};

/** Milliseconds that each moment is shown for. */
const pace = 120;
const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

interface Props {
  readonly map: HeatData | undefined;
  readonly maps: readonly MapName[];
  readonly wanted: MapName;
  choose(map: MapName): void;
}

export function HeatMap({ map, maps, wanted, choose }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const heading = useId();
  const seen = useLookedAt();
  const [time, setTime] = useState(0);
  const [playing, setPlaying] = useState(() => !still());
  const size = useRepaint(canvas);
  const [read, setRead] = useState('');
  const count = map?.shape[0] ?? 1;
  const shown = Math.min(time, count - 1);

  useEffect(() => {
    if (!canvas.current || !map || !seen) return;
    const element = canvas.current;
    const frame = requestAnimationFrame(() => paint(element, map, shown));
    return () => cancelAnimationFrame(frame);
  }, [map, shown, size, seen]);

  useEffect(() => {
    if (!playing || !seen || !map || count < 2) return;
    const timer = setInterval(() => setTime((t) => (t + 1) % count), pace);
    return () => clearInterval(timer);
  }, [playing, seen, map !== undefined, count]);

  const look = (event: PointerEvent) => {
    if (!map || !canvas.current) return;
    const { clientWidth, clientHeight } = canvas.current;
    const cell = cellAt(map, shown, event.offsetX, event.offsetY, geometryOf(clientWidth, clientHeight));
    if (!cell) {
      setRead('');
      return;
    }
    const middle = (edges: Float64Array, i: number) => (edges[i] + edges[i + 1]) / 2;
    const where = overTime(map) ? '' : `${map.axis.name} = ${short(middle(map.edges, cell.column), map.axis.unit)}, `;
    setRead(
      `${where}ξ = ${Number(middle(map.xiEdges, cell.row).toPrecision(3))}, t = ${short(map.times[cell.t], 's')}: ` +
        `f = ${measured(map.f[cell.index], map.standardError[cell.index], map.unit)}`,
    );
  };

  const moment = map ? short(map.times[shown], 's') : '';
  return (
    <section class="card map" aria-labelledby={heading}>
      <div class="card-head">
        <h2 id={heading}>Distribution</h2>
        <label>
          <span class="hidden">Which distribution</span>
          <select value={map?.name ?? wanted} onChange={(event) => choose(event.currentTarget.value as MapName)}>
            {maps.map((name) => (
              <option key={name} value={name}>
                {titles[name]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <canvas
        ref={canvas}
        role="img"
        aria-label={map ? `${map.label}, at t = ${moment}` : 'Nothing has run yet'}
        onPointerMove={look}
        onPointerLeave={() => setRead('')}
      />
      {map && (
        <div class="scale" aria-hidden="true">
          <span>few</span>
          <i />
          <span>many (three decades below the largest)</span>
          {map.cone && <span class="cone">edge of the loss cone</span>}
        </div>
      )}
      <div class="time">
        <button type="button" aria-pressed={playing} disabled={!map} onClick={() => setPlaying(!playing)}>
          {playing ? 'Hold' : 'Play'}
        </button>
        <label>
          <span class="hidden">Time</span>
          <input
            type="range"
            min="0"
            max={count - 1}
            value={shown}
            disabled={!map}
            aria-valuetext={`t = ${moment}`}
            onInput={(event) => {
              setPlaying(false);
              setTime(Number(event.currentTarget.value));
            }}
          />
        </label>
        <output class="moment">{map ? `t = ${moment}` : ''}</output>
      </div>
      <p class="read" aria-live="off">
        {read || (map ? 'Point at the map to read a value.' : 'Press Run: the first picture comes within a second.')}
      </p>
    </section>
  );
}
