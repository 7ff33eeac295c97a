// What is stored, at any time: browse, compare, download, restore.
import { html, useState } from '../vendor/preact.js';
import { Browser } from '../parts/browser.js';
import { FileDetails } from '../parts/file-details.js';
import { Loading, Problem } from '../parts/marks.js';
import { RestoreDialog } from '../parts/restore-dialog.js';
import { Restores } from '../parts/restores.js';
import { useResource } from '../parts/resource.js';
import { go } from '../parts/route.js';
import { TimeTravel } from '../parts/time-travel.js';

export function Files({ route }) {
  const roots = useResource('roots', {}, { events: ['root.'] });
  const [restoring, setRestoring] = useState(null);
  const [begun, setBegun] = useState(0);
  if (!roots.data) {
    return roots.problem ? html`<${Problem} problem=${roots.problem} retry=${roots.reload} />` : html`<${Loading} />`;
  }
  if (!roots.data.items.length) {
    return html`<p class="notice">Nothing is stored yet. Name the directories to back up under <code>roots</code> in the configuration.</p>`;
  }
  const root = roots.data.items.find((each) => each.name === route.query.get('root')) ?? roots.data.items[0];
  const place = {
    root: root.name,
    path: route.query.get('path') ?? '',
    at: route.query.get('at'),
    file: route.query.get('file'),
    deleted: route.query.get('deleted'),
  };
  const show = (changes) => go('files', { ...place, ...changes });
  return html`
    <div class="toolbar">
      <label>Root <select value=${root.name} onChange=${(event) => go('files', { root: event.target.value, at: place.at })}>
        ${roots.data.items.map((each) => html`<option key=${each.name} value=${each.name} selected=${each.name === root.name}>${each.name}${each.configured ? '' : ' (configured no more)'}</option>`)}
      </select></label>
      <label><input type="checkbox" checked=${place.deleted === 'true'} onChange=${(event) => show({ deleted: event.target.checked ? 'true' : null })} /> Show what was deleted</label>
    </div>
    <${TimeTravel} at=${place.at} onChange=${(at) => show({ at })} />
    <div class=${place.file === null ? 'files' : 'files open'}>
      <${Browser} place=${place} show=${show} onRestore=${(path) => setRestoring({ root, path, at: place.at })} />
      ${place.file !== null && html`<${FileDetails} key=${root.name + place.file} root=${root} path=${place.file}
        onClose=${() => show({ file: null })} onRestore=${(at) => setRestoring({ root, path: place.file, at })} />`}
    </div>
    <${Restores} begun=${begun} />
    ${restoring && html`<${RestoreDialog} what=${restoring} onClose=${() => setRestoring(null)} onBegun=${() => { setRestoring(null); setBegun(begun + 1); }} />`}`;
}
