/** A drawn figure that can be read: by mouse, by touch, and by the arrow keys. */
import { useEffect, useState } from 'preact/hooks';
import type { FigureReading } from '../../figures/index.js';
import { type Cursor, kept, moved, nearest, placeOf, wordsOf } from './cursor.js';

interface Props {
  readonly name: string;
  readonly title: string;
  /** The figure as SVG text; undefined until it is drawn. */
  readonly svg: string | undefined;
  readonly reading: FigureReading | undefined;
}

/** An address for a text as long as it is shown. */
function useAddress(svg: string | undefined): string | undefined {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (svg === undefined) {
      setAddress(undefined);
      return;
    }
    const fresh = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    setAddress(fresh);
    // The one before is still on the screen until this one is there.
    return () => setTimeout(() => URL.revokeObjectURL(fresh), 1000);
  }, [svg]);
  return address;
}

export function Chart({ name, title, svg, reading }: Props) {
  const address = useAddress(svg);
  const [cursor, setCursor] = useState<Cursor>();
  const [spoken, setSpoken] = useState('');
  const at = reading && cursor && kept(reading, cursor);
  const words = at && wordsOf(reading, at);
  const place = at && placeOf(reading, at);
  const point = (event: PointerEvent) => {
    if (!reading) return;
    const frame = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const x = ((event.clientX - frame.left) / frame.width) * reading.width;
    const y = ((event.clientY - frame.top) / frame.height) * reading.height;
    setCursor(nearest(reading, x, y));
  };
  const press = (event: KeyboardEvent) => {
    if (!reading || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Escape') {
      setCursor(undefined);
      setSpoken('');
      return;
    }
    const next = moved(reading, at, event.key);
    if (!next) return;
    event.preventDefault();
    setCursor(next);
    const { title: of, lines } = wordsOf(reading, next);
    setSpoken([of, ...lines].filter(Boolean).join('; '));
  };
  if (!address)
    return (
      <p class="drawing" data-drawing={name}>
        The figure is being drawn …
      </p>
    );
  const readable = (reading?.panels.length ?? 0) > 0;
  return (
    <div class="chart">
      <div
        class="chart-frame"
        role="application"
        aria-label={readable ? `${title}. Arrow keys read its points.` : title}
        tabIndex={readable ? 0 : undefined}
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={(event) => {
          // A finger that is lifted leaves what it found.
          if (event.pointerType !== 'touch') setCursor(undefined);
        }}
        onKeyDown={press}
        onBlur={() => {
          setCursor(undefined);
          setSpoken('');
        }}
      >
        <img src={address} alt={title} data-figure={name} draggable={false} />
        {place && words && (
          <>
            <svg class="chart-mark" viewBox={`0 0 ${reading.width} ${reading.height}`} aria-hidden="true">
              <line x1={place.x} x2={place.x} y1={reading.panels[at.panel].box.y} y2={bottomOf(reading, at)} />
              <circle cx={place.x} cy={place.y} r="6" />
            </svg>
            <div class="chart-tip" aria-hidden="true" style={besides(place, reading)}>
              {words.title && <strong>{words.title}</strong>}
              {words.lines.map((line) => (
                <span key={line}>{line}</span>
              ))}
            </div>
          </>
        )}
      </div>
      <p class="hidden" role="status" aria-live="polite" data-spoken={name}>
        {spoken}
      </p>
    </div>
  );
}

const bottomOf = ({ panels }: FigureReading, { panel }: Cursor) => panels[panel].box.y + panels[panel].box.height;

/** The words stand on that side of the point where there is more room. */
function besides({ x, y }: { x: number; y: number }, { width, height }: FigureReading) {
  const [across, down] = [(100 * x) / width, (100 * y) / height];
  const gap = '14px';
  return {
    ...(across < 50 ? { left: `calc(${across}% + ${gap})` } : { right: `calc(${100 - across}% + ${gap})` }),
    ...(down < 50 ? { top: `calc(${down}% + ${gap})` } : { bottom: `calc(${100 - down}% + ${gap})` }),
  };
}
