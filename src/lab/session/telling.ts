/** The figures that say most of a run, by its kind. */
import type { Scenario } from '../../index.js';

/** Of a motion along a line: how it is lost, or where nothing is lost what the pitch does. */
export function lineFigures({ boundary, motion }: Scenario): string[] {
  // Motion turns the local pitch in a mirror; the one at the midplane tells of scattering alone.
  const pitch = motion.kind === 'homogeneous' ? 'distribution-local' : 'distribution-midplane';
  const loses = ['throat', 'cone'].includes(boundary.kind);
  return loses ? ['survival', 'legendre', pitch, 'mu-spread'] : ['legendre', pitch, 'mu-spread', 'mean-mu'];
}

/** Of orbits in space: what mu does, whether energy is kept, and a path. */
export const orbitFigures: readonly string[] = ['orbit-mu-spread', 'orbit-mean-mu', 'orbit-energy', 'orbit-path'];
