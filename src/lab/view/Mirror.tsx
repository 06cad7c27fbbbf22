/** A few hundred particles bouncing in the scenario's mirror, until they are lost. */
import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import { short } from '../format.js';
import type { MirrorPaths } from '../messages.js';
import { useLookedAt } from './lookedAt.js';
import { paintMirror, widthOf } from './paintMirror.js';

/** Seconds that the paths are shown in. */
const lasts = 18;
/** Time between two pictures at least [ms]: some 30 a second leave room for everything else on the page. */
const leastPause = 28;

export function Mirror({ paths }: { readonly paths: MirrorPaths | undefined }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const words = useRef<HTMLOutputElement>(null);
  const moment = useRef(0);
  const heading = useId();
  const looked = useLookedAt();
  const [playing, setPlaying] = useState(() => !matchMedia('(prefers-reduced-motion: reduce)').matches);
  const width = useMemo(() => (paths ? widthOf(paths) : 1), [paths]);

  useEffect(() => {
    moment.current = 0;
  }, [paths]);

  useEffect(() => {
    if (!paths || !canvas.current || !looked) return;
    const element = canvas.current;
    const last = paths.frames - 1;
    let request = 0;
    let seen = true;
    let before = performance.now();
    const draw = () => {
      const inside = paintMirror(element, paths, width, moment.current);
      const time = short((paths.until * moment.current) / last, 's');
      if (words.current) words.current.textContent = `t = ${time}: ${inside} of ${paths.particles} inside`;
    };
    const step = (now: number) => {
      request = requestAnimationFrame(step);
      if (now - before < leastPause) return;
      moment.current = (moment.current + (last * Math.max(0, Math.min(100, now - before))) / (1000 * lasts)) % last;
      before = now;
      if (seen) draw();
    };
    draw();
    if (playing) request = requestAnimationFrame(step);
    const watch = new IntersectionObserver(([entry]) => {
      seen = entry.isIntersecting;
    });
    watch.observe(element);
    const size = new ResizeObserver(draw);
    size.observe(element);
    return () => {
      cancelAnimationFrame(request);
      watch.disconnect();
      size.disconnect();
    };
  }, [paths, playing, width, looked]);

  if (!paths) return null;
  return (
    <section class="card mirror" aria-labelledby={heading}>
      <div class="card-head">
        <h2 id={heading}>The mirror itself</h2>
        <output ref={words} class="moment" aria-live="off" />
        <button type="button" aria-pressed={playing} onClick={() => setPlaying(!playing)}>
          {playing ? 'Hold' : 'Play'}
        </button>
      </div>
      <canvas
        ref={canvas}
        role="img"
        aria-label={`${paths.particles} particles bounce along field lines between two throats and vanish where they are lost`}
      />
      <div class="scale pitch" aria-hidden="true">
        <span>along B</span>
        <i />
        <span>across B</span>
        <span class="cone">throat</span>
      </div>
      <p class="help">
        Guiding centres of full orbits in the magnetic bottle whose axis is this field, with the same scattering;
        stretched across. For the eye: no number comes from them.
      </p>
    </section>
  );
}
