/** Figures of a run beside each other, as many as are wanted, and their files. */
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { FigureReading } from '../../figures/index.js';
import { Chart } from '../chart/Chart.js';
import type { FigureItem } from '../messages.js';
import { SaveImage } from './SaveImage.js';

interface Props {
  /** Those that the run has. */
  readonly figures: readonly FigureItem[];
  readonly chosen: readonly string[];
  /** As SVG text, by name; none until it is drawn. */
  readonly svgs: Readonly<Record<string, string>>;
  readonly readings: Readonly<Record<string, FigureReading | undefined>>;
  readonly name: string;
  /** Takes a figure in or away; absent where the choice is not the reader's. */
  toggle?(figure: string): void;
  resize(width: number): void;
  csv(tables: readonly string[]): void;
  hdf5(): void;
  notice(message: string): void;
}

export function Figures({ figures, chosen, svgs, readings, name, toggle, resize, csv, hdf5, notice }: Props) {
  const heading = useId();
  // It stays as it was while the next run begins.
  const [open, setOpen] = useState(false);
  const choice = useRef<HTMLElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const shown = chosen.flatMap((one) => figures.filter((figure) => figure.name === one));
  // All columns are alike: the first one tells the width of all.
  useEffect(() => {
    const first = grid.current?.querySelector('.figure');
    if (!first) return;
    const observer = new ResizeObserver(([{ contentRect }]) => resize(Math.round(contentRect.width)));
    observer.observe(first);
    return () => observer.disconnect();
  }, [shown.map((figure) => figure.name).join()]);
  if (figures.length === 0) return null;
  const remove = (figure: string) => {
    toggle?.(figure);
    // The button that was pressed goes with its figure.
    choice.current?.focus();
  };
  return (
    <section class="card figures" aria-labelledby={heading}>
      <div class="card-head">
        <h2 id={heading}>{toggle ? 'Figures' : 'Figure'}</h2>
        <button type="button" onClick={hdf5}>
          results.h5 (all of the run)
        </button>
      </div>
      {toggle && (
        <details class="choice" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary ref={choice}>
            Choose figures ({shown.length} of {figures.length} shown)
          </summary>
          <ul>
            {figures.map((figure) => (
              <li key={figure.name}>
                <label>
                  <input
                    type="checkbox"
                    checked={chosen.includes(figure.name)}
                    data-choose={figure.name}
                    onChange={() => toggle(figure.name)}
                  />
                  {figure.title}
                </label>
              </li>
            ))}
          </ul>
        </details>
      )}
      {shown.length === 0 && <p class="help">No figure is chosen.</p>}
      <div class="figure-grid" ref={grid}>
        {shown.map((figure) => (
          <One
            key={figure.name}
            figure={figure}
            svg={svgs[figure.name]}
            reading={readings[figure.name]}
            file={`${name}-${figure.name}`}
            remove={toggle && (() => remove(figure.name))}
            csv={csv}
            notice={notice}
          />
        ))}
      </div>
    </section>
  );
}

interface OneProps {
  readonly figure: FigureItem;
  readonly svg: string | undefined;
  readonly reading: FigureReading | undefined;
  /** What its files are called. */
  readonly file: string;
  readonly remove: (() => void) | undefined;
  csv(tables: readonly string[]): void;
  notice(message: string): void;
}

function One({ figure, svg, reading, file, remove, csv, notice }: OneProps) {
  const { title, tables } = figure;
  return (
    <article class="one-figure" data-card={figure.name} aria-label={title}>
      <div class="figure">
        <Chart name={figure.name} title={title} svg={svg} reading={reading} />
      </div>
      <div class="files">
        <span>Save as</span>
        <SaveImage svg={svg} file={file} notice={notice} />
        <button type="button" onClick={() => csv(tables)}>
          CSV
        </button>
        {remove && (
          <button type="button" class="remove" onClick={remove} aria-label={`Remove: ${title}`}>
            Remove
          </button>
        )}
      </div>
    </article>
  );
}
