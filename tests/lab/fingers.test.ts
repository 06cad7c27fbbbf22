import { expect, it } from 'vitest';
import { Fingers } from '../../src/lab/view/space/fingers.js';

const at = (pointerId: number, clientX: number, clientY = 0) => ({ pointerId, clientX, clientY });

it('tells how far two fingers go apart, and nothing of one or three', () => {
  const fingers = new Fingers();
  fingers.down(at(1, 0));
  expect(fingers.moved(at(1, 5))).toBeUndefined();
  fingers.down(at(2, 15));
  expect(fingers.moved(at(2, 25))).toBe(2);
  expect(fingers.moved(at(1, 25, 10))).toBe(0.5);
  expect(fingers.moved(at(3, 0))).toBeUndefined();
  fingers.down(at(3, 0));
  expect(fingers.moved(at(1, 0))).toBeUndefined();
  fingers.up(at(3, 0));
  fingers.up(at(1, 0));
  expect(fingers.moved(at(2, 0))).toBeUndefined();
});
