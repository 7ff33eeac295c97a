// What is wrong at present: the store, roots, thresholds, probes, rules, and questions that wait for a person.
import { html } from '../vendor/preact.js';
import { ago, plural, sentence } from './format.js';
import { Loading, Mark, Panel, Problem } from './marks.js';
import { useNow, useResource } from './resource.js';
import { address } from './route.js';
import { placeOf } from './rule-table.js';

// Where rules are not running they are asked for once: that is no alert, and stays so until the page is loaded anew.
let withoutRules = false;

const ORDER = { critical: 0, warning: 1, info: 2 };

/** Ten new listeners are one thing to look at: of each topic the worst is told. */
function grouped(crossed) {
  const topics = [...new Set(crossed.map((alert) => alert.topic))];
  return topics.map((topic) => {
    const all = crossed.filter((alert) => alert.topic === topic);
    const [worst] = all;
    const more = all.length > 1 ? ` ${all.length - 1} more of this kind.` : '';
    const link = '#/events?type=threshold.&text=' + encodeURIComponent(topic);
    return { level: worst.severity, what: topic, text: sentence(worst.detail) + more, at: worst.at, link };
  });
}

const page = (rule, run) => address('rules', { rule: rule.name, run });

/** What keeps rules from doing their work: files that were not taken, conditions without an answer, runs that failed. */
function ofRules({ items, problems }) {
  const alerts = [];
  if (problems.length) {
    const [{ problem, advice }] = problems;
    alerts.push({ level: 'warning', what: 'Rule files', link: '#/rules', todo: `${placeOf(problems[0])} ${problem}: ${advice}`,
      text: `${plural(problems.length, 'mistake')}: ${items.length ? 'the rules of before go on.' : 'no rule is in force.'}` });
  }
  for (const rule of items) {
    const run = rule.last_run;
    if (rule.problem) {
      alerts.push({ level: 'warning', what: rule.name, text: sentence(rule.problem), link: page(rule) });
    } else if (run && ['failed', 'uncertain'].includes(run.status)) {
      alerts.push({ level: 'warning', what: rule.name, at: run.created, link: page(rule, run.id),
        text: run.status === 'failed' ? 'Its last run failed: the run says at which step, and why.' : 'Of its last run nobody knows whether a step was done: look at it.' });
    } else if (rule.firing) {
      alerts.push({ level: 'warning', what: rule.name, text: rule.description || 'The rule is firing.', link: page(rule) });
    }
  }
  return alerts;
}

function collect(status, crossed, probes, rules, approvals) {
  const alerts = [];
  if (!status.store.reachable) {
    alerts.push({ level: 'critical', what: 'Store', text: sentence(status.store.problem), todo: 'Mend what it says; changes wait on this host, none is lost, and they go by themselves.', link: '#/events?type=store.' });
  }
  for (const root of status.roots.filter((each) => each.problem)) {
    alerts.push({ level: root.watch === 'missing' ? 'critical' : 'warning', what: root.name, text: sentence(root.problem), todo: root.remedy });
  }
  alerts.push(...grouped(crossed));
  for (const probe of probes.filter((each) => each.state === 'failed')) {
    alerts.push({ level: 'warning', what: probe.name, text: sentence(probe.problem), at: probe.at, link: '#/host' });
  }
  alerts.push(...ofRules(rules));
  for (const question of approvals) {
    alerts.push({ level: 'critical', what: question.rule, text: question.question, at: question.asked, link: '#/rules' });
  }
  return alerts.sort((a, b) => ORDER[a.level] - ORDER[b.level]);
}

function Verdict({ known, alerts, problem }) {
  if (alerts || problem) {
    return null;
  }
  return known ? html`<p class="empty"><${Mark} level="ok">Nothing is wrong.<//></p>` : html`<${Loading} />`;
}

export function Alerts({ status }) {
  const now = useNow(30);
  const crossed = useResource('alerts', {}, { events: ['threshold.'], every: 60 });
  const probes = useResource('probes', {}, { events: ['probe.'], every: 60 });
  const rules = useResource(withoutRules ? null : 'rules', {}, { events: ['rule.', 'run.'] });
  withoutRules ||= rules.problem?.status === 409;
  const approvals = useResource(rules.data ? 'approvals' : null, {}, { events: ['rule.', 'run.', 'approval.'] });
  const asked = [crossed, probes, ...(withoutRules ? [] : [rules, approvals])];
  const known = Boolean(status) && asked.every((each) => each.data);
  const problem = asked.find((each) => each.problem)?.problem;
  const retry = () => asked.filter((each) => each.problem).forEach((each) => each.reload());
  const alerts = status ? collect(status, crossed.data?.items ?? [], probes.data?.items ?? [], rules.data ?? { items: [], problems: [] }, approvals.data?.items ?? []) : [];
  return html`<${Panel} title="Needs attention" actions=${alerts.length ? html`<span class="badge">${alerts.length}</span>` : null}>
    <${Problem} problem=${problem} retry=${retry} />
    ${alerts.length > 0 && html`<ul class="alerts">${alerts.map((alert) => html`<li key=${alert.what + alert.text}>
        <${Mark} level=${alert.level}>${alert.level}<//>
        <div><strong>${alert.link ? html`<a href=${alert.link}>${alert.what}</a>` : alert.what}</strong>
          ${alert.at && html`<span class="muted"> ${ago(alert.at, now)}</span>`}
          <p>${alert.text}</p>${alert.todo && html`<p class="remedy">To do: ${alert.todo}</p>`}</div></li>`)}</ul>`}
    <${Verdict} known=${known} alerts=${alerts.length} problem=${problem} />
  <//>`;
}
