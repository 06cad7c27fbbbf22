import { testFamily } from './family.js';

testFamily('scattering');
