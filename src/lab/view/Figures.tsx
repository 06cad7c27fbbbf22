/** One figure of the run at a time, and its files. */
import { useEffect, useId, useRef } from 'preact/hooks';
import type { FigureReading } from '../../figures/index.js';
import { Chart } from '../chart/Chart.js';
import { download, pngOf } from '../download.js';
import type { FigureItem } from '../messages.js';

interface Props {
  readonly figures: readonly FigureItem[];
  readonly chosen: string;
  /** The chosen figure as SVG text; undefined until it is drawn. */
  readonly svg: string | undefined;
  readonly reading: FigureReading | undefined;
  readonly name: string;
  choose(figure: string): void;
  resize(width: number): void;
  csv(tables: readonly string[]): void;
  hdf5(): void;
  notice(message: string): void;
}

export function Figures({ figures, chosen, svg, name, choose, resize, csv, hdf5, notice, reading }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const heading = useId();
  const current = figures.find((figure) => figure.name === chosen);
  useEffect(() => {
    if (!frame.current) return;
    const observer = new ResizeObserver(([{ contentRect }]) => resize(Math.round(contentRect.width)));
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, [figures.length > 0]);
  if (figures.length === 0) return null;
  const file = `${name}-${chosen}`;
  return (
    <section class="card figures" aria-labelledby={heading}>
      <div class="card-head">
        <h2 id={heading}>Figures</h2>
        <label>
          <span class="hidden">Which figure</span>
          <select value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
            {figures.map((figure) => (
              <option key={figure.name} value={figure.name}>
                {figure.title}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div class="figure" ref={frame}>
        <Chart name={chosen} title={current?.title ?? ''} svg={svg} reading={reading} />
      </div>
      <div class="files">
        <span>Save as</span>
        <button
          type="button"
          disabled={!svg}
          onClick={() => svg && download(`${file}.svg`, new Blob([svg], { type: 'image/svg+xml' }))}
        >
          SVG
        </button>
        <button
          type="button"
          disabled={!svg}
          onClick={() => {
            if (svg)
              pngOf(svg)
                .then((png) => download(`${file}.png`, png))
                .catch((error: Error) => notice(error.message));
          }}
        >
          PNG
        </button>
        <button type="button" disabled={!current} onClick={() => current && csv(current.tables)}>
          CSV
        </button>
        <button type="button" onClick={hdf5}>
          results.h5 (all of the run)
        </button>
      </div>
    </section>
  );
}
