/** `npm run product`: every way of carrying a run out, with every scenario. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['tests/product/product.test.ts'],
    env: { EVERY_WAY: 'yes' },
  },
});
