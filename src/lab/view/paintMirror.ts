/** Paints particles in a mirror: field lines, throats, and every particle where its guiding centre is. */

import type { MirrorPaths } from '../messages.js';
import { colour } from './paintHeat.js';
import { penOf } from './pen.js';

/** Part of the height that the outermost field line takes at the midplane. */
const fill = 0.42;
const linesAside = 4;
const radius = 3.2;
/** Where the colours begin: darker ones would not be seen on the dark ground. */
const darkest = 0.3;
/** Colours of the particles: one path for each is filled, which costs less than one for each particle. */
const shades = 24;

/** `x` of the widest start, which the outermost line goes through. */
export function widthOf({ particles, frames, x }: MirrorPaths): number {
  let most = 0;
  for (let i = 0; i < particles; i++) most = Math.max(most, Math.abs(x[i * frames]) || 0);
  return most || 1;
}

/** Flux is conserved along a tube, so its radius goes with `B^(-1/2)`. */
const narrowing = ({ ratio, length }: MirrorPaths, z: number) =>
  1 / Math.sqrt(1 + (ratio - 1) * ((2 * z) / length) ** 2);

/**
 * Paints one moment and says how many particles are inside.
 * @param moment frame, between two of them too
 */
export function paintMirror(canvas: HTMLCanvasElement, paths: MirrorPaths, width: number, moment: number): number {
  const ready = penOf(canvas);
  if (!ready) return 0;
  const { pen, width: across, height: down, style } = ready;
  pen.fillStyle = style.getPropertyValue('--plot');
  pen.fillRect(0, 0, across, down);
  const { length, frames, particles, z, x, xi } = paths;
  const toX = (place: number) => across * (0.5 + (0.94 * place) / length);
  const toY = (aside: number) => down * (0.5 - (fill * aside) / width);
  pen.strokeStyle = style.getPropertyValue('--line');
  pen.lineWidth = 1;
  for (let line = -linesAside; line <= linesAside; line++) {
    pen.beginPath();
    for (let i = 0; i <= 60; i++) {
      const place = length * (i / 60 - 0.5);
      pen.lineTo(toX(place), toY((line / linesAside) * width * narrowing(paths, place)));
    }
    pen.stroke();
  }
  pen.strokeStyle = '#d4003c';
  pen.setLineDash([4, 4]);
  pen.beginPath();
  for (const end of [-length / 2, length / 2]) {
    pen.moveTo(toX(end), 4);
    pen.lineTo(toX(end), down - 4);
  }
  pen.stroke();
  pen.setLineDash([]);
  const frame = Math.max(0, Math.min(frames - 2, Math.floor(moment)));
  const part = Math.min(1, moment - frame);
  let inside = 0;
  const dots = Array.from({ length: shades }, () => new Path2D());
  const going = Array.from({ length: shades }, () => new Path2D());
  for (let i = 0; i < particles; i++) {
    const at = i * frames + frame;
    if (Number.isNaN(z[at])) continue;
    const gone = Number.isNaN(z[at + 1]);
    // A particle that is lost in this frame goes out where it was.
    const mix = (values: Float32Array) => (gone ? values[at] : values[at] + part * (values[at + 1] - values[at]));
    const path = (gone ? going : dots)[Math.min(shades - 1, Math.floor(shades * Math.abs(mix(xi))))];
    const [px, py, r] = [toX(mix(z)), toY(mix(x)), gone ? radius * (1 + 2 * part) : radius];
    path.moveTo(px + r, py);
    path.arc(px, py, r, 0, 2 * Math.PI);
    if (!gone) inside++;
  }
  for (const [paths, alpha] of [
    [dots, 1],
    [going, 1 - part],
  ] as const) {
    pen.globalAlpha = alpha;
    for (const [shade, path] of paths.entries()) {
      const [r, g, b] = colour(1 - (1 - darkest) * ((shade + 0.5) / shades));
      pen.fillStyle = `rgb(${r} ${g} ${b})`;
      pen.fill(path);
    }
  }
  pen.globalAlpha = 1;
  return inside;
}
