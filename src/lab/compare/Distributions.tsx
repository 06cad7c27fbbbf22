/** The distributions of both runs, in the same colours and at the same time, and their difference in standard errors. */
import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import { short } from '../format.js';
import type { HeatData } from '../messages.js';
import { type Look, largestOf, paint } from '../view/paintHeat.js';
import { useRepaint } from '../view/useRepaint.js';
import type { OneRun } from '../view/useRun.js';
import { differenceMap, mismatch } from './maps.js';

/** The picture of a moment nearest to a time. */
const indexAt = ({ times }: HeatData, t: number) =>
  times.reduce((best, time, i) => (Math.abs(time - t) < Math.abs(times[best] - t) ? i : best), 0);

function Canvas({ map, time, look, label }: { map: HeatData; time: number; look: Look; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useRepaint(canvas);
  useEffect(() => {
    if (!canvas.current) return;
    const element = canvas.current;
    const frame = requestAnimationFrame(() => paint(element, map, time, look));
    return () => cancelAnimationFrame(frame);
  }, [map, time, look.largest, size]);
  return (
    <figure>
      <canvas ref={canvas} role="img" aria-label={`${label}, at t = ${short(map.times[time], 's')}`} />
      <figcaption>{label}</figcaption>
    </figure>
  );
}

interface Props {
  readonly a: OneRun;
  readonly b: OneRun;
  readonly labels: readonly [string, string];
}

export function Distributions({ a, b, labels }: Props) {
  const heading = useId();
  const [chosen, setChosen] = useState(Number.POSITIVE_INFINITY);
  const [one, other] = [a.shown.map, b.shown.map];
  const reason = one && other && mismatch(one, other);
  const difference = useMemo(
    () => (one && other && reason === undefined ? differenceMap(one, other) : undefined),
    [one, other, reason],
  );
  if (!one || !other) return null;
  const count = one.shape[0];
  const time = Math.min(chosen, count - 1);
  const t = one.times[time];
  const beside = indexAt(other, t);
  const largest = Math.max(largestOf(one, time), largestOf(other, beside));
  return (
    <section class="card maps" aria-labelledby={heading}>
      <h2 id={heading}>Distributions</h2>
      <div class="three">
        <Canvas map={one} time={time} look={{ largest }} label={`A: ${labels[0]}`} />
        <Canvas map={other} time={beside} look={{ largest }} label={`B: ${labels[1]}`} />
        {difference ? (
          <Canvas map={difference} time={time} look={{ difference: true }} label="B − A, in standard errors" />
        ) : (
          <p class="help">There is no difference bin by bin: {reason}.</p>
        )}
      </div>
      <div class="scale" aria-hidden="true">
        <span>few</span>
        <i />
        <span>many (A and B in the same colours)</span>
        {one.cone && <span class="cone">edge of the loss cone</span>}
        {difference && (
          <span class="diverging">
            −5 <i /> +5 standard errors
          </span>
        )}
      </div>
      <div class="time">
        <label>
          <span class="hidden">Time</span>
          <input
            type="range"
            min="0"
            max={count - 1}
            value={time}
            aria-valuetext={`t = ${short(t, 's')}`}
            onInput={(event) => setChosen(Number(event.currentTarget.value))}
          />
        </label>
        <output class="moment">t = {short(t, 's')}</output>
      </div>
    </section>
  );
}
