// Is everything durable? What waits, what is wrong, what does it cost?
import { html } from '../vendor/preact.js';
import { useResource } from '../parts/resource.js';
import { Loading, Problem } from '../parts/marks.js';
import { Alerts } from '../parts/alerts.js';
import { Costs } from '../parts/costs.js';
import { FirstSteps } from '../parts/first-steps.js';
import { FlushActivity } from '../parts/flush-activity.js';
import { RootTable } from '../parts/root-table.js';
import { StateBanner } from '../parts/state-banner.js';
import { Upkeep } from '../parts/upkeep.js';

const FRESH = { events: ['backup.', 'file.changed', 'store.', 'watch.', 'root.', 'reconcile.', 'maintenance.', 'drill.'] };

export function Overview() {
  const status = useResource('status', {}, { ...FRESH, every: (now) => (now?.state === 'current' ? 30 : 5) });
  const last = useResource('flushes', { limit: 1 }, { events: ['backup.completed'] });
  if (!status.data && status.problem) {
    return html`<${Problem} problem=${status.problem} retry=${status.reload} />`;
  }
  // Every part asks for its own at once; those that show the status come with it.
  const known = (part) => (status.data ? part(status.data) : null);
  return html`
    <${Problem} problem=${status.problem} retry=${status.reload} />
    ${known((now) => html`<${StateBanner} status=${now} last=${last.data?.items[0]} onChange=${status.reload} />
      <${FirstSteps} status=${now} />`) ?? html`<${Loading} />`}
    <div class="columns">
      <${Alerts} status=${status.data} />
      <${Costs} budget=${status.data?.budget} />
    </div>
    ${known((now) => html`<${RootTable} roots=${now.roots} onChange=${status.reload} />`)}
    <div class="columns">
      <${FlushActivity} />
      ${known((now) => html`<${Upkeep} status=${now} />`)}
    </div>`;
}
