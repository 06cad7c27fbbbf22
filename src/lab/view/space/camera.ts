/** A camera without perspective: lengths in the plane of the screen are the same everywhere, so that one bar measures them all. */

export interface Camera {
  /** About the axis that is up, and above the plane across it [rad]. */
  readonly turn: number;
  readonly tilt: number;
  readonly zoom: number;
}

/** What is looked at, with lengths as they are drawn. */
export interface Subject {
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly squeeze: readonly number[];
}

/** Rows give right, up and towards the eye, of x, y and z [m]; `middle` comes to the middle of the screen. */
export interface View {
  readonly rows: readonly (readonly [number, number, number])[];
  readonly middle: readonly [number, number, number];
  /** Pixels a metre. */
  readonly scale: number;
  readonly centre: readonly [number, number];
}

export const home: Camera = { turn: 0.5, tilt: 0.4, zoom: 1 };
const [farthest, nearest] = [0.4, 40];
const steepest = Math.PI / 2;

/** The camera after a turn [rad], a tilt [rad] and a zoom. */
export const moved = ({ turn, tilt, zoom }: Camera, by: Partial<Camera>): Camera => ({
  turn: (turn + (by.turn ?? 0)) % (2 * Math.PI),
  tilt: Math.max(-steepest, Math.min(steepest, tilt + (by.tilt ?? 0))),
  zoom: Math.max(farthest, Math.min(nearest, zoom * (by.zoom ?? 1))),
});

/** Whether z lies across the screen: what is long along z has room there. */
export const lies = ({ low, high, squeeze }: Subject): boolean => {
  const [x, y, z] = [0, 1, 2].map((i) => (high[i] - low[i]) * squeeze[i]);
  return z > 1.3 * Math.max(x, y);
};

function rowsOf({ turn, tilt }: Camera, subject: Subject): [number, number, number][] {
  const [c, s, ct, st] = [Math.cos(turn), Math.sin(turn), Math.cos(tilt), Math.sin(tilt)];
  const rows = [
    [-s, c, 0],
    [-st * c, -st * s, ct],
    [ct * c, ct * s, st],
  ];
  // x up, y towards the eye and z to the right keep their hand
  return rows.map(([a, b, up]) => (lies(subject) ? [up, a, b] : [a, b, up]));
}

/**
 * Where things come to on a screen.
 * @param camera where it is looked from
 * @param subject what is looked at: all of it is seen from `home`
 * @param width of the screen [px]
 * @param height of the screen [px]
 */
export function viewOf(camera: Camera, subject: Subject, width: number, height: number): View {
  const { low, high, squeeze } = subject;
  const middle = [0, 1, 2].map((i) => (low[i] + high[i]) / 2) as [number, number, number];
  const reach = (row: readonly number[]) =>
    row.reduce((sum, part, i) => sum + (Math.abs(part) * (high[i] - low[i]) * squeeze[i]) / 2, 0) || 1;
  const [right, up] = rowsOf(home, subject).map(reach);
  const scale = camera.zoom * Math.min((0.46 * width) / right, (0.44 * height) / up);
  const rows = rowsOf(camera, subject).map(
    (row) => row.map((part, i) => part * squeeze[i]) as [number, number, number],
  );
  return { rows, middle, scale, centre: [width / 2, height / 2] };
}

/**
 * A point on the screen [px], and how near it is to the eye [m].
 * @example
 * const cube = { low: [-1, -1, -1], high: [1, 1, 1], squeeze: [1, 1, 1] }
 * const [x, y] = project(viewOf({ turn: 0, tilt: 0, zoom: 1 }, cube, 200, 100), 0, 0, 0)
 * [x, y] // => [100, 50]
 */
export function project(
  { rows, middle, scale, centre }: View,
  x: number,
  y: number,
  z: number,
): [number, number, number] {
  const [a, b, c] = [x - middle[0], y - middle[1], z - middle[2]];
  const along = (row: readonly number[]) => row[0] * a + row[1] * b + row[2] * c;
  return [centre[0] + scale * along(rows[0]), centre[1] - scale * along(rows[1]), along(rows[2])];
}

/**
 * The largest 1, 2 or 5 times a power of ten that is no more than a length.
 * @example
 * roundBelow(730) // => 500
 */
export function roundBelow(length: number): number {
  const power = 10 ** Math.floor(Math.log10(length));
  return ([5, 2, 1].find((times) => times * power <= length) ?? 1) * power;
}
