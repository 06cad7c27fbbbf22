/**
 * When a run with a continuous source looks at its particles to integrate over time. A steady state is the integral of the
 * response to a pulse; the response changes as 1/sqrt(t) at first, where a beam spreads, so samples are midpoints of equal
 * cells in panels of fourfold length: the first cell is as short as the pitch takes to spread over half a bin.
 */

/** The samples of a run, kernel time. */
export interface Dwell {
  /** Midpoints of the cells, ascending. */
  readonly times: Float64Array;
  /** Panel of each sample. */
  readonly panels: Uint8Array;
  /** Length of a cell of each panel, in units of the first panel's: whole numbers. */
  readonly lengths: readonly number[];
  /** Length of a cell of the first panel, kernel time. */
  readonly cell: number;
}

/** Cells of a panel at the least and at the most, of whole threes: the second panel's are three times as long. */
const FEWEST = 48;
const MOST = 192;
/** Cells wanted in a bounce period, of a particle that turns half-way. */
const PER_BOUNCE = 8;
const MOST_PANELS = 8;

/**
 * Lays out the samples.
 * @param end of the run, kernel time
 * @param nu scattering rate, kernel units
 * @param bounce bounce period, kernel time; 0 where nothing bounces
 * @param xiBins bins of the pitch axis
 */
export function layOutDwell(end: number, nu: number, bounce: number, xiBins: number): Dwell {
  // the last panel is three quarters of the run
  const wanted = bounce > 0 ? (0.75 * end * PER_BOUNCE) / bounce : 0;
  const cells = 3 * Math.ceil(Math.min(MOST, Math.max(FEWEST, wanted)) / 3);
  const spread = nu > 0 ? 1 / (4 * nu * xiBins * xiBins) : Infinity;
  let panels = 1;
  let first = end;
  while (panels < MOST_PANELS && first / cells > spread) {
    first /= 4;
    panels++;
  }
  const times = new Float64Array(panels * cells);
  const lengths: number[] = [];
  let from = 0;
  let to = first;
  for (let p = 0; p < panels; p++) {
    lengths.push(p === 0 ? 1 : 3 * 4 ** (p - 1));
    for (let k = 0; k < cells; k++) times[p * cells + k] = from + ((to - from) * (k + 0.5)) / cells;
    from = to;
    to = p + 2 === panels ? end : to * 4;
  }
  return {
    times,
    panels: Uint8Array.from(times, (_, i) => Math.floor(i / cells)),
    lengths,
    cell: first / cells,
  };
}

/** The times at which a block is looked at, and the rows of the tallies that each fills. */
export interface Looks {
  readonly times: Float64Array;
  readonly rows: readonly (readonly number[])[];
}

/**
 * Snapshots and samples in one order; the rows of the samples' panels follow those of the snapshots.
 * @param snapshots ascending, the first 0
 */
export function looksOf(snapshots: Float64Array, dwell: Dwell | null): Looks {
  const all = [
    ...Array.from(snapshots, (time, row) => ({ time, row })),
    ...Array.from(dwell?.times ?? [], (time, i) => ({ time, row: snapshots.length + (dwell as Dwell).panels[i] })),
  ].sort((a, b) => a.time - b.time);
  const end = all[all.length - 1].time;
  const times: number[] = [];
  const rows: number[][] = [];
  for (const { time, row } of all) {
    // what rounding alone keeps apart is one look
    if (times.length > 0 && time - times[times.length - 1] < 1e-12 * end) rows[rows.length - 1].push(row);
    else {
      times.push(time);
      rows.push([row]);
    }
  }
  return { times: Float64Array.from(times), rows };
}
