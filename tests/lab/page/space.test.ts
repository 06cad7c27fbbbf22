import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { orbitPresets } from '../../../src/index.js';
import { begin, end, faultsOfAccess, open, phase, press, write } from './open.js';

const small = orbitPresets.find(({ name }) => name === 'bottle-orbits')!.yaml.replace(/count: *[\de]+/, 'count: 24');

/** The picture once it stands: it is painted 15 times a second at most, of some 60 frames. */
const picture = (page: Page) =>
  page.evaluate(async () => {
    for (let i = 0; i < 12; i++) await new Promise(requestAnimationFrame);
    return document.querySelector<HTMLCanvasElement>('.space canvas')!.toDataURL();
  });

beforeAll(begin);
afterAll(end);

/** Orbits in space that are held, so that nothing but the reader changes the picture. */
async function held() {
  const { page, wrong } = await open({ reducedMotion: 'reduce' });
  await write(page, small);
  await press(page, 'Run');
  const canvas = page.locator('.space canvas');
  await canvas.waitFor({ timeout: 60_000 });
  await phase(page, 'done');
  await canvas.scrollIntoViewIfNeeded();
  return { page, wrong, canvas };
}

it('shows orbits in space, which keys turn and read', async () => {
  const { page, wrong, canvas } = await held();
  await canvas.focus();
  const before = await picture(page);
  expect(await picture(page)).toBe(before);
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => picture(page)).not.toBe(before);
  await page.keyboard.press('0');
  await expect.poll(() => picture(page)).toBe(before);
  await page.keyboard.press('Enter');
  await expect.poll(() => page.textContent('.space .read')).toMatch(/^Particle \d+: x = .*m, .*pitch \d+°.*μ\/μ₀ = /);
  expect(await page.textContent('.space')).toContain('For the eye: no number comes from it.');
  expect(await faultsOfAccess(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await faultsOfAccess(page)).toEqual([]);
  expect(wrong).toEqual([]);
  await page.close();
});

it('is turned by dragging, and zoomed by the wheel after a click and by two fingers', async () => {
  const { page, wrong, canvas } = await held();
  const box = (await canvas.boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const scrolled = () => page.evaluate(() => scrollY);
  const start = await scrolled();
  // Before a click the wheel is the page's, and the picture stays as it is.
  await page.mouse.move(x, y);
  const first = await picture(page);
  await page.mouse.wheel(0, -100);
  await expect.poll(scrolled).not.toBe(start);
  expect(await picture(page)).toBe(first);
  await canvas.scrollIntoViewIfNeeded();
  await page.evaluate((top) => scrollTo(0, top), start);
  await page.mouse.down();
  await page.mouse.up();
  const clicked = await picture(page);
  await page.mouse.down();
  await page.mouse.move(x + 60, y + 20, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => picture(page)).not.toBe(clicked);
  const dragged = await picture(page);
  await page.mouse.wheel(0, -200);
  await expect.poll(() => picture(page)).not.toBe(dragged);
  expect(await scrolled()).toBe(start);
  const near = await picture(page);
  const protocol = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...at: number[]) =>
    protocol.send('Input.dispatchTouchEvent', { type, touchPoints: at.map((dx, id) => ({ x: x + dx, y, id })) });
  await touch('touchStart', -20, 20);
  await touch('touchMove', -60, 60);
  await touch('touchEnd');
  await expect.poll(() => picture(page)).not.toBe(near);
  await canvas.focus();
  await page.keyboard.press('0');
  await page.mouse.move(0, 0);
  expect(wrong).toEqual([]);
  await page.close();
});
