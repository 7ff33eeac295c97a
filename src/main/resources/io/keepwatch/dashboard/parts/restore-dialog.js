// Asks where to restore to. The API writes only beneath the folders of http.restore_to.
import { html, useEffect, useRef, useState } from '../vendor/preact.js';
import { send } from './api.js';
import { time } from './format.js';
import { Loading, Problem } from './marks.js';
import { useAction, useResource } from './resource.js';

/** What a shell takes as one word. */
const quoted = (text) => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

function Refused({ what, at }) {
  return html`<div class="notice">
    <p><strong>The dashboard may not write on this host.</strong> Name folders for it in the configuration and start the daemon again:</p>
    <pre>http:
  restore_to: [/srv/restore]</pre>
    <p>Or restore on the host itself:</p>
    <pre>keepwatch restore ${at ? `--at ${quoted(at)} ` : ''}${quoted(what)} --to /tmp/restored</pre>
  </div>`;
}

function Form({ pattern, at, targets, onBegun, onClose }) {
  const [folder, setFolder] = useState(targets[0]);
  const [beneath, setBeneath] = useState('');
  const [overwrite, setOverwrite] = useState('never');
  const [dry, setDry] = useState(false);
  const begin = useAction(async () => {
    const to = beneath.trim() ? `${folder.replace(/\/$/, '')}/${beneath.trim().replace(/^\/+/, '')}` : folder;
    await send('POST', 'restores', { patterns: [pattern], at, to, overwrite, dry_run: dry });
    onBegun();
  });
  const submit = (event) => {
    event.preventDefault();
    begin.run();
  };
  return html`<form onSubmit=${submit}>
    <div class="field"><label for="restore-folder">To</label><select id="restore-folder" onChange=${(event) => setFolder(event.target.value)}>
      ${targets.map((target) => html`<option key=${target} value=${target} selected=${target === folder}>${target}</option>`)}</select></div>
    <div class="field"><label for="restore-beneath">Folder beneath it (may be empty)</label>
      <input id="restore-beneath" value=${beneath} onInput=${(event) => setBeneath(event.target.value)} /></div>
    <div class="field"><label for="restore-overwrite">What is there already</label>
      <select id="restore-overwrite" onChange=${(event) => setOverwrite(event.target.value)}>
        <option value="never" selected=${overwrite === 'never'}>is kept</option>
        <option value="older" selected=${overwrite === 'older'}>is replaced where it is older</option>
        <option value="always" selected=${overwrite === 'always'}>is replaced</option></select></div>
    <label><input type="checkbox" checked=${dry} onChange=${(event) => setDry(event.target.checked)} /> Only say what would be done</label>
    <${Problem} problem=${begin.problem} />
    <p class="buttons"><button type="submit" class="primary" disabled=${begin.busy}>${begin.busy ? 'Asking …' : 'Restore'}</button>
      <button type="button" onClick=${onClose}>Cancel</button></p>
  </form>`;
}

/** @param what the root, the path beneath it, and the time or null */
export function RestoreDialog({ what, onClose, onBegun }) {
  const dialog = useRef();
  const restores = useResource('restores');
  useEffect(() => {
    const before = document.activeElement;
    const shown = dialog.current;
    shown.showModal();
    return () => {
      // As long as it is open, nothing behind it takes the focus.
      shown.close();
      before?.focus();
    };
  }, []);
  // A root that is configured no more has no path; its name stands for all of it.
  const pattern = what.root.path ? [what.root.path.replace(/\/$/, ''), what.path].filter(Boolean).join('/') || '/' : what.root.name;
  const targets = restores.data?.allowed_targets ?? [];
  return html`<dialog ref=${dialog} aria-labelledby="restore-title" onClose=${onClose}>
    <h2 id="restore-title">Restore</h2>
    <p><span class="path">${pattern}</span> as it ${what.at ? `was at ${time(what.at)}` : 'is now in the backup'}</p>
    <${Problem} problem=${restores.problem} retry=${restores.reload} />
    ${restores.loading ? html`<${Loading} />` : restores.data && (targets.length
      ? html`<${Form} pattern=${pattern} at=${what.at} targets=${targets} onBegun=${onBegun} onClose=${onClose} />`
      : html`<${Refused} what=${pattern} at=${what.at} /><button type="button" onClick=${onClose}>Close</button>`)}
  </dialog>`;
}
