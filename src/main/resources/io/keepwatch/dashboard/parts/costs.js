// What the store charges this month, and how much of the budget is used.
import { html } from '../vendor/preact.js';
import { bytes, count, duration, money, percent } from './format.js';
import { Loading, Meter, Panel, Problem } from './marks.js';
import { useResource } from './resource.js';

function Budget({ budget }) {
  const share = budget.limit ? budget.used / budget.limit : 0;
  const amount = (value) => (budget.unit === 'requests' ? count(Math.round(value)) : money(value, budget.unit));
  const level = share >= 1 ? 'critical' : share > 0.8 ? 'warning' : 'ok';
  const words = `${amount(budget.used)} of ${amount(budget.limit)}${budget.unit === 'requests' ? ' requests' : ''} ${budget.period === 'day' ? 'today' : 'this month'}, ${percent(share)}`;
  return html`<div class="budget"><p>${words}</p><${Meter} value=${share} level=${level} label=${'Budget: ' + words} />
    ${budget.interval_seconds > 0 && html`<p class="muted">To stay within it, flushes are ${duration(budget.interval_seconds)} apart.</p>`}</div>`;
}

/** @param budget null where none is set, undefined as long as that is not known */
export function Costs({ budget }) {
  const bill = useResource('requests', {}, { events: ['backup.completed'], every: 120 });
  return html`<${Panel} title="This month">
    ${bill.data ? html`
      <dl class="facts">
        <div class="fact"><dt>Requests and reads</dt><dd>${money(bill.data.total, bill.data.currency)}</dd></div>
        <div class="fact"><dt>Storage</dt><dd>${money(bill.data.storage_per_month, bill.data.currency)}</dd><dd class="note">a month for ${bytes(bill.data.stored_bytes)}</dd></div>
        <div class="fact"><dt>Sent</dt><dd>${bytes(bill.data.bytes_sent)}</dd></div>
      </dl>
      <table class="small"><caption class="hidden">Requests this month</caption>
        <thead><tr><th scope="col">Request</th><th scope="col" class="number">Number</th><th scope="col" class="number">Price</th></tr></thead>
        <tbody>${Object.entries(bill.data.requests).filter(([, of]) => of.number).map(([kind, of]) => html`<tr key=${kind}><th scope="row">${kind}</th>
          <td class="number">${count(of.number)}</td><td class="number">${money(of.cost, bill.data.currency)}</td></tr>`)}</tbody></table>
      ${budget ? html`<${Budget} budget=${budget} />` : budget === null && html`<p class="muted">No budget is set (<code>store.budget</code>).</p>`}`
      : bill.problem ? html`<${Problem} problem=${bill.problem} retry=${bill.reload} />` : html`<${Loading} />`}
  <//>`;
}
