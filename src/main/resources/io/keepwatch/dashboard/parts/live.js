// One stream of events for all pages. It rests while the tab is hidden and then goes on behind the last event.
import { useEffect, useState } from '../vendor/preact.js';
import { url } from './api.js';

const KEPT = 1000;
const RETRY_MILLIS = 5000;
// A proxy may hold the stream back; pages then ask without it.
const PATIENCE_MILLIS = 1000;

const listeners = new Set();
const watchers = new Set();
let source = null;
let retry = null;
let last = null;
let state = 'connecting';
let askedBefore = false;
let settle;
const settled = new Promise((resolve) => { settle = resolve; });

function tell(next) {
  state = next;
  watchers.forEach((watch) => watch());
}

const call = (event) => listeners.forEach((listen) => listen(event));

/** From here on no event is lost: `last` says where to go on. Answers of before may be older than that. */
function begin(message) {
  const stale = last === null && askedBefore;
  last = message.lastEventId;
  settle();
  if (stale) {
    call({ type: 'missed' });
  }
}

function askWithout() {
  if (last === null) {
    askedBefore = true;
    settle();
  }
}

function receive(message) {
  last = message.lastEventId;
  call(JSON.parse(message.data));
}

function open() {
  clearTimeout(retry);
  if (document.hidden) {
    askWithout();
    return;
  }
  if (source) {
    return;
  }
  if (state === 'paused') {
    tell('connecting');
  }
  setTimeout(askWithout, PATIENCE_MILLIS);
  source = new EventSource(url('events/stream', { last_event_id: last }));
  source.onopen = () => tell('live');
  source.onmessage = receive;
  source.addEventListener('begun', begin);
  source.addEventListener('missed', () => call({ type: 'missed' }));
  source.onerror = () => {
    askWithout();
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

/** After a log-out nobody is left. */
function closeWhenUnused() {
  if (!listeners.size && !watchers.size) {
    close();
  }
}

/** Resolves when whatever changes after an answer will be told: the stream has begun. Without one it resolves too, soon. */
export function begun() {
  open();
  return settled;
}

document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    close();
  } else if (listeners.size || watchers.size) {
    open();
  }
});
window.addEventListener('pagehide', close);

/** Calls back for every event from now on; `{type: 'missed'}` says that some were lost. Returns how to stop. */
export function listen(callback) {
  listeners.add(callback);
  open();
  return () => { listeners.delete(callback); closeWhenUnused(); };
}

/** Whether events arrive. */
export function useLive() {
  const [, redraw] = useState(0);
  useEffect(() => {
    const watch = () => redraw((count) => count + 1);
    watchers.add(watch);
    open();
    return () => { watchers.delete(watch); closeWhenUnused(); };
  }, []);
  return { state };
}

/** Newest first, without doubles, bounded. */
export function merge(newer, older) {
  const known = new Set(newer.map((event) => event.id));
  return [...newer, ...older.filter((event) => !known.has(event.id))].slice(0, KEPT);
}
