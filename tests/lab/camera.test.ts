import { describe, expect, it } from 'vitest';
import { type Camera, home, lies, moved, project, roundBelow, viewOf } from '../../src/lab/view/space/camera.js';

const cube = { low: [-1, -1, -1], high: [1, 1, 1], squeeze: [1, 1, 1] };
const long = { low: [-1, -1, -5], high: [1, 1, 5], squeeze: [1, 1, 1] };
const cameras: Camera[] = [home, { turn: 2, tilt: -1, zoom: 1 }, { turn: 4, tilt: 1.5, zoom: 1 }];

describe('the camera', () => {
  it('keeps lengths and hands', () => {
    for (const subject of [cube, long])
      for (const camera of cameras) {
        const [[a, b, c], [d, e, f], [g, h, i]] = viewOf(camera, subject, 800, 400).rows;
        expect(a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)).toBeCloseTo(1, 12);
        expect(Math.hypot(a, b, c)).toBeCloseTo(1, 12);
        expect(a * d + b * e + c * f).toBeCloseTo(0, 12);
      }
  });

  it('shows all of it from home, and what is long lies across', () => {
    expect([lies(cube), lies(long)]).toEqual([false, true]);
    for (const subject of [cube, long])
      for (const x of [-1, 1])
        for (const y of [-1, 1])
          for (const z of [subject.low[2], subject.high[2]]) {
            const [px, py] = project(viewOf(home, subject, 800, 400), x, y, z);
            expect(Math.abs(px - 400)).toBeLessThan(400);
            expect(Math.abs(py - 200)).toBeLessThan(200);
          }
  });

  it('does not go over the pole, or too near', () => {
    expect(moved(home, { tilt: 9 }).tilt).toBeCloseTo(Math.PI / 2);
    expect(moved(home, { zoom: 1e9 }).zoom).toBe(40);
  });

  it('finds round lengths', () => {
    expect([730, 0.0021, 1].map(roundBelow)).toEqual([500, 0.002, 1]);
  });
});
