// The flushes of the last 24 hours as bars; the words beneath say the same.
import { html, useMemo } from '../vendor/preact.js';
import { bytes, duration, plural, shortTime } from './format.js';
import { Loading, Panel, Problem } from './marks.js';
import { useResource } from './resource.js';

const HOURS = 24;
const BARS = 96;

export function Bars({ items, from, to, height = 64, marked }) {
  const most = Math.max(1, ...items.map((item) => item.versions));
  const width = 960;
  const bar = width / BARS;
  const x = (time) => ((time - from) / (to - from)) * width;
  return html`<svg class="bars" viewBox=${`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
    ${items.map((item) => {
      const tall = 3 + (height - 3) * Math.sqrt(item.versions / most);
      return html`<rect key=${item.at} x=${x(Date.parse(item.at))} y=${height - tall} width=${bar - 2} height=${tall} rx="1.5"
        class=${item.at === marked ? 'marked' : ''} />`;
    })}</svg>`;
}

export function FlushActivity() {
  const step = (HOURS * 3600) / BARS;
  const flushes = useResource('flushes/timeline', { step }, { events: ['backup.completed'] });
  const sums = useMemo(() => (flushes.data?.items ?? []).reduce((sum, item) => ({
    flushes: sum.flushes + item.flushes,
    versions: sum.versions + item.versions,
    bytes: sum.bytes + item.uploaded_bytes,
    latency: Math.max(sum.latency, item.latency_seconds),
  }), { flushes: 0, versions: 0, bytes: 0, latency: 0 }), [flushes.data]);
  return html`<${Panel} title="Flushes, last 24 hours" actions=${html`<a href="#/timeline">Timeline</a>`}>
    ${flushes.data ? html`
      <${Bars} items=${flushes.data.items} from=${Date.parse(flushes.data.from)} to=${Date.parse(flushes.data.to)} />
      <div class="ends muted"><span>${shortTime(flushes.data.from)}</span><span>now</span></div>
      <p>${plural(sums.flushes, 'flush', 'flushes')} with ${plural(sums.versions, 'version')}, ${bytes(sums.bytes)} sent${
        sums.flushes ? `; the slowest change was durable after ${duration(sums.latency)}` : ''}.</p>`
      : flushes.problem ? html`<${Problem} problem=${flushes.problem} retry=${flushes.reload} />` : html`<${Loading} />`}
  <//>`;
}
