import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runInNode } from '../../browser/commands.js';
import { begin, end, faultsOfAccess, hash, open, phase, press, small, write } from './open.js';

beforeAll(begin);
afterAll(end);

/** Some seconds of work. */
const middling = small.replace('small', 'middling').replace('20000', '1000000');

/** Files as they come from another window: an event with their data, at the middle of the page. */
const drop = (page: Page, ...files: readonly { name: string; text: string }[]) =>
  page.evaluate((all) => {
    const dataTransfer = new DataTransfer();
    for (const { name, text } of all) dataTransfer.items.add(new File([text], name));
    const target = document.elementFromPoint(innerWidth / 2, innerHeight / 2)!;
    const taken = (type: string) =>
      !target.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    // Whoever refuses either of them has the browser leave the page for the file.
    return [taken('dragover'), taken('drop')];
  }, files);

/** Presses Pause as soon as the run comes on: from within, since a driver may be held up until the run is over. */
const pauseOnTheWay = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const done = () => document.querySelector('progress')?.value ?? 0;
        const before = done();
        const timer = setInterval(() => {
          const pause = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Pause');
          if (done() <= before || !pause || pause.disabled) return;
          clearInterval(timer);
          pause.click();
          resolve();
        }, 5);
      }),
  );

/** How often canvases are painted in thirty frames. */
const painted = (page: Page) =>
  page.evaluate(async () => {
    let count = 0;
    const before = { ...Object.getOwnPropertyDescriptors(CanvasRenderingContext2D.prototype) };
    for (const name of ['clearRect', 'fillRect', 'putImageData', 'drawImage'] as const) {
      const plain = before[name].value as (...all: unknown[]) => unknown;
      Object.defineProperty(CanvasRenderingContext2D.prototype, name, {
        ...before[name],
        value(...all: unknown[]) {
          count++;
          return plain.apply(this, all);
        },
      });
    }
    for (let frame = 0; frame < 30; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
    Object.defineProperties(CanvasRenderingContext2D.prototype, before);
    return count;
  });

describe('the lab, however it is treated', () => {
  it('keeps the bits when the number of workers changes on the way', async () => {
    const { page, wrong } = await open();
    const done = () => page.getAttribute('progress', 'value').then(Number);
    await write(page, middling);
    await press(page, 'Run');
    for (const workers of ['2', '1']) {
      await pauseOnTheWay(page);
      await phase(page, 'paused');
      await page.fill('.workers input', workers);
      await expect.poll(() => page.inputValue('.workers input')).toBe(workers);
      expect(await done()).toBeLessThan(1_000_000); // it was on the way
      await press(page, 'Resume');
    }
    await phase(page, 'done');
    expect(await hash(page)).toBe((await runInNode(undefined, middling)).hash);
    expect(wrong).toEqual([]);
    await page.close();
  });

  it('moves nothing by itself where motion is to be reduced', async () => {
    const { page } = await open({ reducedMotion: 'reduce' });
    await write(page, small);
    await press(page, 'Run');
    await phase(page, 'done');
    await page.waitForSelector('.figure img[data-figure=survival]');
    const button = page.locator('.mirror button');
    await button.scrollIntoViewIfNeeded();
    expect(await button.textContent()).toBe('Play');
    await painted(page); // what came with the end of the run is on the screen
    const moment = await page.textContent('.mirror output');
    expect(await painted(page)).toBe(0);
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
    expect(await page.textContent('.mirror output')).toBe(moment);
    await button.click();
    expect(await button.textContent()).toBe('Hold');
    expect(await painted(page)).toBeGreaterThan(0); // control: what moves is noticed
    await page.close();
  });

  it('says in words that the browser lacks SIMD, or WebAssembly at all', async () => {
    const ready = 'main.lack [role=alert]';
    const simd = await open({
      ready,
      before: () => {
        WebAssembly.validate = () => false;
      },
    });
    expect(await simd.page.textContent(ready)).toContain('no WebAssembly SIMD');
    expect(await faultsOfAccess(simd.page)).toEqual([]);
    expect(simd.wrong).toEqual([]);
    const none = await open({
      ready,
      before: () => {
        Reflect.deleteProperty(globalThis, 'WebAssembly');
      },
    });
    expect(await none.page.textContent(ready)).toContain('WebAssembly is switched off or missing');
    expect(none.wrong).toEqual([]);
    await Promise.all([simd.page.close(), none.page.close()]);
  });

  it('takes a scenario and a table of a field that are dropped on it', async () => {
    const { page, wrong } = await open();
    const tabled = `${small}field: { kind: table, file: field.csv }\n`;
    expect(await drop(page, { name: 'mine.yaml', text: tabled })).toEqual([true, true]);
    await page.waitForFunction((text) => document.querySelector<HTMLTextAreaElement>('#yaml')!.value === text, tabled);
    await page.waitForSelector('#faults li'); // the table is not there yet
    expect(await page.inputValue('#preset')).toBe('');
    await drop(page, { name: 'field.csv', text: 's [m],B [T]\n-1,2\n0,1\n1,2\n' });
    await page.waitForFunction(() => document.querySelectorAll('#faults li').length === 0);
    expect(await page.textContent('.yaml .help')).toContain('field.csv');
    // The form has it among its choices, and says so.
    expect(await page.inputValue('[data-path="field.file"]')).toBe('field.csv');
    await page.selectOption('[data-path=field]', 'parabolic');
    await page.waitForSelector('[data-path="field.ratio"]');
    await page.selectOption('[data-path=field]', 'table');
    await page.waitForSelector('[data-path="field.file"]');
    expect(await page.inputValue('#yaml')).toContain('file: field.csv');
    await press(page, 'Run');
    await phase(page, 'done');
    expect(await hash(page)).toMatch(/^[0-9a-f]{64}$/);
    expect(wrong).toEqual([]);
    await page.close();
  });

  it('takes a table that is pasted where a file is needed, and goes to orbits in space and back', async () => {
    const { page, wrong } = await open();
    await write(page, `${small}field: { kind: table, file: field.csv }\n`);
    await page.waitForSelector('#faults li');
    await page.fill('textarea.paste', 's [m],B [T]\n-1,2\n0,1\n1,2\n');
    await page.waitForFunction(() => document.querySelectorAll('#faults li').length === 0);
    expect(await faultsOfAccess(page)).toEqual([]);
    await press(page, 'Run');
    await phase(page, 'done');
    await page.selectOption('#motions', 'space');
    await page.waitForFunction(() => /fullOrbit/.test(document.querySelector<HTMLTextAreaElement>('#yaml')!.value));
    await page.waitForFunction(() => document.querySelectorAll('#faults li').length === 0);
    expect(await page.inputValue('#yaml')).toContain('count: 20000');
    await page.selectOption('#motions', 'line');
    await page.waitForFunction(() => !/fullOrbit/.test(document.querySelector<HTMLTextAreaElement>('#yaml')!.value));
    await page.waitForFunction(() => document.querySelectorAll('#faults li').length === 0);
    expect(await page.inputValue('#yaml')).toContain('count: 20000');
    expect(wrong).toEqual([]);
    await page.close();
  });

  it('reads a figure by pointer and by keys, and says what the keys found', async () => {
    const { page, wrong } = await open();
    await write(page, small);
    await press(page, 'Run');
    await phase(page, 'done');
    const frame = page.locator('.chart-frame:has([data-figure=survival])[tabindex="0"]');
    const tip = page.locator('.chart-tip');
    const spoken = page.locator('[data-spoken=survival]');
    await frame.waitFor();
    await frame.scrollIntoViewIfNeeded();
    const box = (await frame.boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await tip.waitFor();
    expect(await tip.textContent()).toMatch(/= .*\d ± .*\d/);
    expect(await spoken.textContent()).toBe(''); // a pointer does not talk
    await page.mouse.move(1, 1);
    await tip.waitFor({ state: 'detached' });
    await frame.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('End');
    await tip.waitFor();
    const last = await spoken.textContent();
    expect(last).toMatch(/= .*\d ± .*\d/);
    await page.keyboard.press('ArrowLeft');
    await page.waitForFunction(
      (before) => document.querySelector('[data-spoken=survival]')!.textContent !== before,
      last,
    );
    expect(await spoken.textContent()).toMatch(/= .*\d ± .*\d/);
    expect(await spoken.getAttribute('aria-live')).toBe('polite');
    expect(await faultsOfAccess(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await tip.waitFor({ state: 'detached' });
    expect(await spoken.textContent()).toBe('');
    expect(wrong).toEqual([]);
    await page.close();
  });
});
