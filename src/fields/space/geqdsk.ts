/** Reads G-EQDSK: the text form in which equilibrium codes hand on the flux psi(R, z). */
import { SectionFault, show } from '../../scenario/faults.js';

/** What of an equilibrium the field needs, SI; psi in Wb/rad, R fastest. */
export interface Equilibrium {
  readonly nR: number;
  readonly nZ: number;
  readonly firstR: number;
  readonly firstZ: number;
  readonly stepR: number;
  readonly stepZ: number;
  readonly axisR: number;
  readonly axisZ: number;
  readonly psiAxis: number;
  readonly psiEdge: number;
  /** Vacuum field [T] at `centreR`. */
  readonly vacuum: number;
  readonly centreR: number;
  /** `F = R B_phi` [T m] at equal steps of psi from the axis to the edge. */
  readonly F: Float64Array;
  readonly psi: Float64Array;
}

const FEWEST = 5;
const MOST = 1025;
/** A number as Fortran writes it, which may touch the next: `1.0E+00-2.0E+00`, `1.0D+00`. */
const NUMBER = /\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eEdD][+-]?\d{1,3})?)/y;

function refuse(line: number, found: string, message: string): never {
  throw new SectionFault({ path: 'file', found, message: `line ${line}: ${message}` });
}

/** Hands out the numbers of the text in order and refuses what is none by its line. */
class Numbers {
  #line = 1;
  #at = 0;
  constructor(private readonly lines: readonly string[]) {}

  get line(): number {
    return this.#line + 1;
  }

  next(what: string): number {
    while (this.#line < this.lines.length && this.lines[this.#line].slice(this.#at).trim() === '') {
      this.#line++;
      this.#at = 0;
    }
    if (this.#line >= this.lines.length)
      refuse(this.lines.length, 'nothing', `the file ends before ${what} (must have all of it)`);
    const text = this.lines[this.#line];
    NUMBER.lastIndex = this.#at;
    const match = NUMBER.exec(text);
    if (match === null) {
      const found = text.slice(this.#at).trim().slice(0, 20);
      refuse(this.line, found, `${show(found)} is no number of ${what} (must be a finite number)`);
    }
    this.#at = NUMBER.lastIndex;
    const value = Number(match[1].replace(/[dD]/, 'e'));
    if (!Number.isFinite(value))
      refuse(
        this.line,
        match[1].slice(0, 20),
        `${match[1].slice(0, 20)} of ${what} is not finite (must be a finite number)`,
      );
    return value;
  }

  /** A list, which begins with a line and ends with one: one number that is missing in it would shift all after it. */
  many(count: number, what: string): Float64Array {
    const list = Float64Array.from({ length: count }, () => this.next(what));
    const rest = this.lines[this.#line].slice(this.#at).trim();
    if (rest !== '')
      refuse(
        this.line,
        rest.slice(0, 20),
        `${what} ends in the middle of the line, before ${show(rest.slice(0, 20))} (must end with its line: numbers are missing above, or too many)`,
      );
    return list;
  }

  /** Whether nothing is left. */
  get ended(): boolean {
    return this.lines.slice(this.#line + 1).every((line) => line.trim() === '');
  }
}

/**
 * The equilibrium of a G-EQDSK text: a title that ends with the points along R and z; then, in columns of 16, the box, the axis, psi at the
 * axis and at the edge, the vacuum field, and the lists F, p, F F', p', psi, q. What follows (boundary, limiter) is not read.
 * @throws SectionFault by line, where the text is malformed, cut short, or describes no equilibrium
 * Source: Lao et al., Nuclear Fusion 25, 1611 (1985); the format's description by General Atomics, "G EQDSK format".
 */
export function readGeqdsk(text: string): Equilibrium {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  while (lines.length > 0 && lines[lines.length - 1].trim() === '') lines.pop();
  const head = (lines[0] ?? '').trim();
  // Only the end is looked at: a line of a megabyte of digits must not be tried from each of them.
  const title = /(\d+)\s+(\d+)$/.exec(head.slice(-80));
  if (title === null) refuse(1, head.slice(0, 80), `${show(head)} (must end with the numbers of points along R and z)`);
  const [nR, nZ] = [Number(title[1]), Number(title[2])];
  for (const n of [nR, nZ])
    if (!(n >= FEWEST && n <= MOST)) refuse(1, `${n}`, `${n} points (must be from ${FEWEST} to ${MOST})`);
  const numbers = new Numbers(lines);
  const [width, height, centreR, firstR, middleZ] = numbers.many(5, 'the box');
  if (!(width > 0 && height > 0))
    refuse(numbers.line, `${width} m`, `a box of ${width} m by ${height} m (must be > 0)`);
  if (!(firstR >= 0)) refuse(numbers.line, `${firstR} m`, `R begins at ${firstR} m (must be >= 0)`);
  const [axisR, axisZ, psiAxis, psiEdge, vacuum] = numbers.many(5, 'the axis');
  if (psiAxis === psiEdge)
    refuse(numbers.line, `${psiAxis}`, `psi is ${psiAxis} Wb/rad at the axis and at the edge (must differ)`);
  const firstZ = middleZ - height / 2;
  if (!(axisR > firstR && axisR < firstR + width && axisZ > firstZ && axisZ < firstZ + height))
    refuse(
      numbers.line,
      `${axisR} m`,
      `the magnetic axis at R = ${axisR} m, z = ${axisZ} m lies outside of the box (must be inside)`,
    );
  // the current, and what the format repeats
  numbers.many(10, 'the current');
  const F = numbers.many(nR, 'F');
  for (const name of ['p', "F F'", "p'"]) numbers.many(nR, name);
  const psi = numbers.many(nR * nZ, 'psi');
  if (!numbers.ended) numbers.many(nR, 'q');
  return {
    nR,
    nZ,
    firstR,
    firstZ,
    stepR: width / (nR - 1),
    stepZ: height / (nZ - 1),
    axisR,
    axisZ,
    psiAxis,
    psiEdge,
    vacuum,
    centreR,
    F,
    psi,
  };
}

/** A number as the format has it: 16 columns. */
const column = (value: number) =>
  value
    .toExponential(9)
    .replace(/e([+-])(\d)$/, 'E$10$2')
    .replace('e', 'E')
    .padStart(16);

/**
 * An equilibrium as G-EQDSK text, without pressure, boundary and limiter.
 * @example
 * const even = { nR: 5, nZ: 5, firstR: 1, firstZ: -1, stepR: 0.5, stepZ: 0.5, axisR: 2, axisZ: 0, psiAxis: 0, psiEdge: 1, vacuum: 1, centreR: 2, F: new Float64Array(5), psi: new Float64Array(25) };
 * readGeqdsk(writeGeqdsk('test', even)).axisR // => 2
 */
export function writeGeqdsk(title: string, eq: Equilibrium): string {
  const { nR, nZ, F, psi } = eq;
  const zeros = (n: number) => Array.from({ length: n }, () => 0);
  const rows = (values: readonly number[]) => {
    const lines: string[] = [];
    for (let i = 0; i < values.length; i += 5)
      lines.push(
        values
          .slice(i, i + 5)
          .map(column)
          .join(''),
      );
    return lines;
  };
  const head = [
    (nR - 1) * eq.stepR,
    (nZ - 1) * eq.stepZ,
    eq.centreR,
    eq.firstR,
    eq.firstZ + ((nZ - 1) * eq.stepZ) / 2,
    eq.axisR,
    eq.axisZ,
    eq.psiAxis,
    eq.psiEdge,
    eq.vacuum,
    ...[0, eq.psiAxis, 0, eq.axisR, 0, eq.axisZ, 0, eq.psiEdge, 0, 0],
  ];
  return [
    `${title.padEnd(48).slice(0, 48)}   0 ${nR} ${nZ}`,
    ...rows(head),
    ...rows([...F]),
    ...rows(zeros(nR)),
    ...rows(zeros(nR)),
    ...rows(zeros(nR)),
    ...rows([...psi]),
    ...rows(zeros(nR)),
    '',
  ].join('\n');
}
