import { testFamily } from './family.js';

testFamily('orbits');
