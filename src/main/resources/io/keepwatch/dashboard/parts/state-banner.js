// The one sentence that an administrator wants, and the numbers behind it.
import { html } from '../vendor/preact.js';
import { useMayOperate } from './api.js';
import { backUp } from './back-up.js';
import { ago, bytes, count, duration, plural, sentence } from './format.js';
import { Problem, Time } from './marks.js';
import { useAction, useNow } from './resource.js';

const STATES = {
  current: { level: 'ok', word: 'Everything is durable', shape: 'M7 16.5l5.5 5.5L25 9.5' },
  behind: { level: 'busy', word: 'Catching up', shape: 'M16 8v8.5l5.5 3' },
  blocked: { level: 'critical', word: 'A person must act', shape: 'M16 7.5v11m0 5v.01' },
};

const Fact = ({ name, children, note }) => html`<div class="fact"><dt>${name}</dt><dd>${children}</dd>${note && html`<dd class="note">${note}</dd>`}</div>`;

function summary(status) {
  return status.state === 'current' && status.roots.length
    ? `Every change that was seen is in ${status.store.location}.`
    : sentence(status.summary);
}

/** @param last the newest flush, where there is one */
export function StateBanner({ status, last, onChange }) {
  const now = useNow(5);
  const operate = useMayOperate();
  const all = useAction(async () => {
    const answers = await Promise.all(status.roots.map((root) => backUp(root.path)));
    onChange();
    return answers.reduce((sum, answer) => sum + answer.changes, 0);
  });
  const { level, word, shape } = STATES[status.state] ?? STATES.behind;
  const { backlog } = status;
  const waiting = backlog.pending + backlog.uploading;
  const files = status.roots.reduce((sum, root) => sum + root.files, 0);
  const size = status.roots.reduce((sum, root) => sum + root.bytes, 0);
  return html`<section class=${'banner ' + level} aria-label="State of the backup">
    <div class="sentence">
      <svg viewBox="0 0 32 32" width="44" height="44" aria-hidden="true"><circle cx="16" cy="16" r="14" /><path d=${shape} /></svg>
      <div role="status"><p class="state" data-state=${status.state}>${word}</p><p class="summary">${summary(status)}</p></div>
      <button type="button" class="primary" disabled=${!operate || all.busy || !status.roots.length} onClick=${() => all.run()}
        title=${operate ? 'Compares every root with the catalog now' : 'Your token may only read'}>${all.busy ? 'Comparing …' : 'Back up now'}</button>
    </div>
    <p role="status" class="answer">${all.done !== null && `Compared: ${plural(all.done, 'change')} found.`}</p>
    <${Problem} problem=${all.problem} />
    <dl class="facts">
      <${Fact} name="Lag" note=${waiting ? 'of the oldest change' : 'nothing waits'}>${duration(backlog.lag_seconds)}<//>
      <${Fact} name="Backlog" note=${bytes(backlog.bytes)}>${count(waiting)}<//>
      <${Fact} name="Last flush" note=${last ? `${plural(last.versions, 'version')} after ${duration(last.latency_seconds)}` : ''}>
        ${last ? html`<${Time} at=${last.at} text=${ago(last.at, now)} />` : 'none yet'}<//>
      <${Fact} name="Kept" note=${bytes(size)}>${plural(files, 'file')}<//>
      <${Fact} name="Store" note=${'layout ' + status.store.layout}>${status.store.reachable ? 'answers' : html`<strong>no answer</strong>`}<//>
    </dl>
  </section>`;
}
