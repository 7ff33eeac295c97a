// Events as lines; each opens to all that it says.
import { html, useState } from '../vendor/preact.js';
import { severity, text } from './events.js';
import { shortTime } from './format.js';
import { Mark, Table, Time } from './marks.js';

function Row({ event, fresh }) {
  const [open, setOpen] = useState(false);
  const level = severity(event);
  return html`<tr class=${fresh ? 'new' : ''} data-type=${event.type}>
      <td><${Time} at=${event.time} text=${shortTime(event.time)} /></td>
      <td><${Mark} level=${level}>${level}<//></td>
      <td class="nowrap">${event.type}</td>
      <td>${event.subject}</td>
      <td class="wide"><button type="button" class="text plain" aria-expanded=${String(open)} onClick=${() => setOpen(!open)}>${text(event)}</button>
        ${open && html`<pre>${JSON.stringify(event, null, 2)}</pre>`}</td>
    </tr>`;
}

export function EventTable({ events, fresh }) {
  const news = new Set(fresh.map((event) => event.id));
  return html`<${Table} caption="Events, the newest first" className="feed" head=${['Time', 'Severity', 'Type', 'Subject', 'What happened']}>
    ${events.map((event) => html`<${Row} key=${event.id} event=${event} fresh=${news.has(event.id)} />`)}<//>`;
}
