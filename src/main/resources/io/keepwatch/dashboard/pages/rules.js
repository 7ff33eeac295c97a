// Rules: which fire, what they did, what waits for a person, who is silenced.
import { html } from '../vendor/preact.js';
import { send, useMayOperate } from '../parts/api.js';
import { plural } from '../parts/format.js';
import { Loading, Panel, Problem } from '../parts/marks.js';
import { Questions } from '../parts/questions.js';
import { RuleDetails } from '../parts/rule-details.js';
import { placeOf, RuleTable } from '../parts/rule-table.js';
import { Silences } from '../parts/silences.js';
import { useAction, useResource } from '../parts/resource.js';

const NOT_RUNNING = 409;

function Mistakes({ problems }) {
  if (!problems.length) {
    return null;
  }
  return html`<${Panel} title="Mistakes in rule files"><p>The rules of before go on until these are mended; <code>keepwatch rules check</code> shows the same.</p>
    <ul>${problems.map((problem) => html`<li key=${placeOf(problem)}><code>${placeOf(problem)}</code> ${problem.problem}: ${problem.advice}</li>`)}</ul><//>`;
}

function Reload({ onDone }) {
  const operate = useMayOperate();
  const reload = useAction(async () => {
    const answer = await send('POST', 'reload');
    onDone();
    return answer;
  });
  return html`<div class="toolbar"><button type="button" disabled=${!operate || reload.busy} onClick=${() => reload.run()}>${reload.busy ? 'Loading …' : 'Load the rule files anew'}</button>
    <span role="status" class="muted">${reload.done && (reload.done.accepted ? `${plural(reload.done.rules, 'rule')} in force.` : `Not taken: ${plural(reload.done.problems.length, 'mistake')}. The rules of before go on.`)}</span>
    <${Problem} problem=${reload.problem} /></div>`;
}

export function Rules({ route }) {
  const fresh = { events: ['rule.', 'run.', 'action.', 'approval.'], every: 30 };
  const rules = useResource('rules', {}, fresh);
  const approvals = useResource(rules.data ? 'approvals' : null, {}, fresh);
  const silences = useResource(rules.data ? 'silences' : null, {}, fresh);
  if (rules.problem?.status === NOT_RUNNING) {
    return html`<${Panel} title="Rules are not running here">
      <p>This daemon backs up and watches, but it runs no rules: ${rules.problem.detail}</p>
      <p>What is worth attention stands on the <a href="#/overview">overview</a> and among the <a href="#/events?type=threshold.">events</a> all the same.${' '}
        <code>keepwatch rules check</code> and <code>keepwatch rules test</code> try rule files without a daemon.</p><//>`;
  }
  if (!rules.data) {
    return rules.problem ? html`<${Problem} problem=${rules.problem} retry=${rules.reload} />` : html`<${Loading} />`;
  }
  const chosen = rules.data.items.find((rule) => rule.name === route.query.get('rule'));
  return html`
    <${Questions} approvals=${approvals} />
    <${Reload} onDone=${rules.reload} />
    <${Problem} problem=${rules.problem} retry=${rules.reload} />
    <${Mistakes} problems=${rules.data.problems} />
    <div class=${chosen ? 'rules open' : 'rules'}>
      <${RuleTable} rules=${rules.data.items} chosen=${chosen?.name} mistaken=${rules.data.problems.length > 0} />
      ${chosen && html`<${RuleDetails} key=${chosen.name} rule=${chosen} run=${route.query.get('run')} />`}
    </div>
    <${Silences} silences=${silences} rules=${rules.data.items} />`;
}
