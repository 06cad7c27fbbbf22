/** The registry of presets. A new one is one file in presets/ and one line here. */
import { ambipolar } from './presets/ambipolar.js';
import { banana } from './presets/banana.js';
import { beam } from './presets/beam.js';
import { betatron } from './presets/betatron.js';
import { bottleOrbits } from './presets/bottleOrbits.js';
import { currentSheet } from './presets/currentSheet.js';
import { dipoleElectrons } from './presets/dipoleElectrons.js';
import { dipoleOrbits } from './presets/dipoleOrbits.js';
import { fillingMedium } from './presets/fillingMedium.js';
import { fillingStrong } from './presets/fillingStrong.js';
import { fillingWeak } from './presets/fillingWeak.js';
import { maxwellian } from './presets/maxwellian.js';
import { mirror } from './presets/mirror.js';
import { multiMirror } from './presets/multiMirror.js';
import type { Preset } from './presets/preset.js';
import { rareLosses } from './presets/rareLosses.js';
import { squareWell } from './presets/squareWell.js';
import { steadyMirror } from './presets/steadyMirror.js';
import { turbulentHeating } from './presets/turbulentHeating.js';
import { whistlerResonance } from './presets/whistlerResonance.js';

export type { Preset } from './presets/preset.js';

/** The scenarios of motions along a line that come with the package; the first is the default. */
export const presets: readonly Preset[] = [
  mirror,
  beam,
  fillingWeak,
  fillingMedium,
  fillingStrong,
  dipoleElectrons,
  ambipolar,
  maxwellian,
  squareWell,
  multiMirror,
  steadyMirror,
  rareLosses,
];

/** Those of orbits in space. */
export const orbitPresets: readonly Preset[] = [
  bottleOrbits,
  dipoleOrbits,
  banana,
  betatron,
  currentSheet,
  turbulentHeating,
  whistlerResonance,
];

/**
 * A preset of a motion along a line by its name, or null where there is none.
 * @example
 * findPreset('beam').title // => "Isotropisation of a beam"
 * findPreset('beem') // => null
 */
export function findPreset(name: string): Preset | null {
  return presets.find((preset) => preset.name === name) ?? null;
}
