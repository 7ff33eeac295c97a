// What happened and what happens, with filters; a pause holds the list still while events go on being collected.
import { html, useEffect, useMemo, useRef, useState } from '../vendor/preact.js';
import { EventTable } from '../parts/event-table.js';
import { SEVERITIES, severity, text } from '../parts/events.js';
import { listen, merge } from '../parts/live.js';
import { Empty, Loading, Problem } from '../parts/marks.js';
import { plural } from '../parts/format.js';
import { useResource } from '../parts/resource.js';
import { replace } from '../parts/route.js';

const GROUPS = [['', 'all types'], ['backup.', 'backup'], ['file.', 'files'], ['threshold.', 'thresholds'], ['probe.', 'probes'], ['store.', 'store'],
  ['watch.', 'watch'], ['root.', 'roots'], ['reconcile.', 'comparisons'], ['rule.', 'rules'], ['run.', 'runs'], ['maintenance.', 'maintenance'], ['drill.', 'drills']];
const SHOWN = 300;

/** All events that this page knows, the newest first. */
function useFeed() {
  const first = useResource('events', { limit: 300 });
  const [arrived, setArrived] = useState([]);
  const waiting = useRef([]);
  useEffect(() => {
    let frame = 0;
    const stop = listen((event) => {
      if (event.type === 'missed') {
        first.reload();
        return;
      }
      waiting.current.unshift(event);
      // A burst is one change of the page.
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        const news = waiting.current;
        waiting.current = [];
        setArrived((before) => merge(news, before));
      });
    });
    return () => { stop(); cancelAnimationFrame(frame); };
  }, []);
  const events = useMemo(() => merge(arrived, first.data?.items ?? []), [arrived, first.data]);
  return { events, first, arrived };
}

export function Events({ route }) {
  const { events, first, arrived } = useFeed();
  const type = route.query.get('type') ?? '';
  const least = route.query.get('severity') ?? 'info';
  const words = route.query.get('text') ?? '';
  const [paused, setPaused] = useState(null);
  const filter = (changes) => replace('events', { type, severity: least, text: words, ...changes });
  const source = paused ?? events;
  const matching = useMemo(() => source.filter((event) => event.type.startsWith(type)
    && SEVERITIES.indexOf(severity(event)) >= (least === 'info' ? 0 : SEVERITIES.indexOf(least))
    && (!words || `${event.type} ${event.data?.topic ?? ''} ${event.subject ?? ''} ${text(event)}`.toLowerCase().includes(words.toLowerCase()))), [source, type, least, words]);
  const held = paused ? events.filter((event) => !paused.includes(event)).length : 0;
  return html`
    <div class="toolbar">
      <label>Type <select onChange=${(event) => filter({ type: event.target.value })}>
        ${GROUPS.map(([value, name]) => html`<option key=${value} value=${value} selected=${value === type}>${name}</option>`)}</select></label>
      <label>Severity <select onChange=${(event) => filter({ severity: event.target.value })}>
        ${[['info', 'all'], ['warning', 'warning and above'], ['critical', 'critical']].map(([value, name]) => html`<option key=${value} value=${value} selected=${value === least}>${name}</option>`)}</select></label>
      <label class="grow"><span class="hidden">Text</span><input type="search" placeholder="Path, subject or words" value=${words} onInput=${(event) => filter({ text: event.target.value })} /></label>
      <button type="button" aria-pressed=${String(Boolean(paused))} onClick=${() => setPaused(paused ? null : events)}>${paused ? 'Go on' : 'Pause'}</button>
    </div>
    <p class="muted" role="status">${paused ? `Paused; ${plural(held, 'event')} arrived since.` : `${plural(matching.length, 'event')} of ${events.length} that are loaded.`}</p>
    <${Problem} problem=${first.problem} retry=${first.reload} />
    ${first.loading ? html`<${Loading} />` : matching.length
      ? html`<section class="panel" aria-label="Events"><${EventTable} events=${matching.slice(0, SHOWN)} fresh=${paused ? [] : arrived} /></section>`
      : html`<${Empty}>No event matches. New ones appear here as they happen.<//>`}`;
}
