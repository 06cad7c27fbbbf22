/** The registry of scan presets. A new one is one file in presets/ and one line here. */
import { currentSheetScan } from './presets/currentSheet.js';
import { lossRate } from './presets/lossRate.js';
import type { ScanPreset } from './presets/preset.js';

export type { ScanPreset } from './presets/preset.js';

/** The scans that come with the package. */
export const scanPresets: readonly ScanPreset[] = [lossRate, currentSheetScan];

/**
 * A scan preset by its name, or null where there is none.
 * @example
 * findScanPreset('loss-rate').axes // => { 'collisions.strength': '1e-4..1e3:log:22' }
 * findScanPreset('loss-rat') // => null
 */
export function findScanPreset(name: string): ScanPreset | null {
  return scanPresets.find((preset) => preset.name === name) ?? null;
}
