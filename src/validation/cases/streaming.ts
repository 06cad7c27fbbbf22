import type { Finding, ValidationCase } from '../case.js';
import { type Laboratory, line, SPEED, seconds } from '../laboratory.js';
import { ratioOverGroups } from '../statistics.js';
import { agreement } from '../verdict.js';
import { NU } from './still.js';

/** <x^2> in (v/nu)^2, T = nu t. */
const meanSquare = (T: number) => T / 3 - 1 / 6 + Math.exp(-2 * T) / 6;

/** The same of half a drift, kicks and drifts, half a drift: weights 1/2, 1, ..., 1, 1/2 and <xi_i xi_j> = exp(-2 tau |i - j|)/3. */
function meanSquareInSteps(tau: number, n: number): number {
  const weight = (k: number) => (k === 0 || k === n ? 0.5 : 1);
  let sum = 0;
  for (let i = 0; i <= n; i++)
    for (let j = 0; j <= n; j++) sum += weight(i) * weight(j) * Math.exp(-2 * tau * Math.abs(i - j));
  return (tau * tau * sum) / 3;
}

/** <x^2> and <x> after some numbers of steps of nu dt = `tau`. */
async function streamed(laboratory: Laboratory, tau: number, steps: readonly number[], rate = 1) {
  const run = await laboratory.run({
    particles: { count: laboratory.count(2 ** 19, 2 ** 20) },
    field: line,
    collisions: { operator: 'exact', rate: `${NU * rate} /s` },
    boundary: 'none',
    motion: { kind: 'guidingCentre', step: `${tau / NU} s` },
    times: seconds(...steps.map((n) => (n * tau) / NU)),
  });
  const unit = SPEED / NU;
  const all = (read: (name: string) => Float64Array) => read('legendre')[9];
  return steps.map((_, i) => ({
    square: ratioOverGroups(run, (read) => read('position2')[i + 1] / unit ** 2, all),
    mean: ratioOverGroups(run, (read) => read('position')[i + 1] / unit, all),
  }));
}

/** Against the closed form; error 1.4/sqrt(N) of the value: 2 % are 10 standard errors at N = 2^19. */
async function againstTime(laboratory: Laboratory, times: readonly number[], rate = 1): Promise<Finding[]> {
  const found = await streamed(
    laboratory,
    0.02,
    times.map((T) => Math.round(T / 0.02)),
    rate,
  );
  return found.flatMap(({ square, mean }, i) => {
    const T = times[i];
    const last = i === times.length - 1;
    const controls = last
      ? [
          { what: 'nu times 1.02', reference: meanSquare(T * 1.02) / 1.02 ** 2 },
          { what: 'diffusion from the start on', reference: T / 3 },
        ]
      : [{ what: 'free flight', reference: (T * T) / 3 }];
    const at = { series: 'nu dt = 0.02', x: T };
    const findings = [agreement(`<x^2>, nu t = ${T}`, '(v/nu)^2', square, meanSquare(T), { controls, at })];
    if (last) findings.push(agreement(`<x>, nu t = ${T}`, 'v/nu', mean, 0));
    return findings;
  });
}

async function atLongSteps(laboratory: Laboratory, tau: number, n: number): Promise<Finding> {
  const [{ square }] = await streamed(laboratory, tau, [n]);
  const controls = [{ what: 'the limit of short steps', reference: meanSquare(n * tau) }];
  const at = { series: `nu dt = ${tau}`, x: n * tau };
  return agreement(`<x^2>, ${n} steps of nu dt = ${tau}`, '(v/nu)^2', square, meanSquareInSteps(tau, n), {
    controls,
    at,
  });
}

export const streaming: ValidationCase = {
  id: 'A5',
  family: 'scattering',
  title: 'streaming on a uniform line: <x^2> = t/3 - 1/6 + exp(-2t)/6',
  source: "closed form of the correlation <xi xi'> = exp(-2 nu t)/3; in steps, its sum",
  async measure(laboratory) {
    const findings = await againstTime(laboratory, [1, 2, 3, 4, 5]);
    const longSteps = [
      [0.5, 6],
      [2, 4],
    ] as const;
    for (const [tau, n] of longSteps) findings.push(await atLongSteps(laboratory, tau, n));
    return {
      findings,
      figure: {
        xLabel: 'nu t',
        yLabel: '<x^2> in (v/nu)^2',
        series: [
          {
            label: 'nu dt = 0.02',
            curve: Array.from({ length: 85 }, (_, i) => i * 0.1).map((T) => [T, meanSquare(T)] as const),
          },
          ...longSteps.map(([tau, n]) => ({
            label: `nu dt = ${tau}`,
            curve: Array.from({ length: n }, (_, i) => [tau * (i + 1), meanSquareInSteps(tau, i + 1)] as const),
          })),
        ],
      },
    };
  },
  faults: [{ what: 'nu times 1.02 in the scenario', measure: (laboratory) => againstTime(laboratory, [5], 1.02) }],
};
