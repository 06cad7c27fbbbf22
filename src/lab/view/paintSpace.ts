/** Paints orbits in space: segments in layers from far to near, those of a layer and colour with one stroke. */

import { short } from '../format.js';
import type { SpaceScene } from '../messages.js';
import { colour } from './paintHeat.js';
import { penOf } from './pen.js';
import { project, roundBelow, type View } from './space/camera.js';

export type Hue = 'mu' | 'pitch';

const [layers, hues] = [8, 12];
/** Segments of all trails together at most: a frame's work. */
const mostSegments = 9000;
/** Where the colours begin: darker ones would not be seen on the dark ground. */
const darkest = 0.3;
const ink = '#c9d4df';

const palette = Array.from({ length: hues }, (_, i) => {
  const [r, g, b] = colour(darkest + ((1 - darkest) * i) / (hues - 1));
  return `rgb(${r} ${g} ${b})`;
});

/** Ends of the colours of mu: all but the outermost hundredths. */
export function rangeOf({ mu }: SpaceScene): readonly [number, number] {
  const every = Math.max(1, Math.floor(mu.length / 20_000));
  const values = mu.filter((value, i) => i % every === 0 && Number.isFinite(value)).sort();
  if (values.length === 0) return [0.99, 1.01];
  const at = (part: number) => values[Math.floor(part * (values.length - 1))];
  const [low, high] = [Math.min(1, at(0.01)), Math.max(1, at(0.99))];
  return high - low > 1e-3 ? [low, high] : [low - 1e-3, high + 1e-3];
}

/** A particle at a moment; undefined where it is gone. */
export function stateAt(scene: SpaceScene, particle: number, moment: number) {
  const frame = Math.max(0, Math.min(scene.frames - 2, Math.floor(moment)));
  const part = Math.min(1, moment - frame);
  const at = particle * scene.frames + frame;
  if (!Number.isFinite(scene.x[at]) || !Number.isFinite(scene.x[at + 1])) return undefined;
  const mix = (values: Float32Array) => values[at] + part * (values[at + 1] - values[at]);
  return { x: mix(scene.x), y: mix(scene.y), z: mix(scene.z), xi: mix(scene.xi), mu: mix(scene.mu) };
}

/** The particle next to a place on the screen, or -1. */
export function nearestTo(scene: SpaceScene, view: View, moment: number, x: number, y: number): number {
  let [found, least] = [-1, Infinity];
  scene.numbers.forEach((_, i) => {
    const state = stateAt(scene, i, moment);
    if (!state) return;
    const [px, py] = project(view, state.x, state.y, state.z);
    const distance = Math.hypot(px - x, py - y);
    if (distance < least) [found, least] = [i, distance];
  });
  return found;
}

function hueOf(scene: SpaceScene, hue: Hue, [low, high]: readonly [number, number]) {
  return (at: number) => {
    const part = hue === 'mu' ? (scene.mu[at] - low) / (high - low) : 1 - Math.abs(scene.xi[at]);
    return Math.max(0, Math.min(hues - 1, Math.round(part * (hues - 1)))) || 0;
  };
}

/** Whether a place on the screen is behind the planet. */
function shaded({ planet }: SpaceScene, view: View): (place: readonly [number, number, number]) => boolean {
  if (!(planet > 0)) return () => false;
  const [x, y, depth] = project(view, 0, 0, 0);
  const radius = planet * view.scale;
  return (place) => place[2] < depth && Math.hypot(place[0] - x, place[1] - y) < radius;
}

export interface Look {
  readonly view: View;
  readonly moment: number;
  readonly hue: Hue;
  readonly range: readonly [number, number];
  readonly chosen: number;
}

/** Paints one moment. */
export function paintSpace(canvas: HTMLCanvasElement, scene: SpaceScene, look: Look): void {
  const ready = penOf(canvas);
  if (!ready) return;
  const { pen, width: across, height: down, style } = ready;
  pen.fillStyle = style.getPropertyValue('--plot');
  pen.fillRect(0, 0, across, down);
  pen.lineJoin = 'round';
  drawGuides(pen, scene, look.view, style.getPropertyValue('--line'));
  drawTrails(pen, scene, look);
  drawParticles(pen, scene, look);
  drawScale(pen, scene, look.view, across, down);
}

function drawGuides(pen: CanvasRenderingContext2D, scene: SpaceScene, view: View, line: string): void {
  if (scene.planet > 0) {
    const [x, y] = project(view, 0, 0, 0);
    pen.beginPath();
    pen.arc(x, y, scene.planet * view.scale, 0, 2 * Math.PI);
    pen.fillStyle = '#2b3a4b';
    pen.fill();
    pen.strokeStyle = line;
    pen.stroke();
  }
  const behind = shaded(scene, view);
  const strokes = { field: line, plane: '#2f4053', axis: '#6d7f93', edge: '#d4003c' } as const;
  for (const kind of ['plane', 'field', 'axis', 'edge'] as const) {
    pen.beginPath();
    for (const { points } of scene.guides.filter((guide) => guide.kind === kind)) {
      let broken = false;
      for (let i = 0; i + 2 < points.length; i += 3) {
        const place = project(view, points[i], points[i + 1], points[i + 2]);
        const gap = behind(place);
        if (i === 0 || broken || gap) pen.moveTo(place[0], place[1]);
        else pen.lineTo(place[0], place[1]);
        broken = gap;
      }
    }
    pen.strokeStyle = strokes[kind];
    pen.lineWidth = 1;
    pen.setLineDash(kind === 'axis' || kind === 'edge' ? [4, 4] : []);
    pen.stroke();
  }
  pen.setLineDash([]);
}

function drawTrails(pen: CanvasRenderingContext2D, scene: SpaceScene, { view, moment, hue, range }: Look): void {
  const count = scene.numbers.length;
  const last = Math.floor(moment);
  const first = Math.max(0, last - Math.min(scene.trail, Math.floor(mostSegments / Math.max(1, count))));
  const hueAt = hueOf(scene, hue, range);
  const behind = shaded(scene, view);
  const half = 0.5 * Math.hypot(...[0, 1, 2].map((i) => (scene.high[i] - scene.low[i]) * scene.squeeze[i])) || 1;
  const batches: number[][] = Array.from({ length: layers * hues }, () => []);
  for (let i = 0; i < count; i++) {
    let before: [number, number, number] | undefined;
    for (let frame = first; frame <= last + 1; frame++) {
      const at = i * scene.frames + Math.min(frame, scene.frames - 1);
      // the last segment ends where the particle is
      const end = frame > last ? stateAt(scene, i, moment) : undefined;
      if (frame > last ? !end : !Number.isFinite(scene.x[at])) break;
      const point = end ? project(view, end.x, end.y, end.z) : project(view, scene.x[at], scene.y[at], scene.z[at]);
      if (before && !behind(point)) {
        const depth = Math.floor(layers * (0.5 + point[2] / half / 2));
        const layer = Math.max(0, Math.min(layers - 1, depth));
        batches[layer * hues + hueAt(at)].push(before[0], before[1], point[0], point[1]);
      }
      before = point;
    }
  }
  batches.forEach((lines, k) => {
    if (lines.length === 0) return;
    const near = Math.floor(k / hues) / (layers - 1);
    pen.globalAlpha = 0.55 + 0.4 * near;
    pen.lineWidth = 1 + 0.9 * near;
    pen.strokeStyle = palette[k % hues];
    pen.beginPath();
    for (let i = 0; i < lines.length; i += 4) {
      pen.moveTo(lines[i], lines[i + 1]);
      pen.lineTo(lines[i + 2], lines[i + 3]);
    }
    pen.stroke();
  });
  pen.globalAlpha = 1;
}

function drawParticles(pen: CanvasRenderingContext2D, scene: SpaceScene, look: Look): void {
  const hueAt = hueOf(scene, look.hue, look.range);
  const behind = shaded(scene, look.view);
  const places = scene.numbers.flatMap((_, i) => {
    const state = stateAt(scene, i, look.moment);
    if (!state) return [];
    const at = i * scene.frames + Math.floor(look.moment);
    return [{ i, hue: hueAt(at), place: project(look.view, state.x, state.y, state.z) }];
  });
  for (const { i, hue, place } of places.toSorted((a, b) => a.place[2] - b.place[2])) {
    if (behind(place) && i !== look.chosen) continue;
    pen.beginPath();
    pen.arc(place[0], place[1], 3.4, 0, 2 * Math.PI);
    pen.fillStyle = palette[hue];
    pen.fill();
    if (i !== look.chosen) continue;
    pen.beginPath();
    pen.arc(place[0], place[1], 7, 0, 2 * Math.PI);
    pen.strokeStyle = '#ffffff';
    pen.lineWidth = 1.5;
    pen.stroke();
  }
}

function drawScale(
  pen: CanvasRenderingContext2D,
  { squeeze }: SpaceScene,
  view: View,
  across: number,
  down: number,
): void {
  pen.fillStyle = ink;
  pen.strokeStyle = ink;
  pen.lineWidth = 1.5;
  pen.font = '12px system-ui, sans-serif';
  pen.textAlign = 'right';
  pen.textBaseline = 'bottom';
  const length = roundBelow((0.22 * across) / view.scale);
  const [right, y] = [across - 14, down - 12];
  pen.beginPath();
  pen.moveTo(right - length * view.scale, y - 4);
  pen.lineTo(right - length * view.scale, y);
  pen.lineTo(right, y);
  pen.lineTo(right, y - 4);
  pen.stroke();
  pen.fillText(short(length, 'm'), right, y - 6);
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  const [x0, y0, arm] = [46, down - 46, 26];
  ['x', 'y', 'z'].forEach((name, i) => {
    const [dx, dy] = [view.rows[0][i] / squeeze[i], -view.rows[1][i] / squeeze[i]];
    pen.beginPath();
    pen.moveTo(x0, y0);
    pen.lineTo(x0 + arm * dx, y0 + arm * dy);
    pen.stroke();
    if (Math.hypot(dx, dy) < 0.2) return; // it comes out of the screen
    const size = Math.hypot(dx, dy);
    pen.fillText(name, x0 + arm * dx + (10 * dx) / size, y0 + arm * dy + (10 * dy) / size);
  });
}
