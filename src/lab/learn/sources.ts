/** Works that more than one page rests on. */
import type { Source } from './lesson.js';

export const northrop: Source = {
  who: 'T. G. Northrop',
  year: 1963,
  title: 'The Adiabatic Motion of Charged Particles',
  where: 'Interscience, New York',
};
export const caryBrizard: Source = {
  who: 'J. R. Cary and A. J. Brizard',
  year: 2009,
  title: 'Hamiltonian theory of guiding-center motion',
  where: 'Reviews of Modern Physics 81, 693',
  doi: '10.1103/RevModPhys.81.693',
};
export const kennelPetschek: Source = {
  who: 'C. F. Kennel and H. E. Petschek',
  year: 1966,
  title: 'Limit on stably trapped particle fluxes',
  where: 'Journal of Geophysical Research 71, 1',
  doi: '10.1029/JZ071i001p00001',
};
export const schulzLanzerotti: Source = {
  who: 'M. Schulz and L. J. Lanzerotti',
  year: 1974,
  title: 'Particle Diffusion in the Radiation Belts',
  where: 'Springer, Berlin',
  doi: '10.1007/978-3-642-65675-0',
};
export const post: Source = {
  who: 'R. F. Post',
  year: 1987,
  title: 'The magnetic mirror approach to fusion',
  where: 'Nuclear Fusion 27, 1579',
  doi: '10.1088/0029-5515/27/10/001',
};
