/** The lab: the page's entry. */
import { render } from 'preact';
import { missing } from './simd.js';
import { Page } from './view/Page.js';

const root = document.getElementById('lab')!;
root.replaceChildren();
const lack = missing();
if (lack)
  render(
    <main class="lack">
      <h1>losscone lab</h1>
      <p role="alert">{lack}. Chromium 111, Firefox 114 and Safari 16.4 or newer have it.</p>
    </main>,
    root,
  );
else render(<Page />, root);

if ('serviceWorker' in navigator && window.isSecureContext)
  // Without it the page works as well, but not offline.
  navigator.serviceWorker.register(new URL('./service-worker.js', import.meta.url)).catch(() => {});
