/** Figures of a run that may still be going on, drawn here so that the page need not. */

import type { ReadableFigure } from '../../figures/index.js';
import type { PartialOrbitResult, PartialResult } from '../../index.js';
import type { AnyResult } from '../../results/index.js';
import type { FigureItem, Overlay } from '../messages.js';

const library = () => import('../../figures/index.js');

/** Tables of the results that hold a figure's numbers, where they are not called as it is. */
const tables: Readonly<Record<string, readonly string[]>> = {
  'cone-edge': ['coneEdge'],
  'loss-times': ['lossTimesBySide'],
  'loss-probability': ['lossProbabilityCurve', 'lossProbabilityLeftCurve', 'lossProbabilityRightCurve'],
  temperatures: ['parallelTemperature', 'perpendicularTemperature'],
  'mean-mu': ['meanMuCurve'],
  'mu-spread': ['muSpread'],
  'mu-diffusion': ['dMuMuCurve'],
  'mu-drift': ['muDriftCurve'],
  'pitch-diffusion': ['dXiXiCurve'],
  'steady-pitch': ['steadyPitch'],
  'steady-map': ['steadyState-place'],
  'orbit-mu-spread': ['muSpread', 'rawMuSpread'],
  'orbit-mean-mu': ['meanMu', 'rawMeanMu'],
  'orbit-mu-ratio': ['muRatio', 'lostMuRatio'],
  'orbit-kick-phase': ['kickByPhase'],
  'orbit-resonance': ['kickByPitch', 'kickSpreadByPitch'],
  'orbit-energy': ['meanEnergy'],
  'orbit-epsilon': ['epsilon'],
  'orbit-path': ['trajectories'],
  'orbit-poloidal': ['trajectories'],
  'orbit-mu-path': ['trajectories'],
  'orbit-phase-portrait': ['trajectories'],
};

/** The tables of a figure. */
export const tablesOf = (figure: string): readonly string[] => tables[figure] ?? [figure];

/** What figures read of a run that is not finished yet. */
export function drawable(part: PartialResult | PartialOrbitResult): AnyResult {
  if ('hash' in part) return part as unknown as AnyResult;
  const { scenario, plan, tallies, particles, steps, seconds } = part;
  return {
    scenario,
    plan,
    tallies,
    particles,
    steps,
    seconds,
    get estimates() {
      return part.estimates;
    },
    get distributions() {
      return (part as PartialResult).distributions;
    },
    get trajectories() {
      return (part as PartialOrbitResult).trajectories;
    },
    // Figures call a run interrupted by this; one that goes on is not.
    complete: true,
    hash: '',
    workers: 0,
    provenance: { version: '', runtime: '' },
    warnings: [],
  } as unknown as AnyResult;
}

/** The figures that a run has something for, with the results' tables of the same numbers. */
export async function figureList(result: AnyResult): Promise<FigureItem[]> {
  const { figures, orbitFigures } = await library();
  const all = ('orbits' in result.plan ? orbitFigures : figures) as typeof figures;
  return all
    .filter((figure) => figure.applies?.(result as never) !== false)
    .map(({ name, title }) => ({ name, title, tables: tablesOf(name) }));
}

/** One figure as SVG text, with what it says at its points. */
export async function drawOne(result: AnyResult, name: string, width: number): Promise<ReadableFigure | undefined> {
  const { figures, orbitFigures, renderReadable, serverDocument } = await library();
  const all = ('orbits' in result.plan ? orbitFigures : figures) as typeof figures;
  const figure = all.find((one) => one.name === name);
  return figure && renderReadable(figure.describe(result as never), { document: await serverDocument(), width });
}

/** Curves of several runs in one figure. */
export async function drawOverlay(overlay: Overlay, width: number): Promise<ReadableFigure> {
  const { overlayDrawing, renderReadable, serverDocument } = await library();
  return renderReadable(overlayDrawing(overlay), { document: await serverDocument(), width });
}
