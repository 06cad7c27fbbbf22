/** Which ticks of an axis keep their labels at the size at hand, and the fine ones between the decades of a log axis. */
import type { ScaleOptions } from '@observablehq/plot';
import { fontSize } from './style.js';
import { textWidth } from './text.js';

/** Gap between neighbouring labels [px]. */
const apart = { x: 6, y: 2 };
/** Height that a line of labels takes [px]. */
const lineHeight = fontSize + 1;

interface Tick {
  readonly value: number;
  readonly label: string;
  /** From the left or from the top [px]. */
  readonly at: number;
  readonly half: number;
}

/** Where labels of an axis may lie, beyond its ends [px]. */
export interface Overhang {
  readonly before: number;
  readonly after: number;
}

/**
 * The labels of an axis as far as they fit: all; else those at every second, third, ... tick with zero (of a log axis: the
 * whole decades) among them.
 *
 * @param scale with numbers as domain and ticks and a function as tickFormat, as of scales.ts; any other is left as it is
 * @param direction along which axis
 * @param length of the axis [px]
 * @param overhang how far labels may go beyond the ends
 * @returns the scale, its tickFormat empty where there is no room
 */
export function fitted(
  scale: ScaleOptions | undefined,
  direction: 'x' | 'y',
  length: number,
  overhang: Overhang,
): ScaleOptions {
  const ticks = placed(scale, direction, length);
  if (!ticks || !scale) return scale ?? {};
  const inside = ticks.filter(({ at, half }) => at - half >= -overhang.before && at + half <= length + overhang.after);
  const kept = candidates(inside, scale.type === 'log').find((choice) => areApart(choice, apart[direction]));
  const labels = new Map((kept ?? inside.slice(0, 1)).map(({ value, label }) => [value, label]));
  return { ...scale, tickFormat: (value: number) => labels.get(value) ?? '' };
}

/** Width of the widest label of an axis [px]; 0 where its labels are not known. */
export function widestLabel(scale: ScaleOptions | undefined): number {
  const ticks = placed(scale, 'x', 1) ?? [];
  return Math.max(0, ...ticks.map(({ half }) => 2 * half));
}

function placed(scale: ScaleOptions | undefined, direction: 'x' | 'y', length: number): Tick[] | undefined {
  const { domain, ticks, tickFormat, type } = scale ?? {};
  if (!Array.isArray(ticks) || !Array.isArray(domain) || typeof tickFormat !== 'function') return undefined;
  const along = type === 'log' ? Math.log : (x: number) => x;
  const [from, to] = (domain as number[]).map(along);
  return (ticks as number[]).map((value, i) => {
    const label = String((tickFormat as (value: number, i: number) => unknown)(value, i));
    const part = (along(value) - from) / (to - from);
    return {
      value,
      label,
      at: length * (direction === 'x' ? part : 1 - part),
      half: direction === 'x' ? textWidth(label, fontSize) / 2 : lineHeight / 2,
    };
  });
}

function areApart(ticks: readonly Tick[], gap: number): boolean {
  return ticks.every(
    (tick, i) => i === 0 || Math.abs(tick.at - ticks[i - 1].at) >= tick.half + ticks[i - 1].half + gap,
  );
}

/** Choices of ticks, the fullest first. */
function candidates(ticks: readonly Tick[], log: boolean): Tick[][] {
  const labelled = ticks.filter(({ label }) => label !== '');
  const zero = Math.max(
    0,
    labelled.findIndex(({ value }) => value === 0),
  );
  const every = (step: number, list: readonly Tick[], from: number) => list.filter((_, i) => (i - from) % step === 0);
  const steps = Array.from({ length: labelled.length }, (_, i) => i + 1);
  const thinned = steps.map((step) => every(step, labelled, zero));
  if (!log) return thinned;
  const decades = labelled.filter(({ value }) => Math.abs(Math.log10(value) - Math.round(Math.log10(value))) < 1e-9);
  const whole =
    decades.length > 1 ? steps.map((step) => every(step, decades, 0)).filter(({ length }) => length > 1) : [];
  return [[...labelled], ...whole, ...thinned];
}

/**
 * The fine ticks of a log axis: the whole multiples of its decades.
 *
 * @param scale of an axis
 * @returns values inside of the domain; none for a linear axis, one of no whole decade, or of more than eight
 */
export function fineTicks(scale: ScaleOptions | undefined): number[] {
  if (scale?.type !== 'log' || !Array.isArray(scale.domain)) return [];
  const [from, to] = scale.domain as number[];
  if (!(from > 0 && to / from < 1e8)) return [];
  const fine: number[] = [];
  for (let decade = Math.floor(Math.log10(from)); decade <= Math.log10(to); decade++)
    for (let digit = 1; digit < 10; digit++) {
      const value = Number(`${digit}e${decade}`);
      if (value >= from && value <= to) fine.push(value);
    }
  return fine;
}
