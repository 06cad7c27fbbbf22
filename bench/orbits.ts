/**
 * The push of full orbits, one core: Higuera-Cary in uniform, bottle and dipole fields, 32 blocks of 1024 particles, 256 substeps.
 * The native reference (orbit_reference.c) does the same work, built twice: with vectors of the same width, and with what the machine
 * has. The three run in turn; the medians of the ratios count. Another final place voids a round.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { OrbitRunner } from '../src/kernel/index.js';
import { ORBIT_PARAMETER_NAMES, type OrbitParameterName } from '../src/kernel/orbitParameters.js';
import { planOrbits } from '../src/plan/orbits/plan.js';
import { parseOrbits } from '../src/scenario/orbits/schema.js';
import { machine, median, spread } from './machine.js';

const BLOCKS = 32;
const STEPS = 256;
const ROUNDS = 9;
const LANES = 1024;

const cases = [
  { kind: 0, name: 'uniform', field: { kind: 'uniform', B: ['0 T', '0 T', '1 T'] }, k: 0 },
  { kind: 1, name: 'bottle', field: { kind: 'bottle', B: '1 T', scale: '2 m' }, k: 1 },
  { kind: 2, name: 'dipole', field: { kind: 'dipole', B0: '1 T', radius: '1 m' }, k: -1 },
] as const;

interface Measured {
  readonly rate: number;
  readonly x: number;
  readonly z: number;
  readonly energy: number;
}

const show = (name: string, { rate, x, z, energy }: Measured) =>
  `  ${name.padEnd(22)} ${rate.toFixed(1).padStart(6)} Mstep/s  x=${x.toFixed(9)}  z=${z.toFixed(9)}  energy=${energy.toExponential(1)}`;

function compile(root: string, name: string, flags: readonly string[]): string {
  const folder = path.join(root, 'node_modules/.cache/losscone-bench');
  mkdirSync(folder, { recursive: true });
  const binary = path.join(folder, name);
  execFileSync('gcc', [
    '-O3',
    ...flags,
    '-ffast-math',
    path.join(root, 'bench/orbit_reference.c'),
    '-o',
    binary,
    '-lm',
  ]);
  return binary;
}

function native(binary: string, args: readonly number[]): Measured {
  const lines = execFileSync(binary, args.map(String), { encoding: 'utf8' }).trim().split('\n');
  const found = /^([\d.]+) Mstep\/s {2}x=(\S+) {2}z=(\S+) {2}energy=(\S+)/.exec(lines[lines.length - 1]);
  if (found === null) throw new Error(`the native reference printed ${lines[lines.length - 1]}`);
  return { rate: Number(found[1]), x: Number(found[2]), z: Number(found[3]), energy: Number(found[4]) };
}

/** The same work in the kernel, stepped as the runner steps it, without tallies. */
function ours(root: string, field: object) {
  const plan = planOrbits(
    parseOrbits({
      motion: { kind: 'fullOrbit' },
      field,
      particles: { count: 65_536, speed: '1e6 m/s', place: ['1.5 m', '0 m', '0 m'] },
      times: { until: '1 us', count: 1 },
    } as Parameters<typeof parseOrbits>[0]),
  );
  const module = new WebAssembly.Module(readFileSync(path.join(root, 'dist/losscone.wasm')));
  const { kernel } = new OrbitRunner(module, plan);
  const row = (start: WebAssembly.Global, k = 0) =>
    new Float64Array(kernel.memory.buffer, (start.value as number) + k * (kernel.ORBIT_ROW.value as number), LANES);
  kernel.startOrbits(0, 0, LANES);
  // all substeps have the same length: a turn of 0.2 rad where B is 1
  const dt = 0.2 / plan.parameters.turn;
  const at = (name: OrbitParameterName) => ORBIT_PARAMETER_NAMES.indexOf(name);
  const parameters = new Float64Array(
    kernel.memory.buffer,
    kernel.PARAMETERS.value as number,
    ORBIT_PARAMETER_NAMES.length,
  );
  parameters[at('largestTurn')] = 1e300;
  parameters[at('largestPath')] = 1e300;
  parameters[at('largestStep')] = dt * (1 + 1e-9);
  const run = (): Measured => {
    let seconds = 0;
    let [x, z, energy] = [0, 0, 0];
    for (let block = 0; block < BLOCKS; block++) {
      const [X, Y, Z] = [0, 1, 2].map((k) => row(kernel.ORBIT_X, k));
      const [UX, UY, UZ] = [0, 1, 2].map((k) => row(kernel.ORBIT_UX, k));
      const inverse = row(kernel.ORBIT_INVERSE_GAMMA);
      const start = new Float64Array(LANES);
      for (let i = 0; i < LANES; i++) {
        const p = 0.001 * (block * LANES + i);
        X[i] = 'radius' in field ? 1 + 0.1 * Math.sin(p) : 0.1 * Math.sin(p);
        Y[i] = 0;
        Z[i] = 0.01;
        UX[i] = 0.05 * Math.cos(p);
        UY[i] = 0.05 * Math.sin(p);
        UZ[i] = 0.02;
        start[i] = UX[i] ** 2 + UY[i] ** 2 + UZ[i] ** 2;
        inverse[i] = 1 / Math.sqrt(1 + start[i]);
      }
      const begin = performance.now();
      kernel.advanceOrbits(0, LANES, 0, STEPS * dt);
      seconds += (performance.now() - begin) / 1e3;
      for (let i = 0; i < LANES; i++) {
        x += X[i] / LANES / BLOCKS;
        z += Math.abs(Z[i]) / LANES / BLOCKS;
        energy = Math.max(energy, Math.abs((UX[i] ** 2 + UY[i] ** 2 + UZ[i] ** 2) / start[i] - 1));
      }
    }
    return { rate: (BLOCKS * LANES * STEPS) / seconds / 1e6, x, z, energy };
  };
  return { run, dt, turn: plan.parameters.turn };
}

export async function bench(root: string): Promise<void> {
  console.log(machine());
  let binaries: readonly (readonly [string, string])[] = [];
  try {
    binaries = [
      ['C, 128-bit vectors', compile(root, 'orbit_reference', ['-msse4.2'])],
      ['C, march=native', compile(root, 'orbit_reference_native', ['-march=native'])],
    ];
  } catch (error) {
    console.log(`no native reference: ${(error as Error).message.split('\n')[0]}`);
  }
  for (const { kind, name, field, k } of cases) {
    const { run, dt, turn } = ours(root, field);
    for (let i = 0; i < 3; i++) run();
    const ratios = binaries.map(() => [] as number[]);
    let last: Measured = run();
    const natives: Measured[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const found = binaries.map(([, binary]) => native(binary, [kind, BLOCKS, STEPS, dt, turn, k]));
      last = run();
      found.forEach((one, i) => {
        natives[i] = one;
        if (Math.abs(one.x - last.x) > 1e-6 || Math.abs(one.z - last.z) > 1e-6)
          console.log(`void, another place:\n${show(binaries[i][0], one)}\n${show('losscone', last)}`);
        else ratios[i].push(last.rate / one.rate);
      });
    }
    console.log(`${name}\n${show('losscone', last)}`);
    binaries.forEach(([label], i) => {
      console.log(show(label, natives[i]));
      console.log(
        `    losscone takes ${median(ratios[i]).toFixed(3)} of its rate (median of ${ratios[i].length}; ${spread(ratios[i])})`,
      );
    });
  }
}
