/** When a canvas must be painted again although nothing in it changed. */
import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** @returns a number that changes with the canvas's size, and with the page between light and dark */
export function useRepaint(canvas: RefObject<HTMLCanvasElement>): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    if (!canvas.current) return;
    const again = () => setCount((n) => n + 1);
    const size = new ResizeObserver(again);
    size.observe(canvas.current);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', again);
    return () => {
      size.disconnect();
      scheme.removeEventListener('change', again);
    };
  }, []);
  return count;
}
