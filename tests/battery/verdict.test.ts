import { describe, expect, it } from 'vitest';
import { type Outcome, readDieharder, readPractrand } from './programs.js';
import { judge } from './verdict.js';

const PRACTRAND = `length= 16 mebibytes (2^24 bytes), time= 2.4 seconds
  Test Name                         Raw       Processed     Evaluation
  BCFN(2+0,13-5,T)                  R=  -1.9  p = 0.783     normal           
  BRank(12):128(4)                  R=  -0.8  p~= 0.670     normal           
  [Low8/32]BCFN(2+4,13-7,T)         R=  -4.5  p =1-6.6e-3   normal           
  Gap-16:A                          R= +9999  p =  1.2e-2345   FAIL !!!!!!!!   
`;
const DIEHARDER = `   diehard_birthdays|   0|       100|     100|0.94529360|  PASSED  
        diehard_runs|   0|    100000|     100|0.60769963|  PASSED  
        diehard_runs|   0|    100000|     100|0.00000000|  FAILED  
`;
const even = (tests: number): Outcome[] =>
  Array.from({ length: tests }, (_, i) => {
    const p = (i + 0.5) / tests;
    return { test: `${i}`, p, tail: 2 * Math.min(p, 1 - p) };
  });

describe('p-values', () => {
  it('of PractRand, also where it writes the distance to 1', () => {
    expect(readPractrand(PRACTRAND)).toEqual([
      { test: 'BCFN(2+0,13-5,T)', p: 0.783, tail: 2 * (1 - 0.783) },
      { test: 'BRank(12):128(4)', p: 0.67, tail: 2 * (1 - 0.67) },
      { test: '[Low8/32]BCFN(2+4,13-7,T)', p: 1 - 6.6e-3, tail: 2 * 6.6e-3 },
      { test: 'Gap-16:A', p: 0, tail: 0 },
    ]);
  });

  it('of dieharder', () => {
    expect(readDieharder(DIEHARDER).map(({ test, p }) => [test, p])).toEqual([
      ['diehard_birthdays 0', 0.9452936],
      ['diehard_runs 0', 0.60769963],
      ['diehard_runs 0', 0],
    ]);
    expect(readDieharder('Error: no such test')).toEqual([]);
  });

  it('that are spread evenly pass; one that is too near to an end fails', () => {
    expect(judge(even(1000)).failed).toBe(false);
    expect(judge(even(10_000)).weak).toHaveLength(50);
    const bad = { test: 'bad', p: 1 - 4e-8, tail: 8e-8 };
    expect(judge([...even(1000), bad]).failed).toBe(true);
    expect(judge([...even(1000), bad]).worst).toBe(bad);
    expect(judge([...even(1000), { ...bad, tail: 2e-7 }]).failed).toBe(false);
    expect(judge([...even(10), { ...bad, tail: 2e-7 }], 11).failed).toBe(true);
    expect(judge([{ test: 'nothing', p: Number.NaN, tail: Number.NaN }]).failed).toBe(true);
  });
});
