/**
 * The mirror step, one core: guiding centre in B = 1 + 3 s^2, exact scattering with nu dt = 1e-3, throat test, h = 0.01;
 * 131,072 particles, 100 steps. The native reference (kernel_reference.c) makes the same step with AVX-512 where the
 * machine has it, without a throat. The two run in turn; the median of the ratios counts. Unequal physics voids a pair.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { prepare } from './here.js';
import { machine, median, spread } from './machine.js';

const PARTICLES = 131072;
const STEPS = 100;
const PAIRS = 11;

interface Measured {
  readonly rate: number;
  readonly meanSpeed: number;
  readonly meanXi2: number;
  readonly drift: number;
}

function compile(root: string): string {
  const folder = path.join(root, 'node_modules/.cache/losscone-bench');
  mkdirSync(folder, { recursive: true });
  const binary = path.join(folder, 'kernel_reference');
  const flags = ['-O3', '-march=native', '-mprefer-vector-width=512', '-ffast-math'];
  execFileSync('gcc', [...flags, path.join(root, 'bench/kernel_reference.c'), '-o', binary, '-lmvec', '-lm']);
  return binary;
}

/** One repeat of the native program, after one that warms it up. */
function native(binary: string): Measured {
  const lines = execFileSync(binary, [`${PARTICLES}`, `${STEPS}`, '1'], { encoding: 'utf8' })
    .trim()
    .split('\n');
  const found = /^([\d.]+) Mstep\/s {2}mean_v=(\S+) {2}mean_xi2=(\S+) {2}energy_drift=(\S+)/.exec(
    lines[lines.length - 1],
  );
  if (found === null) throw new Error(`the native reference printed ${lines[lines.length - 1]}`);
  return { rate: Number(found[1]), meanSpeed: Number(found[2]), meanXi2: Number(found[3]), drift: Number(found[4]) };
}

/** The same work in the kernel: 128 blocks of 1024, each stepped as BlockRunner steps it, tallies left out. */
function ours(root: string): () => Measured {
  const { plan, runner } = prepare(root, {
    particles: { count: PARTICLES, speed: { kind: 'mono', speed: '1 m/s' }, pitch: 'isotropic', place: 'midplane' },
    field: { kind: 'parabolic', B: '1 T', ratio: 1 + 3e4, length: '200 m' },
    collisions: { operator: 'exact', rate: '0.1 /s' },
    boundary: 'throat',
    motion: { kind: 'guidingCentre', step: '0.01 s' },
    times: { at: ['1 s'] },
  });
  const { kernel } = runner;
  const stage = plan.schedule[0][0];
  const lanes = (name: 'S' | 'XI' | 'M' | 'B') =>
    new Float64Array(kernel.memory.buffer, kernel[name].value as number, 1024);
  let seed = 0;
  // one block through the public way lays out tables and stage
  for (const _ of runner.runBlock(0)) {
  }
  return () => {
    let seconds = 0;
    let meanSpeed = 0;
    let meanXi2 = 0;
    let drift = 0;
    seed++;
    for (let block = 0; block < plan.blocks; block++) {
      kernel.start(block * 1024 + seed * PARTICLES, 0, 1024, 0);
      const [s, xi, m, b] = [lanes('S'), lanes('XI'), lanes('M'), lanes('B')];
      for (let i = 0; i < 1024; i++) {
        xi[i] = -1 + (2 * (block * 1024 + i + 0.5)) / PARTICLES;
        s[i] = 0;
        m[i] = 1 - xi[i] * xi[i];
        b[i] = 1;
      }
      const begin = performance.now();
      for (let lane = 0; lane < 1024; lane += 256)
        kernel.scatterAndStream(lane, 256, 0, STEPS, 0, 0, stage.time, 1, block * 1024 + seed * PARTICLES, 0, 0);
      kernel.sweep(0);
      seconds += (performance.now() - begin) / 1e3;
      for (let i = 0; i < 1024; i++) {
        const speed2 = xi[i] * xi[i] + m[i] * (1 + s[i] * s[i]);
        meanSpeed += xi[i] / PARTICLES;
        meanXi2 += (xi[i] * xi[i]) / speed2 / PARTICLES;
        drift += (speed2 - 1) / PARTICLES;
      }
    }
    return { rate: (PARTICLES * STEPS) / seconds / 1e6, meanSpeed, meanXi2, drift };
  };
}

/** Standard errors of the two means: xi is spread over less than 1, xi^2 by less than 0.32. */
function samePhysics(a: Measured, b: Measured): boolean {
  const n = Math.sqrt(PARTICLES / 2);
  return (
    Math.abs(a.meanSpeed - b.meanSpeed) < (5 * 0.6) / n &&
    Math.abs(a.meanXi2 - b.meanXi2) < (5 * 0.32) / n &&
    Math.abs(a.drift) < 1e-4 &&
    Math.abs(b.drift) < 1e-4
  );
}

const show = (name: string, x: Measured) =>
  `${name} ${x.rate.toFixed(1)} Mstep/s  mean_v=${x.meanSpeed.toExponential(2)}  mean_xi2=${x.meanXi2.toFixed(5)}  energy_drift=${x.drift.toExponential(1)}`;

export async function bench(root: string): Promise<void> {
  console.log(machine());
  const run = ours(root);
  for (let i = 0; i < 3; i++) run();
  let binary: string;
  try {
    binary = compile(root);
  } catch (error) {
    console.log(`no native reference: ${(error as Error).message.split('\n')[0]}`);
    console.log(show('losscone', run()));
    return;
  }
  native(binary);
  const ratios: number[] = [];
  for (let pair = 0; pair < PAIRS; pair++) {
    const c = native(binary);
    const us = run();
    if (!samePhysics(c, us)) {
      console.log(`void, unequal physics:\n  ${show('native', c)}\n  ${show('losscone', us)}`);
      continue;
    }
    ratios.push(us.rate / c.rate);
    if (pair === 0 || pair === PAIRS - 1) console.log(`${show('native  ', c)}\n${show('losscone', us)}`);
  }
  console.log(
    `mirror step, one core: ${median(ratios).toFixed(3)} of native C (median of ${ratios.length}; ${spread(ratios)})`,
  );
}
