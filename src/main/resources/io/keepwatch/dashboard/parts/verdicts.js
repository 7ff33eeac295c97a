// What a rule makes of the newest event of each subject that it waits for.
import { html } from '../vendor/preact.js';
import { sentence } from './format.js';
import { Empty, Loading, Mark, Problem, Table, Time } from './marks.js';
import { useResource } from './resource.js';

function Verdict({ verdict }) {
  const { event, matches, parts } = verdict;
  return html`<details class="verdict"><summary><${Mark} level=${matches ? 'warning' : 'ok'}>${matches ? 'matches' : 'does not match'}<//>${' '}
      <strong>${event.subject}</strong> <span class="muted">${event.type}, <${Time} at=${event.time} /></span></summary>
    <p>${sentence(verdict.verdict)}</p>
    ${parts.length > 0 && html`<${Table} caption="Parts of the conditions, from the inside out" className="small" head=${['Key', 'Expression', 'Value']}>
      ${parts.map((part, number) => html`<tr key=${number}><td>${part.key}</td><th scope="row"><code>${part.expression}</code></th><td><code>${part.value}</code></td></tr>`)}<//>`}
  </details>`;
}

export function Verdicts({ rule }) {
  const verdicts = useResource(`rules/${encodeURIComponent(rule.name)}/explain`, {}, { events: ['run.'], every: 30 });
  const items = verdicts.data?.items ?? [];
  return html`<h3>Why it runs, or does not</h3>
    <${Problem} problem=${verdicts.problem} retry=${verdicts.reload} />
    ${verdicts.loading ? html`<${Loading} />` : items.length ? items.map((verdict) => html`<${Verdict} key=${verdict.event.type + verdict.event.subject} verdict=${verdict} />`)
      : html`<${Empty}>${rule.trigger ? `No ${rule.trigger} event since the daemon began.` : 'It waits for no event.'}<//>`}`;
}
