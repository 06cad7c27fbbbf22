/** The figures that say most of a run, by its kind. */
import type { OrbitScenario, Scenario } from '../../index.js';

/** Of a motion along a line: how it is lost, or where nothing is lost what the pitch does. */
export function lineFigures({ boundary, motion }: Scenario): string[] {
  // Motion turns the local pitch in a mirror; the one at the midplane tells of scattering alone.
  const pitch = motion.kind === 'homogeneous' ? 'distribution-local' : 'distribution-midplane';
  const loses = ['throat', 'cone'].includes(boundary.kind);
  return loses ? ['survival', 'legendre', pitch, 'mu-spread'] : ['legendre', pitch, 'mu-spread', 'mean-mu'];
}

const tori: ReadonlySet<string> = new Set(['tokamak', 'eqdsk']);

/** Of orbits in space: what breaks mu where the field has it, what mu does, whether energy is kept, and a path. */
export function orbitFigures({ field, outputs }: OrbitScenario): string[] {
  const mu = ['orbit-mu-spread', 'orbit-mean-mu'];
  if (field.kind === 'wave') return ['orbit-resonance', ...mu, 'orbit-energy'];
  const last =
    outputs.trajectories === undefined ? 'orbit-epsilon' : tori.has(field.kind) ? 'orbit-poloidal' : 'orbit-path';
  return [...mu, field.kind === 'currentSheet' ? 'orbit-kick-phase' : 'orbit-energy', last];
}
