// Questions that a run asks; until somebody answers, it waits.
import { html } from '../vendor/preact.js';
import { send, useMayOperate } from './api.js';
import { ago, time } from './format.js';
import { Panel, Problem } from './marks.js';
import { useAction, useNow } from './resource.js';

function Question({ question, onAnswer }) {
  const operate = useMayOperate();
  const now = useNow(30);
  const answer = useAction(async (approved) => {
    await send('POST', 'approvals', { run: question.run, step: question.step, approved });
    onAnswer();
  });
  return html`<div class="question">
    <p><strong>${question.question}</strong></p>
    <p class="muted">Rule ${question.rule}, step ${question.step}, asked ${ago(question.asked, now)}.
      ${question.until ? ` Without an answer by ${time(question.until)} it counts as ${question.otherwise ? 'approved' : 'denied'}.` : ' It waits for as long as it takes.'}</p>
    <p class="buttons"><button type="button" class="primary" disabled=${!operate || answer.busy} onClick=${() => answer.run(true)}>Approve</button>
      <button type="button" disabled=${!operate || answer.busy} onClick=${() => answer.run(false)}>Deny</button></p>
    <${Problem} problem=${answer.problem} />
  </div>`;
}

export function Questions({ approvals }) {
  const items = approvals.data?.items ?? [];
  if (!items.length) {
    return html`<${Problem} problem=${approvals.problem} retry=${approvals.reload} />`;
  }
  return html`<${Panel} title="Waiting for your answer"><div aria-live="polite">${items.map((question) => html`<${Question} key=${question.run + question.step} question=${question} onAnswer=${approvals.reload} />`)}</div><//>`;
}
