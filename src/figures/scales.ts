/** Ticks and labels that read as physicists write them. */
import type { ScaleOptions } from '@observablehq/plot';
import { scaleFor, superscript } from '../results/format.js';

/**
 * An axis of numbers in a unit that suits them.
 *
 * @param values in SI
 * @param name of the quantity, e.g. `time`
 * @param unit SI unit
 * @returns the factor to divide by and the axis' label, e.g. `time (µs)`
 */
export function axisFor(values: Iterable<number>, name: string, unit: string): { factor: number; label: string } {
  let largest = 0;
  for (const value of values) if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
  const { factor, label } = scaleFor(largest, unit);
  // Ticks of 0.002 are wider than the room for them.
  if (factor === 1 && largest > 0 && largest < 0.1 && label !== '') {
    const exponent = Math.floor(Math.log10(largest) + 1e-9);
    return { factor: Number(`1e${exponent}`), label: `${name} (10${superscript(exponent)} ${label})` };
  }
  return { factor, label: label ? `${name} (${label})` : name };
}

/**
 * Ticks of a linear axis at whole multiples of 1, 2 or 5 times a power of ten.
 *
 * @param from lower end
 * @param to upper end, > from
 * @param count wanted number of ticks, about
 * @param inner leaves out what lies within 12 % of an end: small multiples whose labels would touch their neighbours'
 * @returns increasing values
 * @example linearTicks(0, 29, 6) // [0, 5, 10, 15, 20, 25]
 */
export function linearTicks(from: number, to: number, count: number, inner = false): number[] {
  if (!(to > from && Number.isFinite(to - from))) return [];
  const ticks = spaced(from, to, count, inner);
  return inner && ticks.length < 2 && count < 20 ? linearTicks(from, to, count + 1, inner) : ticks;
}

function spaced(from: number, to: number, count: number, inner: boolean): number[] {
  const rough = (to - from) / count;
  const base = Number(`1e${Math.floor(Math.log10(rough))}`);
  const step = base * ([1, 2, 5].find((digit) => digit * base >= rough * 0.75) ?? 10);
  const edge = inner ? 0.12 * (to - from) : -1e-9 * step;
  const ticks: number[] = [];
  for (let k = Math.ceil((from - 1e-9 * step) / step); k * step <= to + 1e-9 * step; k++) {
    const tick = Number((k * step).toPrecision(12));
    if (tick >= from + edge && tick <= to - edge) ticks.push(tick);
  }
  return ticks;
}

/** Labels of linear ticks, all with the decimals that the finest needs, and a proper minus. */
export function linearFormat(ticks: readonly number[]): (value: number) => string {
  const places = Math.max(0, ...ticks.map((tick) => (String(Number(tick.toPrecision(10))).split('.')[1] ?? '').length));
  return (value) => value.toFixed(Math.min(places, 10)).replace('-', '−');
}

/**
 * Ticks of a logarithmic axis: decades, thinned to at most `most`; below two decades their 2s and 5s as well; where even these
 * are fewer than three, those of a linear axis.
 *
 * @param from lower end, > 0
 * @param to upper end, > from
 * @param most largest number of decades
 * @returns increasing values within [from, to]
 */
export function logTicks(from: number, to: number, most = 6): number[] {
  if (!(from > 0 && to > from && Number.isFinite(to))) return [];
  const first = Math.ceil(Math.log10(from) - 1e-9);
  const last = Math.floor(Math.log10(to) + 1e-9);
  if (to / from >= 100) {
    const decades = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
    const step = Math.ceil(decades.length / most);
    return decades.filter((decade) => (last - decade) % step === 0).map((decade) => Number(`1e${decade}`));
  }
  const ticks: number[] = [];
  for (let decade = first - 1; decade <= last; decade++)
    for (const digit of [1, 2, 5]) {
      const tick = Number(`${digit}e${decade}`);
      if (tick >= from * (1 - 1e-9) && tick <= to * (1 + 1e-9)) ticks.push(tick);
    }
  return ticks.length >= 3 ? ticks : linearTicks(from, to, 5);
}

/** Labels of logarithmic ticks: plain numbers where all lie within 0.001 and 1000, else powers of ten throughout. */
export function logFormat(ticks: readonly number[]): (value: number) => string {
  const plain = ticks.every((tick) => tick > 0.9e-3 && tick < 1.1e3);
  return (value) => {
    if (plain) return String(Number(value.toPrecision(3)));
    const exponent = Math.floor(Math.log10(value) + 1e-9);
    const digit = Math.round(value / Number(`1e${exponent}`));
    return `${digit === 1 ? '' : `${digit}×`}10${superscript(exponent)}`;
  };
}

/** Plot's options of a linear axis. */
export function linearScale(from: number, to: number, count = 6, inner = false): ScaleOptions {
  const ticks = linearTicks(from, to, count, inner);
  return { domain: [from, to], ticks, tickFormat: linearFormat(ticks) };
}

/** Plot's options of a time axis from 0 to `to`, with room for the markers at both ends. */
export function timeScale(to: number, room = 0.02): ScaleOptions {
  const ticks = linearTicks(0, to, 6);
  return { domain: [-room * to, (1 + room) * to], ticks, tickFormat: linearFormat(ticks) };
}

/** Plot's options of a logarithmic axis. */
export function logScale(from: number, to: number): ScaleOptions {
  const ticks = logTicks(from, to);
  return { type: 'log', domain: [from, to], ticks, tickFormat: logFormat(ticks) };
}
