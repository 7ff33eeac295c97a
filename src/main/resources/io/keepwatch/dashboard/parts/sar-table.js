// All readings of the timeline side by side, as `keepwatch sar` prints them.
import { html, useMemo } from '../vendor/preact.js';
import { shortTime } from './format.js';
import { Empty, Panel, Table } from './marks.js';
import { COLUMNS, rows } from './series.js';

export function SarTable({ data, from, to }) {
  const lines = useMemo(() => rows(data, from, to), [data, from, to]);
  return html`<${Panel} title="The same as a table" actions=${html`<span class="muted">also: <code>keepwatch sar</code></span>`}>
    ${lines.length ? html`<${Table} caption="Readings in equal steps, the newest first" className="small" head=${['Time', ...COLUMNS.map((column) => ({ text: column.label, number: true }))]}>
      ${lines.map(({ second, cells }) => html`<tr key=${second}><th scope="row" class="nowrap">${shortTime(second * 1000)}</th>
        ${cells.map((value, i) => html`<td class="number" key=${COLUMNS[i].name}>${value === null ? '–' : COLUMNS[i].format(value)}</td>`)}</tr>`)}<//>`
      : html`<${Empty}>Nothing was read in this span yet. The history is written every five minutes; what the probes read while this page is open is shown at once.<//>`}
  <//>`;
}
