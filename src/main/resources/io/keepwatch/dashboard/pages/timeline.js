// The host on one time axis, with what happened on it.
import { html, useEffect, useMemo, useRef, useState } from '../vendor/preact.js';
import { plural, shortTime, time } from '../parts/format.js';
import { severity, text } from '../parts/events.js';
import { Empty, Loading, Mark, Panel, Problem, Table, Time } from '../parts/marks.js';
import { Plot, useDrawing } from '../parts/plot.js';
import { SarTable } from '../parts/sar-table.js';
import { append, CHARTS, history, newest, table } from '../parts/series.js';
import { moved, scaled, spanOf, SPANS } from '../parts/spans.js';
import { useResource } from '../parts/resource.js';
import { go } from '../parts/route.js';

const MARKED = 'threshold.crossed,store.*,root.*,watch.*,backup.failed,drill.completed,maintenance.completed,database.not_copied';
const FLUSH_LINES = [{ name: 'versions', label: 'versions' }];
const KEPT_TAIL = 2000;
const tail = new Map();
const iso = (second) => new Date(second * 1000).toISOString();
const whole = (value) => String(Math.round(value));

/** Readings that are newer than the history, which is written every few minutes. They stay while other pages are shown. */
function useTail() {
  const probes = useResource('probes', {}, { every: 10 });
  return useMemo(() => {
    for (const [name, values] of probes.data ? newest(probes.data) : []) {
      tail.set(name, new Map([...(tail.get(name) ?? []), ...values].slice(-KEPT_TAIL)));
    }
    return new Map(tail);
  }, [probes.data]);
}

/** The end of a span that follows the clock moves with it. */
function useClock(follows, seconds) {
  const [now, setNow] = useState(() => Math.floor(Date.now() / 1000));
  useEffect(() => {
    if (!follows) {
      return undefined;
    }
    const every = Math.max(10, seconds / 720);
    const tick = (least) => setNow((before) => {
      const second = Math.floor(Date.now() / 1000);
      return second - before < least ? before : second;
    });
    // A page that was just opened has the time.
    tick(every);
    const timer = setInterval(() => document.hidden || tick(1), every * 1000);
    return () => clearInterval(timer);
  }, [follows, seconds]);
  return now;
}

function useHistory({ from, to }) {
  const [state, setState] = useState({ past: null, problem: null });
  const reload = () => {
    let wanted = true;
    history(from, to).then((past) => wanted && setState({ past, problem: null }),
      (problem) => wanted && setState((before) => ({ ...before, problem })));
    return () => { wanted = false; };
  };
  useEffect(reload, [from, to]);
  return { ...state, reload };
}

function summaryOf(lines, columns, format) {
  return lines.map((line, i) => {
    const values = columns[i + 1].filter((value) => value !== null && value !== undefined);
    return values.length ? `${line.label} ${format(values[values.length - 1])}, at most ${format(Math.max(...values))}` : `${line.label} not read`;
  }).join('; ') + '. The table beneath has the values.';
}

function Toolbar({ span, show, now }) {
  return html`<div class="toolbar">
    <div class="group" role="group" aria-label="Span of time">${SPANS.map((each) => html`<button type="button" key=${each.label}
      aria-pressed=${String(Boolean(span.follows && span.seconds === each.seconds))} onClick=${() => go('timeline', { span: each.seconds })}>${each.label}</button>`)}</div>
    <div class="buttons">
      <button type="button" onClick=${() => show(moved(span, -0.5, now))}>Earlier</button>
      <button type="button" disabled=${span.to >= now - 1} onClick=${() => show(moved(span, 0.5, now))}>Later</button>
      <button type="button" onClick=${() => show(scaled(span, 0.5, now))}>Closer</button>
      <button type="button" onClick=${() => show(scaled(span, 2, now))}>Wider</button>
    </div>
    <span class="muted span-shown" role="status">${shortTime(span.from * 1000)} to ${span.follows ? 'now' : shortTime(span.to * 1000)}</span>
  </div>`;
}

/** @param page of events, undefined before the first and after a failure; @param shown what was known last */
function Marked({ page, shown, from }) {
  const partly = page && from * 1000 < Date.parse(page.since);
  return html`<${Panel} title="Marked on the plots">
    ${partly && html`<p class="muted">Events are known since ${time(page.since)}; before that there may have been others.</p>`}
    ${shown.length ? html`<${Table} caption="Events in this span" head=${['Time', 'Severity', 'Event', 'Subject', 'What happened']}>
      ${shown.slice(0, 100).map((event) => html`<tr key=${event.id}><td><${Time} at=${event.time} /></td>
        <td><${Mark} level=${severity(event)}>${severity(event)}<//></td><td>${event.type}</td><td>${event.subject}</td><td class="wide">${text(event)}</td></tr>`)}<//>`
      : page && html`<${Empty}>${partly ? 'No alert and no other event of note is known of this span.' : 'No alert and no other event of note in this span.'}<//>`}
  <//>`;
}

export function Timeline({ route }) {
  const asked = route.query;
  const follows = !asked.get('from');
  const now = useClock(follows, Number(asked.get('span') ?? 3600));
  const span = spanOf(asked, now);
  const range = [span.from, span.to];
  const { past, problem, reload } = useHistory(span);
  const unsaved = useTail();
  const drawing = useDrawing();
  const limits = { from: iso(span.from), to: iso(span.to + 1) };
  const flushes = useResource('flushes/timeline', { ...limits, step: Math.max(1, Math.round((span.to - span.from) / 200)) });
  const events = useResource('events', { ...limits, type: MARKED, limit: 1000 });
  const kept = useRef({ flushes: [], events: [] });
  const page = events.problem ? undefined : events.data ?? kept.current.page;
  kept.current = { flushes: flushes.data?.items ?? kept.current.flushes, events: events.data?.items ?? kept.current.events, page };
  const marks = useMemo(() => kept.current.events.map((event) => ({ second: Date.parse(event.time) / 1000, level: severity(event) })), [kept.current.events]);
  const data = useMemo(() => past && append(past, unsaved), [past, unsaved]);
  const columns = useMemo(() => data && CHARTS.map((chart) => table(chart.lines, data)), [data]);
  const bars = useMemo(() => [kept.current.flushes.map((item) => Date.parse(item.at) / 1000), kept.current.flushes.map((item) => item.versions)], [kept.current.flushes]);
  const show = ({ from, to }) => go('timeline', { from, to });
  const zoom = (from, to) => to - from >= 10 && show({ from: Math.floor(from), to: Math.ceil(to) });
  const keys = (event) => {
    const step = { ArrowLeft: () => moved(span, -0.25, now), ArrowRight: () => moved(span, 0.25, now), '+': () => scaled(span, 0.5, now), '-': () => scaled(span, 2, now) }[event.key];
    if (step && event.target === event.currentTarget) {
      event.preventDefault();
      show(step());
    }
  };
  return html`
    <${Toolbar} span=${span} show=${show} now=${follows ? span.to : Math.floor(Date.now() / 1000)} />
    <${Problem} problem=${problem ?? drawing.problem ?? flushes.problem ?? events.problem} retry=${() => { reload(); drawing.reload(); flushes.reload(); events.reload(); }} />
    ${!columns || !drawing.ready ? html`<${Loading} />` : html`
      <section class="panel plots" tabindex="0" onKeyDown=${keys} aria-label="Plots. Arrow keys move in time, plus and minus change the span; with the mouse, drag to choose one.">
        <${Plot} title="Flushes" lines=${FLUSH_LINES} format=${whole} bars data=${bars} range=${range} marks=${marks} onZoom=${zoom}
          summary=${plural(kept.current.flushes.reduce((all, item) => all + item.flushes, 0), 'flush', 'flushes') + ' in this span.'} />
        ${CHARTS.map((chart, i) => html`<${Plot} key=${chart.id} ...${chart} last=${i === CHARTS.length - 1} data=${columns[i]} range=${range} marks=${marks} onZoom=${zoom}
          summary=${summaryOf(chart.lines, columns[i], chart.format)} />`)}
        <p class="muted keys">Drag to choose a span. Vertical lines are events: solid critical, dashed warning, dotted other. From ${time(span.from * 1000)} to ${time(span.to * 1000)}.</p>
      </section>
      <${Marked} page=${page} shown=${kept.current.events} from=${span.from} />
      <${SarTable} data=${data} from=${span.from} to=${span.to} />`}`;
}
