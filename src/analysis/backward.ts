/**
 * Expected moments of mu of those still inside, for every place and pitch of the start at once: Kolmogorov's backward
 * equation on a grid in (s, xi).
 *
 * With `m = (1 - xi^2) Bmin/B` (mu over its largest value at the midplane), `beta = Bmin/B` and G the generator of motion
 * and scattering, `V_k = <m^k; inside> - m_0^k` as functions of the start obey `dV/dt = G V + G m^k`, zero at t = 0, where
 * `G 1 = 0`, `G m = nu (4 beta - 6 m)` and `G m^2 = 8 nu m (beta - m) + 2 m G m`: motion keeps m, so the sources are those
 * of scattering alone, and exact. Those who leave through a throat are not inside: there `V_k = -m^k`. Then
 * `<(m - m_0)^2; inside> = V_2 - 2 m_0 V_1 + m_0^2 V_0`.
 *
 * Fifth-order upwind differences along the characteristics, fourth-order central ones for the scattering, Runge-Kutta of
 * third order.
 */

/** A line as the equation needs it, on nodes from throat to throat. */
export interface BackwardLine {
  readonly length: number;
  /** B/Bmin at the nodes. */
  readonly b: Float64Array;
  /** d(B/Bmin)/ds at the nodes [1/m]. */
  readonly slope: Float64Array;
  readonly ends: 'open' | 'reflecting' | 'periodic';
}

/** V_0, V_1 and V_2 at one time, each `[node][xi cell]`; of pitch alone also that of xi, V_x. */
export type MomentField = readonly Float64Array[];

/** Sets the three points beyond an edge: the parabola through the first three inside, of which the next is `d` further. */
function extend(w: Float64Array, edge: number, d: number): void {
  const a = w[edge];
  const b = w[edge + d];
  const c = w[edge + 2 * d];
  w[edge - d] = 3 * a - 3 * b + c;
  w[edge - 2 * d] = 6 * a - 8 * b + 3 * c;
  w[edge - 3 * d] = 10 * a - 15 * b + 6 * c;
}

/** The longest stable step [s]. */
export function longestStep(line: BackwardLine, pitches: number, speed: number, nu: number): number {
  const ds = line.length / (line.b.length - 1);
  const dxi = 2 / pitches;
  const steepest = line.b.reduce((most, b, k) => Math.max(most, Math.abs(line.slope[k] / b)), 0);
  return 0.8 / (speed / ds + (speed * steepest) / 2 / dxi + (8 / 3) * (nu / dxi ** 2));
}

/** Ghost points on every side of the grid. */
const G = 3;

/**
 * Solves the backward equation.
 * @param line the line; its number of nodes is the resolution in s
 * @param pitches cells of xi
 * @param speed [m/s]
 * @param nu scattering rate [1/s]
 * @param times increasing, > 0 [s]
 * @returns V_0, V_1, V_2 at each time
 */
export function backwardMoments(
  line: BackwardLine,
  pitches: number,
  speed: number,
  nu: number,
  times: ArrayLike<number>,
): MomentField[] {
  const nodes = line.b.length;
  const ds = line.length / (nodes - 1);
  const dxi = 2 / pitches;
  const open = line.ends === 'open';
  const xi = Float64Array.from({ length: pitches }, (_, i) => -1 + (i + 0.5) * dxi);
  // nu ((1 - xi^2) V'' - 2 xi V') by central differences of fourth order
  const spread = xi.map((x) => (nu * (1 - x * x)) / (12 * dxi * dxi));
  const pole = xi.map((x) => (-2 * nu * x) / (12 * dxi));
  const across = xi.map((x) => 1 - x * x);
  const along = xi.map((x) => (speed * Math.abs(x)) / ds / 60);
  const pulls = line.b.map((b, k) => (-speed * line.slope[k]) / b / 2 / dxi / 60);
  const wide = pitches + 2 * G;
  const size = (nodes + 2 * G) * wide;
  const at = (k: number, i: number) => (k + G) * wide + i + G;
  const source = [0, 1, 2].map(() => new Float64Array(size));
  /** V of those who are no longer inside, by pitch, at either end. */
  const gone = [0, 1, 2].map(() => [new Float64Array(pitches), new Float64Array(pitches)]);
  for (let k = 0; k < nodes; k++) {
    const beta = 1 / line.b[k];
    for (let i = 0; i < pitches; i++) {
      const m = (1 - xi[i] * xi[i]) * beta;
      const drift = nu * (4 * beta - 6 * m);
      source[1][at(k, i)] = drift;
      source[2][at(k, i)] = 8 * nu * m * (beta - m) + 2 * m * drift;
      for (let n = 0; n < 3; n++) {
        if (k === 0) gone[n][0][i] = -(m ** n);
        if (k === nodes - 1) gone[n][1][i] = -(m ** n);
      }
    }
  }

  /** Sets what lies beyond the grid, and the last nodes where particles step out of the line. */
  const border = (w: Float64Array, n: number) => {
    for (let i = 0; i < pitches; i++) {
      for (let side = 0; side < 2; side++) {
        const end = side === 0 ? 0 : nodes - 1;
        const out = side === 0 ? -1 : 1;
        const leaves = xi[i] * out > 0;
        if (open && leaves) w[at(end, i)] = gone[n][side][i];
        for (let g = 1; g <= G; g++) {
          const inside = at(end - out * g, i);
          const beyond = at(end + out * g, i);
          if (line.ends === 'periodic') w[beyond] = w[at(nodes - 1 - end + out * g, i)];
          else if (!open) w[beyond] = w[at(end - out * g, pitches - 1 - i)];
          else w[beyond] = leaves ? gone[n][side][i] : 2 * w[at(end, i)] - w[inside];
        }
      }
    }
    // there are no pitches beyond +-1: the parabola on
    for (let k = 0; k < nodes; k++) {
      extend(w, at(k, 0), 1);
      extend(w, at(k, pitches - 1), -1);
    }
  };

  const rate = (w: Float64Array, force: Float64Array, into: Float64Array) => {
    for (let k = 0; k < nodes; k++) {
      const row = at(k, 0);
      for (let i = 0; i < pitches; i++) {
        const c = row + i;
        const here = w[c];
        const above = w[c + 1];
        const below = w[c - 1];
        const far = w[c + 2];
        const deep = w[c - 2];
        let sum =
          force[c] +
          spread[i] * (16 * (above + below) - 30 * here - far - deep) +
          pole[i] * (8 * (above - below) - far + deep);
        // both derivatives lean to where the particle goes: that is where the information comes from
        const turn = pulls[k] * across[i];
        const t = turn > 0 ? 1 : -1;
        sum +=
          t *
          turn *
          (2 * w[c + 3 * t] - 15 * w[c + 2 * t] + 60 * w[c + t] - 20 * here - 30 * w[c - t] + 3 * w[c - 2 * t]);
        const d = xi[i] > 0 ? wide : -wide;
        const v = along[i];
        into[c] =
          sum +
          v * (2 * w[c + 3 * d] - 15 * w[c + 2 * d] + 60 * w[c + d] - 20 * here - 30 * w[c - d] + 3 * w[c - 2 * d]);
      }
    }
  };

  const most = longestStep(line, pitches, speed, nu);
  const w = [0, 1, 2].map(() => new Float64Array(size));
  const stage = new Float64Array(size);
  const slope = new Float64Array(size);
  const found: MomentField[] = [];
  let now = 0;
  for (let j = 0; j < times.length; j++) {
    const steps = Math.max(1, Math.ceil((times[j] - now) / most));
    const h = (times[j] - now) / steps;
    for (let step = 0; step < steps; step++) {
      for (let n = open ? 0 : 1; n < 3; n++) {
        const u = w[n];
        border(u, n);
        rate(u, source[n], slope);
        for (let i = 0; i < size; i++) stage[i] = u[i] + h * slope[i];
        border(stage, n);
        rate(stage, source[n], slope);
        for (let i = 0; i < size; i++) stage[i] = 0.75 * u[i] + 0.25 * (stage[i] + h * slope[i]);
        border(stage, n);
        rate(stage, source[n], slope);
        for (let i = 0; i < size; i++) u[i] = u[i] / 3 + (2 / 3) * (stage[i] + h * slope[i]);
      }
    }
    now = times[j];
    found.push(w.map((u, n) => inner(u, n)));
  }
  return found;

  function inner(u: Float64Array, n: number): Float64Array {
    border(u, n);
    return Float64Array.from({ length: nodes * pitches }, (_, c) => u[at(Math.floor(c / pitches), c % pitches)]);
  }
}

/**
 * The same where scattering alone acts on the pitch and those are lost whose pitch leaves a range: V_k on cells of xi, and
 * V_x = <xi; inside> - xi_0 with the source `-2 nu xi`.
 *
 * Finite volumes, `V_k = -m^k` and `V_x = -xi` at the edges that lose; explicit midpoint steps.
 * @param from left edge of the pitches inside, -1 where there is no cone on the left
 * @param to right edge, 1 where there is no cone on the right
 * @param cells of xi between them
 * @param nu scattering rate [1/s]
 * @param times increasing, > 0 [s]
 */
export function coneMoments(
  from: number,
  to: number,
  cells: number,
  nu: number,
  times: ArrayLike<number>,
): MomentField[] {
  const dxi = (to - from) / cells;
  const xi = Float64Array.from({ length: cells }, (_, i) => from + (i + 0.5) * dxi);
  // between two pitches V runs as atanh(xi) where nothing changes it: near the poles, where a rim of high ratio lies, no straight line
  const nodes = [from, ...xi, to].map(Math.atanh);
  const faces = Float64Array.from({ length: cells + 1 }, (_, i) => nu / dxi / (nodes[i + 1] - nodes[i]));
  const source = [
    () => 0,
    (x: number) => nu * (4 - 6 * (1 - x * x)),
    (x: number) => (1 - x * x) * nu * (8 * x * x + 8 - 12 * (1 - x * x)),
    (x: number) => -2 * nu * x,
  ].map((of) => xi.map(of));
  const rate = (w: Float64Array, n: number, into: Float64Array) => {
    // through a pole, where atanh is infinite, nothing flows
    const beyond = (edge: number) => -(n === 3 ? edge : (1 - edge * edge) ** n);
    for (let i = 0; i < cells; i++) {
      const below = i > 0 ? w[i - 1] : beyond(from);
      const above = i + 1 < cells ? w[i + 1] : beyond(to);
      into[i] = source[n][i] + faces[i + 1] * (above - w[i]) - faces[i] * (w[i] - below);
    }
  };
  const most = (0.4 * dxi ** 2) / nu;
  const w = [0, 1, 2, 3].map(() => new Float64Array(cells));
  const slope = new Float64Array(cells);
  const middle = new Float64Array(cells);
  const found: MomentField[] = [];
  let now = 0;
  for (let j = 0; j < times.length; j++) {
    const steps = Math.max(1, Math.ceil((times[j] - now) / most));
    const h = (times[j] - now) / steps;
    for (let step = 0; step < steps; step++) {
      for (let n = 0; n < 4; n++) {
        rate(w[n], n, slope);
        for (let i = 0; i < cells; i++) middle[i] = w[n][i] + (h / 2) * slope[i];
        rate(middle, n, slope);
        for (let i = 0; i < cells; i++) w[n][i] += h * slope[i];
      }
    }
    now = times[j];
    found.push(w.map((u) => u.slice()));
  }
  return found;
}
