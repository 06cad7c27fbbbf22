/**
 * The reference cases of src/validation at the size that makes a fault of 2 % stand out by 8 standard errors: every finding passes, every
 * negative control fails. The same cases, with more particles, are `losscone validate`. Fixed seeds, never retried.
 */
import { describe, expect, it } from 'vitest';
import {
  asControl,
  cases,
  type Family,
  type Finding,
  judge,
  KOLMOGOROV_LIMIT,
  Laboratory,
} from '../../src/validation/index.js';
import { lawTail } from '../../src/validation/verdict.js';
import { controlled, count, FAULT, limitOf, powered, RARE } from '../random.js';
import { inThisThread } from './runners.js';

/** The seed of the tests. */
const SEED = 1n;
/** Several times what the longest case takes on a crowded machine. */
const PATIENCE = 400_000;

/** A finding in words, for the message of a test that fails; `LOSSCONE_VERDICTS=1` prints them all. */
function line(finding: Finding): string {
  const { label, estimate, standardError, reference, unit, test, particles } = finding;
  const { score } = judge(finding);
  return `${label} | N ${particles} | ${estimate} +- ${standardError} | ${reference} ${unit} | ${test} ${score.toFixed(2)}`;
}

/** Score and limit: the product's verdict, but of errors from a few groups as rare as the others. */
function verdict(finding: Finding): { score: number; limit: number; passed: boolean } {
  const judged = judge(finding);
  if (finding.test !== 'z') return judged;
  const limit = limitOf(1, finding.degreesOfFreedom);
  return { score: judged.score, limit, passed: Math.abs(judged.score) < limit };
}

/** How often chance alone fails one of them. */
const alarm = (findings: readonly Finding[]) =>
  findings.reduce((sum, { test }) => {
    if (test === 'kolmogorov') return sum + lawTail(KOLMOGOROV_LIMIT);
    return test === 'z' ? sum + RARE : sum;
  }, 0);

/** Those that fail, in words. */
export const failures = (findings: readonly Finding[]) =>
  findings.filter((finding) => !verdict(finding).passed).map(line);

/**
 * What a finding sees: of its number, or of 1 where that is 0 and a share or a mean of Legendre's; of a law by the controls that are it at
 * another rate, in proportion. What a quoted reference leaves open comes on top.
 */
function wouldSee({ test, unit, reference, standardError, tolerance, degreesOfFreedom, controls }: Finding): void {
  if (test === 'kolmogorov')
    for (const { what, estimate = Number.NaN } of controls) {
      const fault = Math.abs(Number(/ times ([\d.]+)$/.exec(what)?.[1]) - 1);
      powered((2 * estimate * FAULT) / fault, 2 * KOLMOGOROV_LIMIT);
    }
  if (test !== 'z') return;
  const scale = reference === 0 && unit === '1' ? 1 : Math.abs(reference);
  powered((FAULT * scale) / standardError, limitOf(1, degreesOfFreedom), degreesOfFreedom, tolerance / standardError);
}

/** How many standard errors a wrong reference is away from the right one, where both are numbers with an error. */
const distance = ({ test, reference, standardError }: Finding, wrong: number) =>
  test === 'z' ? Math.abs(wrong - reference) / standardError : Number.POSITIVE_INFINITY;

/** Tests of a family's cases; how each ended is left to the file's other tests. */
export function testFamily(family: Family): void {
  for (const { id, title, measure, faults } of cases.filter((one) => one.family === family))
    describe(`${id}: ${title}`, () => {
      it(
        'agrees, and wrong references do not',
        async () => {
          const { findings } = await measure(new Laboratory(inThisThread, 'sharp', SEED));
          if (process.env.LOSSCONE_VERDICTS) for (const finding of findings) console.log(`${id} ${line(finding)}`);
          expect(findings.length).toBeGreaterThan(0);
          const random = findings.filter(({ test }) => test === 'z' || test === 'kolmogorov');
          if (random.length > 0) count(alarm(random), random.length);
          findings.forEach(wouldSee);
          expect(failures(findings)).toEqual([]);
          for (const finding of findings)
            for (const control of finding.controls) {
              const wrong = asControl(finding, control);
              expect(verdict(wrong).passed, `must be refuted: ${control.what}: ${line(wrong)}`).toBe(false);
              controlled(Math.abs(verdict(wrong).score / verdict(wrong).limit));
              if (control.reference !== undefined)
                expect(distance(finding, control.reference), `${control.what}: ${line(finding)}`).toBeGreaterThan(8);
            }
        },
        PATIENCE,
      );

      it.each(faults.map((fault) => [fault.what, fault] as const))(
        'refutes %s',
        async (_, fault) => {
          const findings = await fault.measure(new Laboratory(inThisThread, 'sharp', SEED));
          if (process.env.LOSSCONE_VERDICTS)
            for (const finding of findings) console.log(`${id} wrong: ${line(finding)}`);
          expect(failures(findings)).not.toEqual([]);
        },
        PATIENCE,
      );
    });
}
