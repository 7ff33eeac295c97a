// One directory as it was at a time.
import { html, useEffect, useState } from '../vendor/preact.js';
import { get, useMayOperate } from './api.js';
import { bytes, plural, time } from './format.js';
import { Icon } from './icons.js';
import { Empty, Loading, Mark, Panel, Problem, Table, Time } from './marks.js';
import { useResource } from './resource.js';
import { address } from './route.js';

const KINDS = { directory: 'folder', symlink: 'link' };

function Crumbs({ place }) {
  const parts = place.path ? place.path.split('/') : [];
  return html`<nav aria-label="Folders" class="crumbs">
    <a href=${address('files', { ...place, path: '', file: null })}>${place.root}</a>
    ${parts.map((part, i) => html`<span key=${i}><span aria-hidden="true">/</span><a href=${address('files', { ...place, path: parts.slice(0, i + 1).join('/'), file: null })}
      aria-current=${i === parts.length - 1 ? 'page' : undefined}>${part}</a></span>`)}</nav>`;
}

function Entry({ entry, place }) {
  const target = entry.type === 'directory' ? { ...place, path: entry.path, file: null } : { ...place, file: entry.path };
  return html`<tr class=${place.file === entry.path ? 'chosen' : ''}>
    <th scope="row"><a class="entry" href=${address('files', target)}><${Icon} name=${KINDS[entry.type] ?? 'file'} /><span>${entry.name}</span></a>
      ${entry.deleted && html` <${Mark} level="off">deleted<//>`}${entry.inconsistent && html` <${Mark} level="warning">changed while read<//>`}
      ${entry.link_target !== null && html`<div class="muted path">→ ${entry.link_target}</div>`}</th>
    <td class="number">${entry.type === 'regular' ? bytes(entry.size_bytes) : ''}</td>
    <td><${Time} at=${entry.modified} /></td>
    <td>${entry.durable ? html`<${Time} at=${entry.durable} />` : html`<${Mark} level="busy">waits<//>`}</td>
    <td class="mono nowrap">${entry.mode}</td><td class="nowrap">${entry.owner}</td>
  </tr>`;
}

const foldersFirst = (a, b) => (b.type === 'directory') - (a.type === 'directory');

export function Browser({ place, onRestore }) {
  const question = { root: place.root, path: place.path, at: place.at, deleted: place.deleted };
  const first = useResource('files', { ...question, limit: 500 }, { events: place.at ? [] : ['file.changed', 'backup.completed'] });
  const [more, setMore] = useState({ items: [], next: null, problem: null });
  const operate = useMayOperate();
  useEffect(() => setMore({ items: [], next: first.data?.next ?? null, problem: null }), [first.data]);
  const load = () => get('files', { ...question, limit: 500, cursor: more.next }).then(
    (page) => setMore({ items: [...more.items, ...page.items], next: page.next, problem: null }),
    (problem) => setMore({ ...more, problem }));
  const items = [...(first.data?.items ?? []), ...more.items].sort(foldersFirst);
  return html`<${Panel} title="Folder" actions=${html`<button type="button" disabled=${!operate} onClick=${() => onRestore(place.path)}>Restore this folder</button>`}>
    <${Crumbs} place=${place} />
    <p class="muted" role="status">${first.loading ? 'Loading …' : `${plural(items.length, 'entry', 'entries')}${more.next ? ' and more' : ''}, as of ${place.at ? time(place.at) : 'now'}`}</p>
    <${Problem} problem=${first.problem} retry=${first.reload} />
    ${first.loading ? html`<${Loading} />` : items.length ? html`
      <${Table} caption="Entries of the folder" className="entries" head=${['Name', { text: 'Size', number: true }, 'Modified', 'Durable', 'Mode', 'Owner']}>
        ${items.map((entry) => html`<${Entry} key=${entry.path} entry=${entry} place=${place} />`)}<//>`
      : !first.problem && html`<${Empty}>${place.at ? 'Nothing was here then.' : 'Nothing is here.'}<//>`}
    <${Problem} problem=${more.problem} retry=${load} />
    ${more.next && html`<button type="button" onClick=${load}>Show more</button>`}
  <//>`;
}
