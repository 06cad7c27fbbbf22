import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { barDisplay, linesDisplay, progressLine } from '../../src/cli/progress.js';
import type { Progress } from '../../src/engine/result.js';

const half: Progress = {
  particlesDone: 500_000,
  particlesTotal: 1_000_000,
  steps: 123_456_789,
  stepsPerSecond: 81_234_567,
  secondsLeft: 12.4,
  workersAlive: 2,
  retries: 0,
  paused: false,
};

it('says how far the run is, how fast and how long still', () => {
  expect(progressLine(half)).toBe('50 %: 500,000 of 1,000,000 particles, 8.12e7 particle-steps/s, 12 s left');
});

it('says nothing that it does not know', () => {
  const start = { ...half, particlesDone: 0, steps: 0, stepsPerSecond: 0, secondsLeft: Number.POSITIVE_INFINITY };
  expect(progressLine(start)).toBe('0 %: 0 of 1,000,000 particles, starting');
  expect(progressLine({ ...half, paused: true })).toBe('50 %: 500,000 of 1,000,000 particles, paused');
});

it('rounds percent down, so that 100 % means done', () => {
  expect(progressLine({ ...half, particlesDone: 999_999 })).toMatch(/^99 %/);
});

it('prints a line every five seconds, none before', () => {
  const printed: string[] = [];
  let clock = 0;
  const display = linesDisplay(
    (text) => printed.push(text),
    () => clock,
  );
  for (; clock <= 12_000; clock += 100) display.update(half);
  expect(printed).toHaveLength(2);
  expect(printed[0]).toMatch(/\n$/);
});

it('draws a bar on a terminal and takes it away', async () => {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 100 });
  let drawn = '';
  stream.on('data', (data) => {
    drawn += data;
  });
  const bar = await barDisplay(stream as unknown as NodeJS.WriteStream);
  bar.update({ ...half, particlesDone: 0 });
  bar.update(half);
  await new Promise((resolve) => setTimeout(resolve, 150));
  bar.stop();
  bar.stop(); // once is enough, twice is no fault
  expect(drawn).toContain('█'.repeat(10) + '░'.repeat(10));
  expect(drawn).toContain('50 %  500,000 of 1,000,000 particles  8.12e7 particle-steps/s  12 s left');
  expect(drawn).not.toMatch(/[{}]/);
  expect(drawn.endsWith('\u001b[2K')).toBe(true);
});
