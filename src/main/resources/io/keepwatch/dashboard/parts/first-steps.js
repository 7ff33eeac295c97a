// What a newcomer needs to know: nothing is watched yet, or the first backup is under way.
import { html } from '../vendor/preact.js';
import { count, plural } from './format.js';
import { Panel } from './marks.js';

const EXAMPLE = `roots:
  - path: /etc
  - path: /home
    exclude: [".cache/", "node_modules/"]`;

export function FirstSteps({ status }) {
  if (!status.roots.length) {
    return html`<${Panel} title="Nothing is watched yet">
      <p>Name the directories to back up in the configuration, then start Keepwatch again:</p>
      <pre>${EXAMPLE}</pre>
      <p><code>keepwatch init</code> writes a configuration with every option explained, <code>keepwatch check</code> shows what is wrong in it.</p>
    <//>`;
  }
  const compared = status.roots.filter((root) => root.reconcile);
  const first = status.roots.some((root) => !root.last_durable);
  if (!first && !compared.length) {
    return null;
  }
  const waiting = status.backlog.pending + status.backlog.uploading;
  return html`<${Panel} title=${first ? 'The first backup is under way' : 'A comparison is under way'}>
    <ul class="plain">${compared.map((root) => html`<li key=${root.name}><strong>${root.name}</strong>: ${plural(root.reconcile.directories, 'directory', 'directories')} and
      ${' '}${plural(root.reconcile.files, 'file')} looked at, ${plural(root.reconcile.changes, 'change')} found</li>`)}</ul>
    ${first && html`<p>${waiting ? `${count(waiting)} of them wait to be sent. ` : ''}You can leave this page: it goes on, also after a restart.
      Meanwhile, see what the <a href="#/host">probes</a> read of this host.</p>`}
  <//>`;
}
