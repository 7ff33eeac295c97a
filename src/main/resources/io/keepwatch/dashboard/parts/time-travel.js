// Chooses a time: a slider over the flushes, and a field for any other moment.
import { html, useEffect, useState } from '../vendor/preact.js';
import { Bars } from './flush-activity.js';
import { plural, time } from './format.js';
import { Panel, Problem } from './marks.js';
import { useResource } from './resource.js';

const RANGES = [[3600, '1 hour'], [86400, '24 hours'], [7 * 86400, '7 days'], [30 * 86400, '30 days'], [365 * 86400, '1 year']];
const SETTLE_MILLIS = 250;

/** What the slider stops at: each flush, or where there are too many, each step of time that has some. */
function stopsOf(exact, timeline) {
  if (exact.next === null) {
    return [...exact.items].reverse().map((flush) => ({ at: flush.at, flushes: 1, versions: flush.versions }));
  }
  // At the end of a step all of its flushes are there.
  return timeline.items.map((item) => ({ ...item, at: new Date(Math.min(Date.parse(item.at) + timeline.step_seconds * 1000, Date.now())).toISOString() }));
}

function Slider({ stops, at, onChange }) {
  const now = stops.length;
  // A time before the first stop has a place of its own: it is not the time of the first.
  const chosen = at === null || !now ? now : stops.filter((stop) => Date.parse(stop.at) <= Date.parse(at)).length - 1;
  const [position, setPosition] = useState(chosen);
  useEffect(() => setPosition(chosen), [chosen]);
  useEffect(() => {
    if (position === chosen) {
      return undefined;
    }
    const timer = setTimeout(() => onChange(position === now ? null : stops[position].at), SETTLE_MILLIS);
    return () => clearTimeout(timer);
  }, [position]);
  const stop = stops[position];
  const words = stop ? `${time(stop.at)}: ${plural(stop.versions, 'version')} in ${plural(stop.flushes, 'flush', 'flushes')}`
    : position < 0 ? `${time(at)}: before the first flush in this span` : 'Now';
  return html`
    <input type="range" min=${Math.min(0, chosen)} max=${now} step="1" value=${position} disabled=${!now} aria-label="Flush" aria-valuetext=${words}
      onInput=${(event) => setPosition(Number(event.target.value))} />
    <p class="muted slider-words">${now ? words : 'No flush in this span.'}</p>`;
}

/** A text of the form that `datetime-local` takes, in local time. */
const local = (at) => time(at ?? Date.now()).replace(' ', 'T');

export function TimeTravel({ at, onChange }) {
  const [range, setRange] = useState(86400);
  const [end] = useState(() => Date.now() + 1000);
  const from = new Date(end - range * 1000).toISOString();
  const flushes = useResource('flushes/timeline', { from }, { events: ['backup.completed'] });
  const exact = useResource('flushes', { from, limit: 1000 }, { events: ['backup.completed'] });
  const ready = flushes.data && exact.data;
  return html`<${Panel} title="As it was" className="travel" actions=${html`<span class="buttons">
      <label><span class="hidden">How far back the slider reaches</span><select onChange=${(event) => setRange(Number(event.target.value))}>
        ${RANGES.map(([seconds, name]) => html`<option key=${seconds} value=${seconds} selected=${seconds === range}>${name}</option>`)}</select></label>
      <label><span class="hidden">At any time</span><input type="datetime-local" step="1" value=${local(at)}
        onChange=${(event) => event.target.value && onChange(new Date(event.target.value).toISOString())} /></label>
      <button type="button" aria-pressed=${String(at === null)} onClick=${() => onChange(null)}>Now</button></span>`}>
    <${Problem} problem=${flushes.problem ?? exact.problem} retry=${() => { flushes.reload(); exact.reload(); }} />
    ${ready && html`<${Bars} items=${flushes.data.items} from=${Date.parse(flushes.data.from)} to=${Date.parse(flushes.data.to)} height=${40} />
      <${Slider} key=${range} stops=${stopsOf(exact.data, flushes.data)} at=${at} onChange=${onChange} />`}
  <//>`;
}
