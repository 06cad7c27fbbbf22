import { expect, it } from 'vitest';
import { scanTable } from '../../src/cli/scan.js';
import { scanOf } from '../results/scanFixture.js';

it('the table of a scan is as wide as the terminal allows, from 60 columns on', () => {
  const scan = scanOf([50, 5e3], [2, 5], ['exact', 'binomial']);
  const of = (width?: number) => scanTable(scan, width).split('\n');
  for (const width of [60, 72, 100]) for (const line of of(width)) expect([...line].length).toBeLessThanOrEqual(width);
  expect(of(20)).toEqual(of(60));
  const [title, , head] = of(100);
  expect(title).toBe('fixture: 8 points');
  expect(head).toMatch(/field\.ratio +collisions\.operator +lossRate +filling$/);
  // what has no room is named, and where it is
  const narrow = of(72).join(' ').replace(/\s+/g, ' ');
  expect(narrow).toContain('and in scan.csv: lossRate, filling');
});
