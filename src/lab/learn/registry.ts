/** The pages in their order. A new page is a file and a line here. */
import type { Lesson } from './lesson.js';
import { filling } from './pages/filling.js';
import { lossCone } from './pages/lossCone.js';
import { mirror } from './pages/mirror.js';
import { mu } from './pages/mu.js';
import { resonance } from './pages/resonance.js';
import { sheet } from './pages/sheet.js';

export const lessons: readonly Lesson[] = [mu, mirror, lossCone, filling, resonance, sheet];
