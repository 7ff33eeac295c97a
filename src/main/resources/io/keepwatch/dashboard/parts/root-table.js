// Each root: is every change seen at once, how much is kept, since when.
import { html } from '../vendor/preact.js';
import { useMayOperate } from './api.js';
import { backUp } from './back-up.js';
import { ago, bytes, count, plural } from './format.js';
import { Mark, Panel, Problem, Table, Time } from './marks.js';
import { useAction, useNow } from './resource.js';
import { address } from './route.js';

const WATCH = {
  starting: ['busy', 'starting'],
  complete: ['ok', 'every change at once'],
  polling: ['warning', 'partly by comparison'],
  missing: ['critical', 'directory missing'],
};

function Row({ root, now, onChange }) {
  const operate = useMayOperate();
  const action = useAction(async () => {
    const answer = await backUp(root.path);
    onChange();
    return answer;
  });
  const [level, word] = WATCH[root.watch] ?? ['info', root.watch];
  return html`<tr>
    <th scope="row"><a href=${address('files', { root: root.name })}>${root.name}</a><div class="muted path">${root.path}</div></th>
    <td><${Mark} level=${level}>${word}<//>
      ${root.problem && html`<p class="why">${root.problem}${root.remedy && html`<br /><span class="remedy">To do: ${root.remedy}</span>`}</p>`}</td>
    <td class="number">${count(root.files)}</td>
    <td class="number">${bytes(root.bytes)}</td>
    <td><${Time} at=${root.last_durable} text=${ago(root.last_durable, now)} /></td>
    <td>${root.reconcile ? html`<${Mark} level="busy">under way<//>` : html`<${Time} at=${root.last_reconcile} text=${ago(root.last_reconcile, now)} />`}</td>
    <td><button type="button" disabled=${!operate || action.busy} aria-label=${'Back up ' + root.name + ' now'} onClick=${() => action.run()}>
        ${action.busy ? 'Comparing …' : 'Back up'}</button>
      <span role="status" class="muted">${action.done && ` ${plural(action.done.changes, 'change')} found`}</span>
      <${Problem} problem=${action.problem} /></td>
  </tr>`;
}

export function RootTable({ roots, onChange }) {
  const now = useNow(5);
  if (!roots.length) {
    return null;
  }
  return html`<${Panel} title="Watched directories">
    <${Table} caption="Watched directories" head=${['Root', 'Watch', { text: 'Files', number: true }, { text: 'Size', number: true }, 'Last durable', 'Last compared', html`<span class="hidden">Action</span>`]}>
      ${roots.map((root) => html`<${Row} key=${root.name} root=${root} now=${now} onChange=${onChange} />`)}
    <//>
  <//>`;
}
