import { describe, expect, it } from 'vitest';
import { measured } from '../../src/results/format.js';
import { resultTable } from '../../src/results/table.js';
import { closedRun, mirrorRun, smallRun } from './fixture.js';

const lines = (text: string) => text.split('\n');
const row = (text: string, name: string) => lines(text).find((line) => line.startsWith(`  ${name}`)) ?? '';

describe('resultTable', () => {
  it('gives each quantity on one line with its standard error and unit', () => {
    const text = resultTable(mirrorRun());
    for (const name of [
      'loss rate',
      'confinement time',
      'trapped fraction',
      '⟨μ⟩ at the start',
      'D_μμ',
      'lost left',
      'lost right',
    ])
      expect(row(text, name), name).toMatch(/\d ± \d/);
    expect(row(text, 'confinement time')).toMatch(/\d\.\d+ ± 0\.\d+ µs/);
    expect(row(text, 'loss rate')).toMatch(/\(1\.\d+ ± 0\.\d+\) × 10⁵ 1\/s/);
    expect(row(text, 'isotropisation rate')).toContain('not determined');
  });

  it('shows exact theory and z where theory is exact, and only there', () => {
    const run = closedRun();
    const text = resultTable(run);
    const { value, standardError, reference } = run.estimates.isotropisationRate;
    const z = ((value - reference!) / standardError).toFixed(1);
    expect(row(text, 'isotropisation rate')).toContain('4.1523 × 10⁵ 1/s');
    expect(row(text, 'isotropisation rate')).toMatch(new RegExp(`[+-]${z.replace(/[+-]/, '')}`));
    expect(row(text, 'confined')).not.toContain('±');
    expect(row(resultTable(mirrorRun()), '⟨μ⟩ at the start').trimEnd()).toMatch(/J\/T( +\[\d\])?$/);
    // Where there is no room for columns it stands in the notes.
    const narrow = resultTable(run, { width: 72 });
    expect(narrow.replace(/\n +/g, ' ')).toMatch(
      new RegExp(`exact theory 4\\.1523 × 10⁵ 1/s, z = [+-]${z.replace(/[+-]/, '')}`),
    );
    expect(row(narrow, 'isotropisation rate')).toMatch(/1\/s +\[\d\]$/);
  });

  it('puts asides and notes below, once each, with their numbers', () => {
    const text = resultTable(mirrorRun());
    const mark = /\[(\d)\]$/.exec(row(text, 'loss rate'))![1];
    const note = lines(text).find((line) => line.startsWith(`  [${mark}] `))!;
    expect(note).toContain('slowest mode');
    expect(note).toMatch(/fitted from .* to .*, \d+ points/);
    const heads = lines(text).filter((line) => /^ {2}\[\d\] /.test(line));
    expect(new Set(heads.map((line) => line.slice(6))).size).toBe(heads.length);
  });

  it('says whether the slowest mode was reached, and how good a fit is', () => {
    const text = resultTable(mirrorRun());
    expect(text.replace(/\s+/g, ' ')).toMatch(/slowest mode since .* s: .* rates are taken from/);
    expect(text.replace(/\s+/g, ' ')).toMatch(/chi²\/dof [\d.]+ \(p = 0\.\d{3}\)/);
    expect(text).toContain('median loss time');
  });

  it('calls a mean rate no fit', () => {
    const run = mirrorRun();
    const label = 'loss rate (mean of those left, last third of the run)';
    const lossRate = { ...run.estimates.lossRate, label };
    const said = (one: typeof lossRate) => {
      const text = resultTable({ ...run, estimates: { ...run.estimates, lossRate: one } });
      const mark = /\[(\d)\]$/.exec(row(text, 'loss rate'))![1];
      return text
        .replace(/\s+/g, ' ')
        .split(` [${mark}] `)
        .at(-1)!
        .split(/ \[\d\] /)[0];
    };
    expect(said(lossRate)).toMatch(/mean of those left.*; as one rate from .* to .*, \d+ points/);
    expect(said(lossRate)).not.toContain('fitted');
    expect(said(run.estimates.lossRate)).toContain('fitted from');
  });

  it('does not judge a fit that its points determine, and draws rules as wide as the rows', () => {
    const run = mirrorRun();
    const fit = { from: 1e-6, to: 2e-6, points: 2, worst: 1.7e-13 };
    const plain = Object.fromEntries(
      Object.entries(run.estimates).map(([name, estimate]) => [name, { ...estimate, reference: undefined }]),
    );
    const fates = run.estimates.fates;
    const estimates = {
      ...run.estimates,
      ...plain,
      fates,
      lossTimeQuartiles: run.estimates.lossTimeQuartiles.map((one) => ({ ...one, reference: undefined })),
      lossRate: { ...run.estimates.lossRate, reference: undefined, fit },
    };
    const text = resultTable({ ...run, estimates });
    expect(text).toContain('fitted from 1 µs to 2 µs, 2 points');
    expect(text).not.toContain('1.7e-13');
    const single = { ...run.estimates.lossRate, fit: { ...fit, from: 2e-6, points: 1 } };
    expect(resultTable({ ...run, estimates: { ...estimates, lossRate: single } })).toContain(
      'fitted from the start to 2 µs, 1 point',
    );
    expect(text).not.toContain('exact theory');
    const rules = lines(text).filter((line) => line.includes('──'));
    const longest = Math.max(
      ...lines(text)
        .filter((line) => / ± /.test(line))
        .map((line) => line.replace(/ +\[\d\]$/, '').trimEnd().length),
    );
    expect(rules.map((line) => line.length)).toEqual(rules.map(() => longest));
  });

  it('aligns its columns and stays within 100 of them, or fewer where asked', () => {
    const warning = 'a warning that goes on and on '.repeat(12).trim();
    for (const run of [mirrorRun(), closedRun(), smallRun()])
      for (const unicode of [true, false])
        for (const width of [72, 100]) {
          const text = resultTable({ ...run, warnings: [warning] }, { unicode, width });
          for (const line of lines(text)) expect([...line].length, line).toBeLessThanOrEqual(width);
          const head = lines(text).find((line) => line.startsWith('  quantity'))!;
          const end = head.indexOf('value') + 'value'.length;
          const rows = lines(text).filter(
            (line) => / (±|\+\/-) .*(\S) /.test(`${line} `) && !/^ {2}\[|warning/.test(line),
          );
          expect(rows.length).toBeGreaterThan(2);
          for (const line of rows) {
            expect([...line][end - 1], line).toMatch(/\S/);
            expect(
              [...line]
                .slice(end, end + 2)
                .join('')
                .trim(),
              line,
            ).toBe('');
          }
        }
  });

  it('fits a terminal of 60 columns: long names begin on lines of their own, only the hash is longer', () => {
    const warnings = ['a warning that goes on and on '.repeat(12).trim()];
    const longName = {
      value: 3.21e-30,
      standardError: 2.8e-32,
      unit: 'J^2/T^2/s',
      label: `D_mumu of ${'a name '.repeat(8)}`,
    };
    for (const run of [mirrorRun(), closedRun(), smallRun()])
      for (const unicode of [true, false]) {
        const estimates = { ...run.estimates, dMuMu: longName };
        const all = { ...run, estimates, warnings, complete: false, particles: { done: 1e9 - 1, total: 1e9 } };
        const of = (width: number) => lines(resultTable(all, { unicode, width }));
        for (const line of of(60))
          if (!line.startsWith('  hash ')) expect([...line].length, line).toBeLessThanOrEqual(60);
        const text = of(60).join('\n');
        for (const { value, standardError, unit } of [longName, run.estimates.trappedFraction])
          expect(text).toContain(`  ${measured(value, standardError, unit, unicode)}`);
        expect(text.replace(/\s+/g, ' ')).toMatch(
          /^\S+: [\d,]+ protons, .*, seed 1 INCOMPLETE: .* numbers below are of those /,
        );
        expect(of(60).findIndex((line) => /^ {4}(?:a|name)(?: (?:a|name))*$/.test(line))).toBeGreaterThan(0);
        // narrower than that it does not become
        expect(of(20)).toEqual(of(60));
      }
  });

  it('is pure ASCII and free of escapes where asked', () => {
    const warnings = ['ν dt = 0.4 ± 0.1, cut at 5 µs'];
    const text = resultTable({ ...mirrorRun(), warnings }, { unicode: false });
    expect(text).toMatch(/^[\x20-\x7e\n]*$/);
    expect(text).toContain('warning: nu dt = 0.4 +/- 0.1, cut at 5 us');
    expect(resultTable(mirrorRun())).not.toContain('\u001b');
  });

  it('adds colour without changing a character', () => {
    const run = closedRun();
    const coloured = resultTable(run, { colour: true });
    expect(coloured).toContain('\u001b[');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: takes the colours off again
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(resultTable(run));
  });

  it('marks what theory contradicts, and says that a run was interrupted', () => {
    const run = closedRun();
    const rate = run.estimates.isotropisationRate;
    const wrong = { ...rate, value: rate.reference! + 7 * rate.standardError };
    const text = resultTable({ ...run, estimates: { ...run.estimates, isotropisationRate: wrong } }, { colour: true });
    expect(lines(text).find((line) => line.includes('isotropisation rate'))).toContain('\u001b[31m');
    expect(
      row(resultTable({ ...run, estimates: { ...run.estimates, isotropisationRate: wrong } }), 'isotropisation'),
    ).toContain('+7.0');
    const part = resultTable({ ...run, complete: false, particles: { done: 1024, total: 16384 } });
    expect(part).toContain('INCOMPLETE: 1,024 of 16,384 particles');
    expect(resultTable(run)).not.toContain('INCOMPLETE');
  });

  it('ends with what makes the run repeatable', () => {
    const text = resultTable(mirrorRun());
    expect(text).toContain(`hash ${mirrorRun().hash}\n`);
    expect(text).toContain('seed 1');
    expect(text).toContain('losscone 0.1.0, Node');
  });
});
