// Which page is shown, and with what: `#/files?root=etc&path=nginx`.
import { useEffect, useState } from '../vendor/preact.js';

function read(navigated) {
  const [page, query] = location.hash.replace(/^#\/?/, '').split('?');
  return { page: page || 'overview', query: new URLSearchParams(query ?? ''), navigated };
}

export function useRoute() {
  const [route, setRoute] = useState(() => read(false));
  useEffect(() => {
    const changed = () => setRoute(read(true));
    window.addEventListener('hashchange', changed);
    return () => window.removeEventListener('hashchange', changed);
  }, []);
  return route;
}

export function address(page, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== null && value !== '') {
      query.set(name, value);
    }
  }
  const text = query.toString();
  return '#/' + page + (text ? '?' + text : '');
}

/** Changes what the page shows without a new entry in the browser's history. */
export function replace(page, parameters) {
  history.replaceState(null, '', address(page, parameters));
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}

export function go(page, parameters) {
  location.hash = address(page, parameters);
}
