// One stream of events for all pages. It rests while the tab is hidden and then goes on behind the last event.
import { useEffect, useState } from '../vendor/preact.js';
import { url } from './api.js';

const KEPT = 1000;
const RETRY_MILLIS = 5000;

const listeners = new Set();
const watchers = new Set();
let source = null;
let retry = null;
let last = null;
let state = 'connecting';

function tell(next) {
  state = next;
  watchers.forEach((watch) => watch());
}

function receive(message) {
  last = message.lastEventId;
  const event = JSON.parse(message.data);
  listeners.forEach((listen) => listen(event));
}

function open() {
  clearTimeout(retry);
  if (source || document.hidden) {
    return;
  }
  source = new EventSource(url('events/stream', { last_event_id: last }));
  source.onopen = () => tell('live');
  source.onmessage = receive;
  source.addEventListener('missed', () => listeners.forEach((listen) => listen({ type: 'missed' })));
  source.onerror = () => {
    tell('lost');
    // The browser gives up for good after an answer that is no stream.
    if (source?.readyState === EventSource.CLOSED) {
      source = null;
      retry = setTimeout(open, RETRY_MILLIS);
    }
  };
}

function close() {
  clearTimeout(retry);
  source?.close();
  source = null;
  tell('paused');
}

document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    close();
  } else if (listeners.size || watchers.size) {
    tell('connecting');
    open();
  }
});
window.addEventListener('pagehide', close);

/** Calls back for every event from now on; `{type: 'missed'}` says that some were lost. Returns how to stop. */
export function listen(callback) {
  listeners.add(callback);
  open();
  return () => listeners.delete(callback);
}

/** Whether events arrive. */
export function useLive() {
  const [, redraw] = useState(0);
  useEffect(() => {
    const watch = () => redraw((count) => count + 1);
    watchers.add(watch);
    open();
    return () => watchers.delete(watch);
  }, []);
  return { state };
}

/** Newest first, without doubles, bounded. */
export function merge(newer, older) {
  const known = new Set(newer.map((event) => event.id));
  return [...newer, ...older.filter((event) => !known.has(event.id))].slice(0, KEPT);
}
