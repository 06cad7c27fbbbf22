/** Resolves after the event loop has had the chance to deliver messages. Timers are no way: browsers stretch them to 4 ms and more. */
export function breathe(): Promise<void> {
  // Node's setImmediate runs right after the messages; it is absent in browsers, where a message to oneself queues behind them.
  if (typeof setImmediate === 'function') return new Promise((resolve) => setImmediate(resolve));
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel ??= open();
    channel.port2.postMessage(0);
  });
}

const waiting: (() => void)[] = [];
let channel: MessageChannel | undefined;

function open(): MessageChannel {
  const made = new MessageChannel();
  made.port1.onmessage = () => waiting.shift()?.();
  return made;
}
