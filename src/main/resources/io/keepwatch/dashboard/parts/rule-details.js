// One rule: why it is in its state, and what its runs did.
import { html } from '../vendor/preact.js';
import { text } from './events.js';
import { duration, plural, sentence, time } from './format.js';
import { Empty, Loading, Mark, Panel, Problem, Table, Time } from './marks.js';
import { useResource } from './resource.js';
import { address, go } from './route.js';
import { RunMark } from './rule-table.js';
import { Verdicts } from './verdicts.js';

const STEPS = {
  running: ['busy', 'running'], retrying: ['warning', 'tries again'], waiting: ['busy', 'waits'], succeeded: ['ok', 'succeeded'],
  failed: ['critical', 'failed'], skipped: ['off', 'skipped'], uncertain: ['warning', 'uncertain'],
};
const seconds = (run) => (Date.parse(run.ended) - Date.parse(run.created)) / 1000;

function explanation(rule) {
  if (rule.problem) {
    return sentence(rule.problem);
  }
  const when = rule.trigger ? `It looks at each ${rule.trigger} event` : 'It runs when another rule calls it';
  const what = { on: 'and runs its steps where its conditions hold', shadow: 'and only records what it would do', off: 'but it is switched off' }[rule.mode];
  return `${when} ${what}. ${rule.firing ? 'Its conditions hold now.' : ''}`;
}

function Steps({ steps }) {
  return html`<ol class="steps">${steps.map((step) => {
    const [level, word] = STEPS[step.status] ?? ['info', step.status];
    return html`<li key=${step.path}><strong>${step.path}</strong> <${Mark} level=${level}>${word}<//>
      ${step.attempt > 1 && html`<span class="muted"> at try ${step.attempt}</span>`}${step.until && html`<span class="muted"> until ${time(step.until)}</span>`}
      ${step.error && html`<p>${sentence(step.error)}</p>`}
      ${Object.keys(step.result ?? {}).length > 0 && html`<details><summary>Output</summary><pre>${JSON.stringify(step.result, null, 2)}</pre></details>`}</li>`;
  })}</ol>`;
}

function Run({ id }) {
  const detail = useResource('runs/' + encodeURIComponent(id), {}, { events: ['run.', 'action.'] });
  if (!detail.data) {
    return detail.problem ? html`<${Problem} problem=${detail.problem} retry=${detail.reload} />` : html`<${Loading} />`;
  }
  const { run, event, steps } = detail.data;
  return html`<h3>Run of ${time(run.created)}</h3>
    <p><${RunMark} status=${run.status} /> after ${event.type}${event.subject ? ` of ${event.subject}` : ''}: ${text(event)}</p>
    ${run.problem && html`<p>${sentence(run.problem)}</p>`}
    <${Steps} steps=${steps} />`;
}

export function RuleDetails({ rule, run }) {
  const runs = useResource('runs', { rule: rule.name, limit: 50 }, { events: ['run.'] });
  const items = runs.data?.items ?? [];
  return html`<${Panel} title=${rule.name} actions=${html`<button type="button" class="quiet" onClick=${() => go('rules')}>Close</button>`}>
    <p>${rule.description}</p><p>${explanation(rule)}</p>
    <p class="muted">Written in <code>${rule.place}</code>.</p>
    <${Verdicts} rule=${rule} />
    <h3>What it did</h3>
    <${Problem} problem=${runs.problem} retry=${runs.reload} />
    ${runs.loading ? html`<${Loading} />` : items.length ? html`<${Table} caption=${plural(items.length, 'run')} className="small" head=${['Run', 'Status', 'Key', 'Took']}>
      ${items.map((each) => html`<tr key=${each.id} class=${each.id === run ? 'chosen' : ''}><th scope="row"><a href=${address('rules', { rule: rule.name, run: each.id })}><${Time} at=${each.created} /></a></th>
        <td><${RunMark} status=${each.status} />${each.resolve && ' (over)'}</td><td>${each.key}</td><td>${each.ended ? duration(seconds(each)) : '–'}</td></tr>`)}<//>`
      : html`<${Empty}>It has not run yet.<//>`}
    ${run && html`<${Run} key=${run} id=${run} />`}
  <//>`;
}
