import { printable } from '../scenario/faults.js';

/** Whether lines can be redrawn. */
export function isTerminal(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY === true && process.env.TERM !== 'dumb';
}

/** Whether colours are wanted: on a terminal, unless NO_COLOR says otherwise (https://no-color.org). */
export function hasColour(stream: NodeJS.WriteStream): boolean {
  return isTerminal(stream) && !process.env.NO_COLOR;
}

/** Text with nothing in it that a terminal would obey: what was typed or read may hold such, and a typed name the end of a line. */
export function legible(text: string): string {
  const typed = process.argv.slice(2).filter((word) => word.includes('\n'));
  const whole = typed.reduce((before, word) => before.replaceAll(word, () => printable(word)), text);
  return whole.split('\n').map(printable).join('\n');
}

/** What tells the person at the terminal something, in place of a bar that stands there; unless nothing is to be said. */
export function teller(quiet = false): (text: string) => void {
  return (text) => {
    if (quiet) return;
    const over = isTerminal(process.stderr) ? '\r\u001b[K' : '';
    process.stderr.write(`${over}${legible(text)}\n`);
  };
}
