import { buildField, type FieldSpec, type LineField } from '../fields/index.js';
import type { AnalysisPlan, AnalysisScenario } from './types.js';

const built = new WeakMap<AnalysisPlan, LineField | null>();

/** The field that a plan was made with, built once; null where the scenario does not hold it. */
export function fieldOf(scenario: AnalysisScenario, plan: AnalysisPlan): LineField | null {
  let field = built.get(plan);
  if (field === undefined) {
    const candidate = buildField(scenario.field as FieldSpec);
    const { Bmin, length } = plan.reference;
    const same = Math.abs(candidate.Bmin / Bmin - 1) < 1e-9 && Math.abs(candidate.length / length - 1) < 1e-9;
    field = same ? candidate : null;
    built.set(plan, field);
  }
  return field;
}

/** Whether both sides of the midplane are alike. */
export function isEven({ sLeft, sRight, sMid, strength }: LineField): boolean {
  const reach = sRight - sMid;
  if (Math.abs(sMid - sLeft - reach) > 1e-13 * reach) return false;
  return [0.1, 0.3, 0.57, 0.8, 0.97].every((x) => {
    const B = strength(sMid + x * reach);
    return Math.abs(strength(sMid - x * reach) - B) < 1e-13 * B;
  });
}
