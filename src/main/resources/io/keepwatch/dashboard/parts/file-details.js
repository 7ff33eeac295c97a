// One file: its versions, what differs between two of them, download and restore.
import { html, useEffect, useRef, useState } from '../vendor/preact.js';
import { content, useMayOperate } from './api.js';
import { Difference } from './difference.js';
import { bytes, time } from './format.js';
import { Loading, Mark, Panel, Problem, Table, Time } from './marks.js';
import { useAction, useResource } from './resource.js';

const LARGEST_DOWNLOAD = 256 * 1024 * 1024;
const STATES = { current: ['ok', 'current'], past: ['info', 'past'], pending: ['busy', 'waits'], uploading: ['busy', 'being sent'] };

async function download(root, path, version) {
  const blob = await content({ root, path, version, max_bytes: LARGEST_DOWNLOAD });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = path.split('/').pop();
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function Version({ version, picked, pick, onDownload, onRestore, busy }) {
  const operate = useMayOperate();
  const readable = version.type === 'regular' && version.durable;
  const name = time(version.observed);
  const [level, word] = version.deleted ? ['off', 'deleted'] : STATES[version.state] ?? ['info', version.state];
  return html`<tr class=${picked ? 'chosen' : ''}>
    <td><input type="checkbox" aria-label=${'Compare the version of ' + name} checked=${picked} disabled=${!readable} onChange=${pick} /></td>
    <th scope="row" class="nowrap"><${Time} at=${version.observed} /></th>
    <td><${Mark} level=${level}>${word}<//>${version.inconsistent && html`<br /><${Mark} level="warning">changed while read<//>`}</td>
    <td class="number">${version.size_bytes === null ? '' : bytes(version.size_bytes)}</td>
    <td><span class="buttons"><button type="button" class="text" disabled=${!readable || busy} aria-label=${'Download the version of ' + name} onClick=${onDownload}>Download</button>
      <button type="button" class="text" disabled=${!operate || version.deleted || !version.durable} aria-label=${'Restore the version of ' + name} onClick=${onRestore}>Restore</button></span></td>
  </tr>`;
}

/** @param onRestore gets the time to restore: null for the current version, whatever time the page shows */
export function FileDetails({ root, path, onClose, onRestore }) {
  const versions = useResource('files/versions', { root: root.name, path, limit: 200 }, { events: ['file.changed', 'backup.completed'] });
  const [picked, setPicked] = useState([]);
  const save = useAction((version) => download(root.name, path, version));
  const place = useRef();
  useEffect(() => place.current.scrollIntoView({ block: 'nearest' }), []);
  const items = versions.data?.items ?? [];
  // A third one takes the place of the one that was picked first.
  const pick = (version) => setPicked(picked.includes(version) ? picked.filter((each) => each !== version) : [...picked, version].slice(-2));
  const pair = picked.map((each) => items.find((item) => item.version === each)).filter(Boolean).sort((a, b) => a.version - b.version);
  return html`<div ref=${place}><${Panel} title="Versions" actions=${html`<button type="button" class="quiet" onClick=${onClose}>Close</button>`}>
    <p class="path">${root.path ?? root.name}/${path}</p>
    <${Problem} problem=${versions.problem} retry=${versions.reload} />
    <${Problem} problem=${save.problem} />
    ${versions.loading ? html`<${Loading} />` : html`
      <${Table} caption=${'Versions of ' + path} head=${[html`<span class="hidden">Compare</span>`, 'Seen', 'State', { text: 'Size', number: true }, html`<span class="hidden">Actions</span>`]}>
        ${items.map((item) => html`<${Version} key=${item.version} version=${item} picked=${picked.includes(item.version)} busy=${save.busy}
          pick=${() => pick(item.version)} onDownload=${() => save.run(item.version)} onRestore=${() => onRestore(item.state === 'current' ? null : item.observed)} />`)}<//>
      ${pair.length === 2 ? html`<${Difference} root=${root.name} path=${path} older=${pair[0]} newer=${pair[1]} />`
        : items.length > 1 && html`<p class="muted">Tick two versions to see what differs between them.</p>`}
      ${versions.data?.next && html`<p class="muted">These are the newest 200; <code>keepwatch versions</code> lists all.</p>`}`}
  <//></div>`;
}
