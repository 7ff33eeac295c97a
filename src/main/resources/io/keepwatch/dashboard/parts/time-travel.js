// Chooses a time: a slider over the flushes, and a field for any other moment.
import { html, useEffect, useState } from '../vendor/preact.js';
import { Bars } from './flush-activity.js';
import { plural, time } from './format.js';
import { Panel, Problem } from './marks.js';
import { useResource } from './resource.js';

const RANGES = [[3600, '1 hour'], [86400, '24 hours'], [7 * 86400, '7 days'], [30 * 86400, '30 days'], [365 * 86400, '1 year']];
const SETTLE_MILLIS = 250;

/** The end of a step: what its last flush made durable is then there. */
function endOf(item, stepSeconds) {
  return new Date(Math.min(Date.parse(item.at) + stepSeconds * 1000, Date.now())).toISOString();
}

function Slider({ items, step, at, onChange }) {
  const now = items.length;
  const chosen = at === null ? now : items.filter((item) => Date.parse(item.at) <= Date.parse(at) - 1).length - 1;
  const [position, setPosition] = useState(Math.max(0, chosen));
  useEffect(() => setPosition(Math.max(0, chosen)), [chosen]);
  useEffect(() => {
    if (position === Math.max(0, chosen)) {
      return undefined;
    }
    const timer = setTimeout(() => onChange(position === now ? null : endOf(items[position], step)), SETTLE_MILLIS);
    return () => clearTimeout(timer);
  }, [position]);
  const item = items[position];
  const words = position === now ? 'Now' : `${time(endOf(item, step))}: ${plural(item.versions, 'version')} in ${plural(item.flushes, 'flush', 'flushes')}`;
  return html`
    <input type="range" min="0" max=${now} step="1" value=${position} disabled=${!now} aria-label="Flush" aria-valuetext=${words}
      onInput=${(event) => setPosition(Number(event.target.value))} />
    <p class="muted slider-words">${words}</p>`;
}

/** A text of the form that `datetime-local` takes, in local time. */
const local = (at) => time(at ?? Date.now()).replace(' ', 'T');

export function TimeTravel({ at, onChange }) {
  const [range, setRange] = useState(86400);
  const [end] = useState(() => Date.now() + 1000);
  const from = new Date(end - range * 1000).toISOString();
  const flushes = useResource('flushes/timeline', { from }, { events: ['backup.completed'] });
  const items = flushes.data?.items ?? [];
  return html`<${Panel} title="As it was" className="travel" actions=${html`<span class="buttons">
      <label><span class="hidden">How far back the slider reaches</span><select onChange=${(event) => setRange(Number(event.target.value))}>
        ${RANGES.map(([seconds, name]) => html`<option key=${seconds} value=${seconds} selected=${seconds === range}>${name}</option>`)}</select></label>
      <label><span class="hidden">At any time</span><input type="datetime-local" step="1" value=${local(at)}
        onChange=${(event) => event.target.value && onChange(new Date(event.target.value).toISOString())} /></label>
      <button type="button" aria-pressed=${String(at === null)} onClick=${() => onChange(null)}>Now</button></span>`}>
    <${Problem} problem=${flushes.problem} retry=${flushes.reload} />
    ${flushes.data && html`<${Bars} items=${items} from=${Date.parse(flushes.data.from)} to=${Date.parse(flushes.data.to)} height=${40} />
      <${Slider} key=${range} items=${items} step=${flushes.data.step_seconds} at=${at} onChange=${onChange} />`}
  <//>`;
}
