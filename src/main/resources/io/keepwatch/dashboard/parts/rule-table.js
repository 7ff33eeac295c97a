// All rules with their state.
import { html } from '../vendor/preact.js';
import { ago, count } from './format.js';
import { Empty, Mark, Panel, Table, Time } from './marks.js';
import { address } from './route.js';

const MODES = { on: 'on', shadow: 'shadow: only says what it would do', off: 'off' };
export const RUNS = {
  queued: ['busy', 'queued'], running: ['busy', 'running'], succeeded: ['ok', 'succeeded'], failed: ['critical', 'failed'],
  uncertain: ['warning', 'uncertain'], cancelled: ['off', 'cancelled'], shadow: ['info', 'shadow'],
};

export function RunMark({ status }) {
  const [level, word] = RUNS[status] ?? ['info', status];
  return html`<${Mark} level=${level}>${word}<//>`;
}

function state(rule) {
  if (rule.problem) {
    return ['critical', 'could not be judged'];
  }
  return rule.firing ? ['warning', 'firing'] : rule.mode === 'off' ? ['off', 'off'] : ['ok', 'quiet'];
}

/** Of a mistake; one of a whole file has no line. */
export const placeOf = ({ file, line, column }) => (line > 0 ? `${file}:${line}:${column}` : file);

/** @param mistaken whether files were not taken, which stands above */
export function RuleTable({ rules, chosen, mistaken }) {
  return html`<${Panel} title="Rules">
    ${rules.length ? html`<${Table} caption="Rules" head=${['Rule', 'State', 'Mode', 'Trigger', { text: 'Runs', number: true }, 'Last run']}>
      ${rules.map((rule) => html`<tr key=${rule.name} class=${rule.name === chosen ? 'chosen' : ''}>
        <th scope="row"><a href=${address('rules', { rule: rule.name })}>${rule.name}</a><div class="muted">${rule.description}</div></th>
        <td><${Mark} level=${state(rule)[0]}>${state(rule)[1]}<//></td><td>${MODES[rule.mode] ?? rule.mode}</td><td>${rule.trigger ?? 'called by others'}</td>
        <td class="number">${count(rule.runs)}</td>
        <td>${rule.last_run ? html`<${RunMark} status=${rule.last_run.status} /> <${Time} at=${rule.last_run.created} text=${ago(rule.last_run.created)} />` : html`<span class="muted">never</span>`}</td></tr>`)}<//>`
      : mistaken ? html`<${Empty}>No rule is in force until the mistakes above are mended.<//>` : html`<${Empty}>No rule is loaded. <code>rules</code> in the configuration names their folder; examples are in <code>workflows/</code>.<//>`}
  <//>`;
}
