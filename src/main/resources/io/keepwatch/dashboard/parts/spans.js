// Spans of time that the timeline offers, and what moving within them means.
export const SPANS = [
  { label: '15 min', seconds: 900 },
  { label: '1 h', seconds: 3600 },
  { label: '6 h', seconds: 6 * 3600 },
  { label: '24 h', seconds: 86400 },
  { label: '7 d', seconds: 7 * 86400 },
  { label: '30 d', seconds: 30 * 86400 },
];
const HOUR = 3600;
const LEAST = 60;
const MOST = 2 * 366 * 86400;

/** @param query of the address: `span` that ends now, or `from` and `to` */
export function spanOf(query, now) {
  const from = Number(query.get('from'));
  const to = Number(query.get('to'));
  if (from > 0 && to > from) {
    return { from, to, follows: false };
  }
  const seconds = SPANS.find((span) => String(span.seconds) === query.get('span'))?.seconds ?? HOUR;
  return { from: now - seconds, to: now, follows: true, seconds };
}

/** Moved by a share of itself, never into the future. */
export function moved({ from, to }, share, now) {
  const by = Math.round(Math.min((to - from) * share, now - to));
  return { from: Math.round(from + by), to: Math.round(to + by) };
}

/** Wider or narrower around its middle. */
export function scaled({ from, to }, factor, now) {
  const wide = Math.min(MOST, Math.max(LEAST, (to - from) * factor));
  const end = Math.min(now, (from + to + wide) / 2);
  return { from: Math.round(end - wide), to: Math.round(end) };
}
