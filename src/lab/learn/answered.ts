/** Which questions were answered, kept in this browser where it lets pages keep something. */
const key = 'losscone-learn';

export function answered(): ReadonlySet<string> {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return new Set(Array.isArray(found) ? found.filter((name) => typeof name === 'string') : []);
  } catch {
    return new Set();
  }
}

export function remember(names: ReadonlySet<string>): void {
  try {
    localStorage.setItem(key, JSON.stringify([...names]));
  } catch {
    // It is forgotten with the page then.
  }
}
