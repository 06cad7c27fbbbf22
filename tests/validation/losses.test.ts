import { testFamily } from './family.js';

testFamily('losses');
