/** A canvas made ready to be painted on in CSS pixels, sharp on fine screens. */

/** More pixels than this for one of CSS cost time and are not seen. */
const finest = 2;

export interface Pen {
  readonly pen: CanvasRenderingContext2D;
  /** Size in CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly style: CSSStyleDeclaration;
}

/** @returns undefined where the canvas is not seen */
export function penOf(canvas: HTMLCanvasElement): Pen | undefined {
  const ratio = Math.min(finest, window.devicePixelRatio || 1);
  const { clientWidth: width, clientHeight: height } = canvas;
  if (width === 0 || height === 0) return undefined;
  if (canvas.width !== Math.round(width * ratio)) canvas.width = Math.round(width * ratio);
  if (canvas.height !== Math.round(height * ratio)) canvas.height = Math.round(height * ratio);
  const pen = canvas.getContext('2d')!;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  return { pen, width, height, style: getComputedStyle(canvas) };
}
