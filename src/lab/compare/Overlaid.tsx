/** A curve of both runs on the same axes, and its files. */
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { symbols } from '../../results/format.js';
import { Chart } from '../chart/Chart.js';
import { download } from '../download.js';
import type { CurveRow } from '../messages.js';
import { SaveImage } from '../view/SaveImage.js';
import type { OneRun } from '../view/useRun.js';
import { curvesCsv } from './csv.js';

interface Props {
  readonly a: OneRun;
  readonly b: OneRun;
  readonly labels: readonly [string, string];
  readonly wanted: string;
  readonly title: string;
}

const curvesOf = ({ shown }: OneRun) => shown.tables?.curves ?? [];

export function Overlaid({ a, b, labels, wanted, title }: Props) {
  const heading = useId();
  const frame = useRef<HTMLDivElement>(null);
  const [chosen, choose] = useState('');
  const [log, setLog] = useState(wanted === 'survival');
  const [width, setWidth] = useState(640);
  useEffect(() => {
    choose('');
    setLog(wanted === 'survival');
  }, [wanted, title]);
  const others = new Map(curvesOf(b).map((curve) => [curve.name, curve]));
  const both = curvesOf(a).flatMap((curve): [CurveRow, CurveRow][] => {
    const other = others.get(curve.name);
    return other && other.unit === curve.unit ? [[curve, other]] : [];
  });
  const pair = [chosen, wanted].flatMap((name) => both.filter(([{ name: own }]) => own === name))[0] ?? both[0];
  useEffect(() => {
    if (!frame.current) return;
    const observer = new ResizeObserver(([{ contentRect }]) => setWidth(Math.round(contentRect.width)));
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, [both.length > 0]);
  useEffect(() => {
    if (!pair) return;
    const overlay = {
      title: symbols(pair[0].label),
      subtitle: title,
      log,
      series: pair.map((curve, i) => ({ label: `${'AB'[i]}: ${labels[i]}`, curve })),
    };
    a.send({ type: 'overlay', overlay, width: Math.max(300, Math.min(960, width)) });
  }, [pair?.[0], pair?.[1], log, width]);
  if (!pair) return null;
  const svg = a.shown.svgs.overlay;
  const file = `compare-${pair[0].name}`;
  return (
    <section class="card figures overlaid" aria-labelledby={heading}>
      <div class="card-head">
        <h2 id={heading}>Curves</h2>
        <label>
          <span class="hidden">Which curve</span>
          <select value={pair[0].name} onChange={(event) => choose(event.currentTarget.value)}>
            {both.map(([{ name, label }]) => (
              <option key={name} value={name}>
                {symbols(label)}
              </option>
            ))}
          </select>
        </label>
        <label class="check">
          <input type="checkbox" checked={log} onChange={(event) => setLog(event.currentTarget.checked)} />
          Logarithmic
        </label>
      </div>
      <div class="figure" ref={frame}>
        <Chart name="overlay" title={symbols(pair[0].label)} svg={svg} reading={a.shown.readings.overlay} />
      </div>
      <div class="files">
        <span>Save as</span>
        <SaveImage svg={svg} file={file} notice={(message) => a.tell({ type: 'notice', message })} />
        <button
          type="button"
          onClick={() => download(`${file}.csv`, new Blob([curvesCsv(pair)], { type: 'text/csv' }))}
        >
          CSV
        </button>
      </div>
    </section>
  );
}
