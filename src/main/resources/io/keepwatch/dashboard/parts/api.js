// Questions to the daemon. Whatever goes wrong becomes a Problem with a title and what to do.
import { createContext, useContext } from '../vendor/preact.js';

const BASE = 'api/v1/';

export class Problem extends Error {
  constructor(status, title, detail) {
    super(title);
    this.status = status;
    this.title = title;
    this.detail = detail;
  }
}

export const SessionContext = createContext({ role: 'none' });

/** Whether the one who looks may also change something. */
export function useMayOperate() {
  return useContext(SessionContext).role === 'operate';
}

/** `path` with those parameters that have a value. */
export function url(path, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== null && value !== '') {
      query.set(name, value);
    }
  }
  const text = query.toString();
  return BASE + path + (text ? '?' + text : '');
}

async function problemOf(response) {
  try {
    const { title, detail } = await response.json();
    return new Problem(response.status, title, detail);
  } catch {
    return new Problem(response.status, `The daemon answered ${response.status}`, 'Its log says why: journalctl -u keepwatch');
  }
}

async function ask(address, options) {
  let response;
  try {
    response = await fetch(address, { credentials: 'same-origin', ...options });
  } catch (cause) {
    if (cause.name === 'AbortError') {
      throw cause;
    }
    throw new Problem(0, 'The daemon gives no answer', 'Is it running? On the host: systemctl status keepwatch, or keepwatch status.');
  }
  if (response.status === 401 && !address.endsWith('session')) {
    window.dispatchEvent(new Event('keepwatch:login'));
  }
  if (!response.ok) {
    throw await problemOf(response);
  }
  return response;
}

export async function get(path, parameters, options) {
  return (await ask(url(path, parameters), options)).json();
}

/** The bytes of one version of a file. */
export async function content(parameters) {
  return (await ask(url('files/content', parameters))).blob();
}

/** Changes something; the header keeps other sites from doing it. */
export async function send(method, path, body) {
  const headers = { 'X-Keepwatch': '1' };
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  const response = await ask(url(path), { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  return response.status === 204 ? null : response.json();
}
