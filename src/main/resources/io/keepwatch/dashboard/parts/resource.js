// An answer of the API that is kept current: by events, by a slow poll, and by nothing while the tab is hidden.
import { useCallback, useEffect, useRef, useState } from '../vendor/preact.js';
import { get } from './api.js';
import { begun, listen } from './live.js';

const LEAST_POLL_SECONDS = 5;
const AFTER_EVENT_MILLIS = 300;

/**
 * @param path of the API, or null for nothing
 * @param events beginnings of the types of events after which it is asked anew
 * @param every seconds between polls, or a function of the answer; 0 never polls
 */
export function useResource(path, parameters = {}, { events = [], every = 0 } = {}) {
  const key = path && path + JSON.stringify(parameters);
  const [state, setState] = useState({ key, data: null, problem: null });
  const current = useRef(0);
  const load = useCallback(async () => {
    if (!path) {
      return;
    }
    const mine = ++current.current;
    try {
      await begun();
      if (mine !== current.current) {
        return;
      }
      const data = await get(path, parameters);
      if (mine === current.current) {
        setState({ key, data, problem: null });
      }
    } catch (problem) {
      if (mine === current.current) {
        setState((before) => ({ key, data: before.key === key ? before.data : null, problem }));
      }
    }
  }, [key]);

  useEffect(() => {
    load();
    return () => { current.current++; };
  }, [load]);

  useEffect(() => {
    if (!events.length) {
      return undefined;
    }
    let timer = null;
    const stop = listen((event) => {
      const wanted = event.type === 'missed' || events.some((type) => event.type.startsWith(type));
      if (wanted && timer === null) {
        timer = setTimeout(() => { timer = null; load(); }, AFTER_EVENT_MILLIS);
      }
    });
    return () => { stop(); clearTimeout(timer); };
  }, [load, events.join()]);

  const seconds = typeof every === 'function' ? every(state.data) : every;
  useEffect(() => {
    if (!seconds) {
      return undefined;
    }
    const timer = setInterval(() => document.hidden || load(), Math.max(LEAST_POLL_SECONDS, seconds) * 1000);
    const shown = () => document.hidden || load();
    document.addEventListener('visibilitychange', shown);
    return () => { clearInterval(timer); document.removeEventListener('visibilitychange', shown); };
  }, [load, seconds]);

  // What belongs to another question is not shown as the answer to this one.
  const data = state.key === key ? state.data : null;
  return { data, problem: state.key === key ? state.problem : null, loading: !data && !(state.key === key && state.problem), reload: load };
}

/** Something a person asked for: whether it runs, and how it ended. */
export function useAction(work) {
  const [state, setState] = useState({ busy: false, problem: null, done: null });
  const run = async (...what) => {
    setState({ busy: true, problem: null, done: null });
    try {
      const done = await work(...what);
      setState({ busy: false, problem: null, done });
      return done;
    } catch (problem) {
      setState({ busy: false, problem, done: null });
      return undefined;
    }
  };
  return { ...state, run, reset: () => setState({ busy: false, problem: null, done: null }) };
}

/** The time, so that "3 s ago" goes on. */
export function useNow(seconds) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => document.hidden || setNow(Date.now()), seconds * 1000);
    return () => clearInterval(timer);
  }, [seconds]);
  return now;
}
