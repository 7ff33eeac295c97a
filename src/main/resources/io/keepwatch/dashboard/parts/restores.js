// Restores since the daemon began: how far each is, how it ended, and a way to stop it.
import { html, useEffect, useState } from '../vendor/preact.js';
import { send, useMayOperate } from './api.js';
import { bytes, count, plural, time } from './format.js';
import { Mark, Meter, Panel, Problem, Time } from './marks.js';
import { useAction, useResource } from './resource.js';

const STATES = {
  waiting: ['busy', 'waits'], running: ['busy', 'running'], succeeded: ['ok', 'done'], incomplete: ['warning', 'incomplete'],
  failed: ['critical', 'ended by a problem'], cancelled: ['off', 'cancelled'],
};
const underWay = (restore) => restore.state === 'running' || restore.state === 'waiting';
// Most restores end within a second or two: the first looks come soon, then every 5 s.
const SOON_MILLIS = [400, 1200, 3000];

function Report({ report }) {
  return html`<p>${plural(report.restored, 'entry', 'entries')} restored (${bytes(report.bytes)}), ${count(report.unchanged)} there already, ${count(report.skipped)} kept, ${count(report.failed)} not written</p>
    ${report.warnings.map((warning) => html`<p class="muted">${warning}</p>`)}
    ${report.notes.length > 0 && html`<details><summary>${plural(report.notes.length, 'note')}</summary><ul>
      ${report.notes.map((note) => html`<li key=${note.path}><span class="path">${note.path}</span>: ${note.reason}</li>`)}</ul></details>`}`;
}

function Restore({ restore, onChange }) {
  const operate = useMayOperate();
  const cancel = useAction(async () => { await send('DELETE', 'restores/' + restore.id); onChange(); });
  const [level, word] = STATES[restore.state] ?? ['info', restore.state];
  const { progress } = restore;
  const words = `${count(progress.entries)} of ${count(progress.total_entries)} entries, ${bytes(progress.bytes)} of ${bytes(progress.total_bytes)}`;
  return html`<li class="restore" data-state=${restore.state}>
    <div class="panel-head"><span><${Mark} level=${level}>${word}<//>${restore.request.dry_run && ' (only said what would be done)'}</span>
      <span class="muted">begun <${Time} at=${restore.created} /> by ${restore.by}</span></div>
    <p><span class="path">${restore.request.patterns.join(', ')}</span> as of ${restore.request.at ? time(restore.request.at) : 'the newest'} to <span class="path">${restore.request.to}</span></p>
    ${underWay(restore) && html`<${Meter} value=${progress.total_bytes ? progress.bytes / progress.total_bytes : 0} label=${words} /><p class="muted">${words}</p>
      <button type="button" disabled=${!operate || cancel.busy} onClick=${() => cancel.run()}>Cancel</button>`}
    ${restore.report && html`<${Report} report=${restore.report} />`}
    ${restore.problem && html`<${Problem} problem=${{ title: 'The restore stopped', detail: restore.problem }} />`}
    <${Problem} problem=${cancel.problem} />
  </li>`;
}

/** @param begun grows with each restore that this page began */
export function Restores({ begun }) {
  const restores = useResource('restores', {}, { every: (now) => (now?.items.some(underWay) ? 5 : 0) });
  const [look, setLook] = useState(0);
  const busy = restores.data?.items.some(underWay);
  useEffect(() => { if (begun) { setLook(0); restores.reload(); } }, [begun]);
  useEffect(() => {
    if (!busy || look >= SOON_MILLIS.length) {
      return undefined;
    }
    const timer = setTimeout(() => { restores.reload(); setLook(look + 1); }, SOON_MILLIS[look]);
    return () => clearTimeout(timer);
  }, [busy, look, begun]);
  if (!restores.data?.items.length) {
    return null;
  }
  return html`<${Panel} title="Restores"><ul class="plain" aria-live="polite">
    ${restores.data.items.map((restore) => html`<${Restore} key=${restore.id} restore=${restore} onChange=${restores.reload} />`)}</ul><//>`;
}
