// What keeps the backup small and proven, and which daemon this is.
import { html } from '../vendor/preact.js';
import { ago, bytes, plural, sentence } from './format.js';
import { Mark, Panel, Time } from './marks.js';
import { useNow } from './resource.js';

const Line = ({ name, children }) => html`<div><dt>${name}</dt><dd>${children}</dd></div>`;

function Maintenance({ running, last, now }) {
  if (running) {
    return html`<${Mark} level="busy">under way<//>`;
  }
  if (!last) {
    return 'not yet since the daemon began';
  }
  return html`<${Mark} level=${last.problem ? 'warning' : 'ok'}><${Time} at=${last.at} text=${ago(last.at, now)} /><//>
    <p class="muted">${last.problem ? sentence(last.problem) : `${plural(last.versions, 'version')} removed, ${bytes(last.bytes)} freed`}</p>`;
}

function Drill({ drill, now }) {
  if (!drill) {
    return html`not yet <span class="muted">(<code>store.drill</code> switches it on)</span>`;
  }
  const level = drill.wrong ? 'critical' : drill.problem ? 'warning' : 'ok';
  return html`<${Mark} level=${level}><${Time} at=${drill.at} text=${ago(drill.at, now)} /><//>
    <p class="muted">${drill.problem ? sentence(drill.problem) : `${plural(drill.files, 'file')} (${bytes(drill.bytes)}) read back, ${drill.wrong} wrong`}</p>`;
}

export function Upkeep({ status }) {
  const now = useNow(30);
  const { maintenance } = status;
  return html`<${Panel} title="Upkeep">
    <dl class="lines">
      <${Line} name="Maintenance"><${Maintenance} ...${maintenance} now=${now} /><//>
      <${Line} name="Restore drill"><${Drill} drill=${maintenance.last_drill} now=${now} /><//>
      <${Line} name="Host">${status.host}<//>
      <${Line} name="Layout">${status.store.layout}<//>
      <${Line} name="Daemon">${status.version}, started <${Time} at=${status.started} text=${ago(status.started, now)} /><//>
    </dl>
  <//>`;
}
