// One plot of uPlot: shares cursor and time axis with its neighbours, drag chooses a span.
import { html, useEffect, useRef, useState } from '../vendor/preact.js';
import { Problem } from './api.js';

const HEIGHT = 104;
const AXIS_HEIGHT = 42;
const AXIS_WIDTH = 84;
const TOPS = [0.05, 0.1, 0.25, 0.5, 1];

let uPlot = null;
let tries = 0;

/** A browser remembers that a module did not come, so each further try has an address of its own. */
const load = () => (tries++ ? import(new URL('vendor/uplot.js?try=' + tries, document.baseURI)) : import('../vendor/uplot.js'));

/** uPlot is larger than all the rest, and one page alone needs it: it is loaded there. Nothing is drawn until it is ready. */
export function useDrawing() {
  const [state, setState] = useState({ ready: uPlot !== null, problem: null });
  const reload = () => {
    if (uPlot) {
      return;
    }
    load().then((module) => {
      uPlot = module.default;
      setState({ ready: true, problem: null });
    }, () => setState({ ready: false, problem: new Problem(0, 'What draws the plots was not loaded', 'Try again, or load the page again.') }));
  };
  useEffect(reload, []);
  return { ...state, reload };
}

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();

/** Marks stand behind the lines, each with the dash of its severity, so that colour is not all that tells them apart. */
function drawMarks(plot, marks) {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.lineWidth = devicePixelRatio;
  for (const mark of marks) {
    const x = Math.round(plot.valToPos(mark.second, 'x', true));
    if (x < bbox.left || x > bbox.left + bbox.width) {
      continue;
    }
    ctx.strokeStyle = colour(mark.level === 'ok' ? 'ok' : mark.level);
    ctx.setLineDash(mark.level === 'critical' ? [] : mark.level === 'warning' ? [5, 3] : [1, 4]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}

/** A share is shown up to a round one, anything else a little above its highest value. */
function ceiling(high, share, bars) {
  return share ? TOPS.find((top) => top >= (high ?? 0)) ?? high : Math.max(high ?? 0, bars ? 4 : 1024) * 1.05;
}

const TIMES = [
  [86400 * 28, '{YYYY}-{MM}', null, null, null, null, null, null, 1],
  [86400, '{MM}-{DD}', null, null, null, null, null, null, 1],
  [60, '{HH}:{mm}', '\n{MM}-{DD}', null, '\n{MM}-{DD}', null, null, null, 1],
  [1, '{HH}:{mm}:{ss}', null, null, null, null, null, null, 1],
];
const COUNTS = [1, 2, 5].flatMap((step) => [1, 10, 100, 1e3, 1e4, 1e5].map((unit) => step * unit)).sort((a, b) => a - b);
const SHARES = [0.01, 0.02, 0.05, 0.1, 0.25, 0.5];

const newest = (values) => values.findLast((value) => value !== null && value !== undefined);

function options({ lines, format, share, bars, last, range, width, marks, zoom }) {
  const grid = { stroke: colour('line'), width: 1 };
  const axis = { stroke: colour('muted'), grid, ticks: grid, font: '11px system-ui, sans-serif' };
  return {
    width,
    height: HEIGHT + (last ? AXIS_HEIGHT : 0),
    padding: [10, 26, last ? 0 : 6, 0],
    cursor: { sync: { key: 'timeline' }, drag: { x: true, y: false, setScale: false }, points: { size: 6 } },
    scales: { x: { time: true, range: () => range.current }, y: { range: (plot, low, high) => [0, ceiling(high, share, bars)] } },
    axes: [
      { ...axis, space: 70, size: last ? AXIS_HEIGHT : 0, values: last ? TIMES : (plot, ticks) => ticks.map(() => '') },
      { ...axis, size: AXIS_WIDTH, space: 28, values: (plot, ticks) => ticks.map((tick) => (share ? `${Math.round(tick * 100)}%` : format(tick))),
        incrs: bars ? COUNTS : share ? SHARES : binary() },
    ],
    series: [
      { value: (plot, second) => (second === null ? '' : new Date(second * 1000).toLocaleString('sv')) },
      ...lines.map((line, i) => ({
        label: line.label,
        stroke: colour('line-' + (i + 1)),
        fill: bars ? colour('line-1') : i === 0 ? colour('line-1') + '1f' : undefined,
        width: 1.5,
        dash: i === 0 ? undefined : [[6, 3], [2, 2], [8, 3, 2, 3]][i - 1],
        paths: bars ? uPlot.paths.bars({ size: [0.8, 12], align: 1 }) : undefined,
        points: bars ? { show: false } : { size: 4 },
        value: (plot, value, index, at) => {
          const shown = at === null || at === undefined ? newest(plot.data[index]) : value;
          return shown === null || shown === undefined ? '–' : format(shown);
        },
      })),
    ],
    hooks: {
      drawAxes: [(plot) => drawMarks(plot, marks.current)],
      setSelect: [(plot) => {
        const { left, width: wide } = plot.select;
        if (wide > 4) {
          zoom.current(plot.posToVal(left, 'x'), plot.posToVal(left + wide, 'x'));
          plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
        }
      }],
    },
  };
}

/** Sizes are binary, so are their ticks. */
function binary() {
  const steps = [];
  for (let unit = 1; unit < 2 ** 50; unit *= 1024) {
    steps.push(...[1, 2, 5, 10, 20, 50, 100, 200, 500].map((step) => step * unit));
  }
  return steps;
}

/** @param data columns as uPlot takes them; @param marks seconds and levels; @param onZoom gets two seconds */
export function Plot({ title, lines, format, share, bars, last, data, range, marks, onZoom, summary }) {
  const place = useRef();
  const plot = useRef(null);
  const latest = { range: useRef(range), marks: useRef(marks), zoom: useRef(onZoom) };
  latest.range.current = range;
  latest.marks.current = marks;
  latest.zoom.current = onZoom;
  const [theme, setTheme] = useState(0);

  useEffect(() => {
    const changed = () => setTheme((count) => count + 1);
    const system = matchMedia('(prefers-color-scheme: dark)');
    window.addEventListener('keepwatch:theme', changed);
    system.addEventListener('change', changed);
    return () => { window.removeEventListener('keepwatch:theme', changed); system.removeEventListener('change', changed); };
  }, []);

  useEffect(() => {
    const element = place.current;
    plot.current = new uPlot(options({ lines, format, share, bars, last, width: element.clientWidth, ...latest }), data, element);
    const watch = new ResizeObserver(() => plot.current.setSize({ width: element.clientWidth, height: HEIGHT + (last ? AXIS_HEIGHT : 0) }));
    watch.observe(element);
    return () => { watch.disconnect(); plot.current.destroy(); };
  }, [theme, lines]);

  useEffect(() => { plot.current.setData(data); }, [data, range[0], range[1], marks]);

  return html`<figure class="plot"><figcaption><h2>${title}</h2></figcaption>
    <div ref=${place} role="img" aria-label=${`${title}: ${summary}`}></div></figure>`;
}
