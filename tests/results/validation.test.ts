import { describe, expect, it } from 'vitest';
import { caseTable, validationTable, validationText } from '../../src/results/validation.js';
import { type CaseResult, type Finding, falseAlarm, judge } from '../../src/validation/index.js';
import { agreement, beyond, law, within } from '../../src/validation/verdict.js';

const judged = (finding: Finding) => {
  const { score, passed } = judge(finding);
  return { ...finding, score, passed };
};
const of = (value: number, error: number) => ({ value, error, count: 1000 });

function result(findings: readonly Finding[], more: Partial<CaseResult> = {}): CaseResult {
  const all = findings.map(judged);
  return {
    id: "B2'",
    title: 'mean loss time: ln[R (1 - xi0^2)]/(2 nu)',
    source: 'derived',
    findings: all,
    passed: all.every(({ passed }) => passed),
    controls: [],
    falseAlarm: falseAlarm(findings),
    hashes: ['ab'],
    particles: 1_048_576,
    seconds: 1.25,
    provenance: { version: '0', kernelHash: '0', runtime: 'test', started: '2026-11-26T12:00:00Z' },
    figure: { xLabel: 'x', yLabel: 'y', series: [] },
    ...more,
  };
}

const sound = result([
  agreement('R = 2', '1/nu', of(0.34712, 0.0008), 0.3465736),
  law("xi', nu dt = 0.1", 0.812, 1000, {}),
  within('T(45 deg)', '1', of(0.886858, 0), 0.88685924, 1e-5),
  beyond('rise', '1', of(0.3, 0.01), 'above', 0),
]);
const broken = result([agreement('R = 5', 'nu', of(1.5, 0.001), 1.457449)]);

describe('a case as text', () => {
  it('has estimate with error and unit, reference, score and verdict on every line', () => {
    const lines = caseTable(sound).split('\n');
    expect(lines[0]).toBe("B2'  mean loss time: ln[R (1 - ξ₀²)]/(2 ν)");
    expect(lines[3]).toMatch(/^ {2}R = 2 +0\.34712 ± 0\.00080 1\/ν +0\.34657\d? 1\/ν +\+0\.68 {2}z: agrees$/);
    expect(lines[4]).toMatch(/√N D = 0\.812 +< 2\.75 +0\.81 {2}√N D: agrees$/);
    expect(lines[5]).toMatch(/0\.886858 +0\.88685924 ± 1(\.0)?e?.* -0\.12 {2}of tolerance: agrees$/);
    expect(lines[6]).toMatch(/0\.300 ± 0\.010 +> 0 +\+30\.00 {2}z, one-sided: agrees$/);
  });

  it('says what fails, in red where there are colours', () => {
    expect(caseTable(broken)).toMatch(/z: FAILS$/m);
    expect(caseTable(broken, { colour: true })).toContain('\u001b[31m');
    expect(caseTable(broken)).not.toContain('\u001b');
  });

  it('shows of each control that it fails, or that it does not', () => {
    const [finding] = broken.findings;
    const text = caseTable({
      ...sound,
      controls: [
        { what: 'nu times 1.02', finding, refuted: true },
        { what: 'nothing', finding: sound.findings[0], refuted: false },
      ],
    });
    expect(text).toMatch(/ν times 1\.02: R = 5 +\+42\.55 +fails, as it must$/m);
    expect(text).toMatch(/nothing: R = 2 +\+0\.68 +PASSES AND MUST NOT$/m);
  });
});

describe('the table at the end', () => {
  it('has a line a case, and the false alarm of all of them last', () => {
    const text = validationTable([sound, broken], { complete: true });
    expect(text).toMatch(/^ {2}B2' +4 +0\.81 √N D +1,048,576 +1\.3 {2}agrees$/m);
    expect(text).toMatch(/FAILS \(1\)/);
    expect(text).toMatch(/5 findings: 1 FAIL$/m);
    // two z and one law
    expect(text).toMatch(/false alarm: 3 random verdicts; .* probability 1\.7 × 10⁻⁶ or less\n$/);
    expect(validationTable([sound], { complete: false })).toContain('INCOMPLETE');
  });
});

describe('validate.json', () => {
  it('has everything, and no number that JSON lacks', () => {
    const nan = result([agreement('R = 5', 'nu', of(Number.NaN, Number.NaN), 1)]);
    const text = validationText([sound, nan], { version: '1', seed: '7', size: 'quick', complete: true });
    const read = JSON.parse(text);
    expect(read).toMatchObject({
      schema: 'losscone.validation/1',
      seed: '7',
      size: 'quick',
      complete: true,
      passed: false,
    });
    expect(read.falseAlarm).toBeCloseTo(sound.falseAlarm + nan.falseAlarm, 15);
    expect(read.cases[0].findings[0]).toMatchObject({ unit: '1/nu', standardError: 0.0008, test: 'z', passed: true });
    expect(read.cases[0].findings[0].score).toBeCloseTo(0.683, 3);
    expect(read.cases[0].findings[0].degreesOfFreedom).toBeUndefined();
    expect(read.cases[1].findings[0]).toMatchObject({ estimate: null, score: null, passed: false });
  });
});
