/** Which corner of a drawn panel is free, so that a legend covers no data. */

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Distance of the points that stand for a line [px]. */
const spacing = 4;
/** A corner's distance from the frame, and data's distance from a legend [px]. */
const inset = 8;

/**
 * Upper left corner of a free place for a box in a corner of a panel.
 *
 * @param marks drawn by Plot: dots, lines and paths of straight pieces
 * @param panel where the data lie, in the marks' coordinates
 * @param box width and height that are wanted
 * @returns undefined where every corner holds data
 */
export function freeCorner(
  marks: Element,
  panel: Box,
  { width, height }: Pick<Box, 'width' | 'height'>,
): { x: number; y: number } | undefined {
  const [left, right] = [panel.x + inset, panel.x + panel.width - inset - width];
  const [top, bottom] = [panel.y + inset, panel.y + panel.height - inset - height];
  if (right < left || bottom < top) return undefined;
  const points = pointsOf(marks, 0, 0);
  return [
    { x: right, y: top },
    { x: left, y: bottom },
    { x: right, y: bottom },
    { x: left, y: top },
  ].find(
    ({ x, y }) =>
      !points.some(([px, py]) => px > x - inset && px < x + width + inset && py > y - inset && py < y + height + inset),
  );
}

type Point = readonly [number, number];

function pointsOf(element: Element, dx: number, dy: number): Point[] {
  const [, moveX = '0', moveY = '0'] =
    /translate\(([-\d.]+)[ ,]+([-\d.]+)\)/.exec(attribute(element, 'transform')) ?? [];
  const [x, y] = [dx + Number(moveX), dy + Number(moveY)];
  const number = (name: string) => Number(attribute(element, name));
  const own = ((): Point[] => {
    switch (element.nodeName.toLowerCase()) {
      case 'circle':
        return [[number('cx'), number('cy')]];
      case 'line':
        return along([number('x1'), number('y1')], [number('x2'), number('y2')]);
      case 'path':
        return path(attribute(element, 'd'));
      default:
        return [];
    }
  })();
  const shifted = own.map(([px, py]): Point => [px + x, py + y]);
  for (const child of Array.from(element.childNodes))
    if (child.nodeType === 1) shifted.push(...pointsOf(child as Element, x, y));
  return shifted;
}

const attribute = (element: Element, name: string) => element.getAttribute?.(name) ?? '';

/** Points along the pieces of a path; curves count by their ends. */
function path(d: string): Point[] {
  const points: Point[] = [];
  let last: Point | undefined;
  for (const [, command, numbers] of d.matchAll(/([A-Za-z])([^A-Za-z]*)/g)) {
    const values = (numbers.match(/-?[\d.]+(?:e-?\d+)?/g) ?? []).map(Number);
    if (values.length < 2) continue;
    const point: Point = [values[values.length - 2], values[values.length - 1]];
    points.push(...(command === 'L' && last ? along(last, point) : [point]));
    last = point;
  }
  return points;
}

function along(from: Point, to: Point): Point[] {
  const pieces = Math.max(1, Math.min(400, Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / spacing)));
  return Array.from({ length: pieces + 1 }, (_, i) => [
    from[0] + ((to[0] - from[0]) * i) / pieces,
    from[1] + ((to[1] - from[1]) * i) / pieces,
  ]);
}
