/** A few orbits of the scenario in space, with lines of its field: turned by dragging or by keys. */
import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import { short } from '../format.js';
import type { SpaceScene, ToSession } from '../messages.js';
import { useLookedAt } from './lookedAt.js';
import { type Hue, nearestTo, paintSpace, rangeOf, stateAt } from './paintSpace.js';
import { type Camera, home, moved, viewOf } from './space/camera.js';

/** Seconds that the paths are shown in, and milliseconds between pictures at least. */
const lasts = 24;
const pause = 33;
const step = 0.12;

const keys: Readonly<Record<string, Partial<Camera>>> = {
  ArrowLeft: { turn: step },
  ArrowRight: { turn: -step },
  ArrowUp: { tilt: -step },
  ArrowDown: { tilt: step },
  '+': { zoom: 1.2 },
  '=': { zoom: 1.2 },
  '-': { zoom: 1 / 1.2 },
};

interface Props {
  readonly scene: SpaceScene | undefined;
  send(message: ToSession): void;
}

/** What is known of a particle at a moment. */
function reading(scene: SpaceScene, chosen: number, moment: number): string {
  if (chosen < 0 || chosen >= scene.numbers.length) return '';
  const name = `Particle ${scene.numbers[chosen]}`;
  const state = stateAt(scene, chosen, moment);
  if (!state) return `${name} is lost`;
  const [x, y, z] = [state.x, state.y, state.z].map((value) => short(value, 'm'));
  const degrees = (Math.acos(Math.max(-1, Math.min(1, state.xi))) * 180) / Math.PI;
  return `${name}: x = ${x}, y = ${y}, z = ${z}; pitch ${degrees.toFixed(0)}°, ξ = ${state.xi.toFixed(2)}; μ/μ₀ = ${Number(state.mu.toPrecision(4))}`.replaceAll(
    '-',
    '−',
  );
}

/** A range of mu/mu0 that is narrower than this is no change to look at. */
const kept = 0.005;

export function Space({ scene, send }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const words = useRef<HTMLOutputElement>(null);
  const read = useRef<HTMLParagraphElement>(null);
  const moment = useRef(0);
  const camera = useRef<Camera>(home);
  const chosen = useRef(-1);
  const again = useRef(() => {});
  const heading = useId();
  const help = useId();
  const looked = useLookedAt();
  const [playing, setPlaying] = useState(() => !matchMedia('(prefers-reduced-motion: reduce)').matches);
  const [asked, setHue] = useState<Hue>();
  const range = useMemo(() => (scene ? rangeOf(scene) : ([0, 1] as const)), [scene]);
  // Where mu is kept its colour says nothing.
  const hue: Hue = asked ?? (range[1] - range[0] < kept ? 'pitch' : 'mu');

  useEffect(() => {
    send({ type: 'space', wanted: true });
    return () => send({ type: 'space', wanted: false });
  }, []);

  useEffect(() => {
    camera.current = home;
    chosen.current = -1;
    moment.current = scene ? Math.min(scene.trail, scene.frames - 1) : 0;
  }, [scene]);

  const view = (element: HTMLCanvasElement) =>
    viewOf(camera.current, scene!, element.clientWidth, element.clientHeight);

  useEffect(() => {
    if (!scene || !canvas.current || !looked) return;
    const element = canvas.current;
    const last = scene.frames - 1;
    let request = 0;
    let seen = true;
    let [before, painted] = [performance.now(), 0];
    let wanted = true;
    const draw = () => {
      paintSpace(element, scene, { view: view(element), moment: moment.current, hue, range, chosen: chosen.current });
      const time = scene.from + ((scene.until - scene.from) * moment.current) / last;
      if (words.current) words.current.textContent = `t = ${short(time, 's')}`;
      if (read.current) read.current.textContent = reading(scene, chosen.current, moment.current);
    };
    const tick = (now: number) => {
      request = 0;
      if (now - painted >= pause - 1) {
        if (playing)
          moment.current = (moment.current + (last * Math.max(0, Math.min(100, now - before))) / (1000 * lasts)) % last;
        before = painted = now;
        if (seen) draw();
        wanted = false;
      }
      if (playing || wanted) request = requestAnimationFrame(tick);
    };
    const ask = () => {
      wanted = true;
      if (!request) request = requestAnimationFrame(tick);
    };
    again.current = ask;
    draw();
    ask();
    const watch = new IntersectionObserver(([entry]) => {
      seen = entry.isIntersecting;
      if (seen) ask();
    });
    watch.observe(element);
    const size = new ResizeObserver(ask);
    size.observe(element);
    const wheel = (event: WheelEvent) => {
      // the page scrolls on until somebody has clicked here
      if (document.activeElement !== element && !event.ctrlKey) return;
      event.preventDefault();
      move({ zoom: Math.exp(-event.deltaY / 500) });
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => {
      cancelAnimationFrame(request);
      again.current = () => {};
      watch.disconnect();
      size.disconnect();
      element.removeEventListener('wheel', wheel);
    };
  }, [scene, playing, hue, range, looked]);

  const move = (by: Partial<Camera>) => {
    camera.current = moved(camera.current, by);
    again.current();
  };
  const reset = () => {
    camera.current = home;
    again.current();
  };

  const pressed = (event: KeyboardEvent) => {
    if (!scene || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '0') reset();
    else if (event.key === 'Enter') {
      chosen.current = (chosen.current + 1) % scene.numbers.length;
      again.current();
    } else if (Object.hasOwn(keys, event.key)) move(keys[event.key]);
    else return;
    event.preventDefault();
  };

  const pointed = (event: PointerEvent) => {
    if (!scene || !canvas.current) return;
    if (event.type === 'pointermove' && event.buttons & 1) {
      move({ turn: -event.movementX / 150, tilt: event.movementY / 150 });
      return;
    }
    chosen.current = nearestTo(scene, view(canvas.current), moment.current, event.offsetX, event.offsetY);
    again.current();
  };

  if (!scene) return null;
  const squeezed = ['x', 'y', 'z']
    .map((name, i) => (scene.squeeze[i] === 1 ? '' : `${name} is drawn at 1/${Math.round(1 / scene.squeeze[i])}.`))
    .filter(Boolean);
  const ends = hue === 'mu' ? range.map((value) => `${Number(value.toPrecision(4))}`) : ['along B', 'across B'];
  return (
    <section class="card space" aria-labelledby={heading}>
      <div class="card-head">
        <h2 id={heading}>Orbits in space</h2>
        <output ref={words} class="moment" aria-live="off" />
        <label>
          <span class="hidden">Coloured by</span>
          <select value={hue} onChange={(event) => setHue(event.currentTarget.value as Hue)}>
            <option value="mu">Colour: μ/μ₀</option>
            <option value="pitch">Colour: pitch</option>
          </select>
        </label>
        <button type="button" onClick={reset}>
          Reset view
        </button>
        <button type="button" aria-pressed={playing} onClick={() => setPlaying(!playing)}>
          {playing ? 'Hold' : 'Play'}
        </button>
      </div>
      {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: it is one thing that takes keys */}
      <canvas
        ref={canvas}
        tabIndex={0}
        role="application"
        aria-label={`Paths of ${scene.numbers.length} particles in space, with lines of the field`}
        aria-describedby={help}
        onKeyDown={pressed}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          pointed(event);
        }}
        onPointerMove={pointed}
      />
      <div class="scale pitch" aria-hidden="true">
        <span>{hue === 'mu' ? `μ/μ₀ ${ends[0]}` : ends[0]}</span>
        <i />
        <span>{ends[1]}</span>
      </div>
      <p ref={read} class="read" />
      <p class="help" id={help}>
        Drag or arrow keys turn; + and −, or the wheel after a click, zoom; 0 resets; Enter reads the next particle.
      </p>
      <p class="help">
        {[scene.about, ...squeezed, 'For the eye: no number comes from it.'].filter(Boolean).join(' ')}
      </p>
    </section>
  );
}
