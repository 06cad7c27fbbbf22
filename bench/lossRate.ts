/**
 * Time to a standard error of 1 % on the loss rate of the default scenario, two cores: the built package with its default
 * step and all tallies, beside Euler-Maruyama in numba (euler_maruyama.py) without tallies, at the longest step tried
 * whose bias is below 1 %. An error falls as one over the root of the time, so one long run of each is scaled.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { machine, median } from './machine.js';

interface Numba {
  readonly seconds: number;
  readonly rate: number;
  readonly error: number;
}

const STEPS = [0.32, 0.16, 0.08, 0.04];
const PARTICLES = 1_000_000;
const ROUNDS = 5;

function pythonWithNumba(): string | null {
  for (const python of ['/usr/bin/python3', 'python3']) {
    if (spawnSync(python, ['-c', 'import numba']).status === 0) return python;
  }
  return null;
}

export async function bench(root: string): Promise<void> {
  console.log(machine());
  const { parseScenario, presets, run } = await import(pathToFileURL(path.join(root, 'dist/index.js')).href);
  const preset = presets.find((p: { name: string }) => p.name === 'mirror');
  const us = async (seed: number) => {
    const result = await run(parseScenario(preset.yaml.replace(/seed: .*/, `seed: ${seed}`)), { workers: 2 }).result;
    const { value, standardError } = result.lossRate;
    const nu = result.plan.reference.nu;
    return { seconds: result.seconds as number, rate: value / nu, error: standardError / nu };
  };
  const toOnePercent = (x: Numba) => x.seconds * (x.error / x.rate / 0.01) ** 2;
  await us(1);
  const ours: Numba[] = [];
  for (let i = 0; i < ROUNDS; i++) ours.push(await us(i + 1));
  const rate = ours.reduce((sum, x) => sum + x.rate, 0) / ROUNDS;
  const error = ours[0].error / Math.sqrt(ROUNDS);
  console.log(
    `losscone: rate/nu = ${rate.toFixed(4)} +- ${error.toFixed(4)}, ${median(ours.map((x) => x.seconds)).toFixed(2)} s for 1e6 particles`,
  );
  console.log(`losscone: ${median(ours.map(toOnePercent)).toFixed(3)} s to 1 % (median of ${ROUNDS})`);
  const python = pythonWithNumba();
  if (python === null) {
    console.log('no python3 with numba here: nothing to compare with');
    return;
  }
  const numba = (step: number, seed: number): Numba =>
    JSON.parse(
      execFileSync(python, [path.join(root, 'bench/euler_maruyama.py'), `${PARTICLES}`, `${step}`, `${seed}`], {
        encoding: 'utf8',
      }),
    );
  for (const step of STEPS) {
    const runs = Array.from({ length: 3 }, (_, i) => numba(step, i + 1));
    const mean = runs.reduce((sum, x) => sum + x.rate, 0) / runs.length;
    const bias = mean / rate - 1;
    const noise = Math.hypot(runs[0].error / Math.sqrt(runs.length), error) / rate;
    console.log(
      `numba, step ${step} length/2/v: rate/nu = ${mean.toFixed(4)}, bias ${(100 * bias).toFixed(2)} +- ${(100 * noise).toFixed(2)} %, ${median(runs.map((x) => x.seconds)).toFixed(2)} s`,
    );
    if (Math.abs(bias) < 0.01) {
      const theirs = median(runs.map(toOnePercent));
      console.log(
        `numba: ${theirs.toFixed(3)} s to 1 %; losscone takes ${(median(ours.map(toOnePercent)) / theirs).toFixed(2)} of it`,
      );
      return;
    }
  }
}
