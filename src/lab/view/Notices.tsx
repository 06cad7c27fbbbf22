/** What the engine says of a run that is no number: a failure, a warning, a word. */
import type { OneRun } from './useRun.js';

export function Notices({ run: { shown, tell } }: { readonly run: OneRun }) {
  const bad = shown.phase === 'failed';
  return (
    <>
      {shown.notice && (
        <p class={bad ? 'notice bad' : 'notice'} role={bad ? 'alert' : 'status'}>
          {shown.notice}
          <button type="button" aria-label="Close this message" onClick={() => tell({ type: 'quiet' })}>
            ×
          </button>
        </p>
      )}
      {shown.warnings.map((warning) => (
        <p key={warning} class="notice">
          {warning}
        </p>
      ))}
    </>
  );
}
