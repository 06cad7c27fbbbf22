/** D_mumu and D_xixi, and the drifts beside them, against where particles start. */
import type { ResultData } from '../results/data.js';
import type { Figure } from './figure.js';
import { startCurve } from './startCurve.js';

const theory = 'Black: the analytic operator, averaged as the estimate is.';

/** Where motion turns the local pitch, changes are those of the midplane one, folded: [0, 1] holds it. */
const pitch = (result: ResultData): { xName: string; domain: [number, number] } =>
  result.plan.reference.foldedPitch
    ? { xName: 'cosine of the starting midplane pitch angle, |ξ₀|', domain: [0, 1] }
    : { xName: 'cosine of the starting pitch angle, ξ', domain: [-1, 1] };

const moment = 'starting magnetic moment, μ₀';

export const muDiffusion: Figure = {
  name: 'mu-diffusion',
  title: 'Diffusion of the magnetic moment, Dμμ',
  describe(result) {
    const { dMuMuCurve: curve, dMuMu: mean } = result.estimates;
    return startCurve(this, result, { curve, mean, xName: moment, yName: 'Dμμ', theory });
  },
};

export const muDrift: Figure = {
  name: 'mu-drift',
  title: 'Drift of the magnetic moment, d⟨μ⟩/dt',
  describe(result) {
    const { muDriftCurve: curve, muDrift: mean } = result.estimates;
    return startCurve(this, result, { curve, mean, xName: moment, yName: 'd⟨μ⟩/dt', theory });
  },
};

export const pitchDiffusion: Figure = {
  name: 'pitch-diffusion',
  title: 'Diffusion of the pitch, Dξξ',
  describe(result) {
    const { dXiXiCurve: curve, dXiXi: mean } = result.estimates;
    return startCurve(this, result, { curve, mean, yName: 'Dξξ', theory, ...pitch(result) });
  },
};
