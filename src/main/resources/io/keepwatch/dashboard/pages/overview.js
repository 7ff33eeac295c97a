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
  if (!status.data) {
    return status.problem ? html`<${Problem} problem=${status.problem} retry=${status.reload} />` : html`<${Loading} />`;
  }
  return html`
    <${Problem} problem=${status.problem} retry=${status.reload} />
    <${StateBanner} status=${status.data} last=${last.data?.items[0]} onChange=${status.reload} />
    <${FirstSteps} status=${status.data} />
    <div class="columns">
      <${Alerts} status=${status.data} />
      <${Costs} status=${status.data} />
    </div>
    <${RootTable} roots=${status.data.roots} onChange=${status.reload} />
    <div class="columns">
      <${FlushActivity} />
      <${Upkeep} status=${status.data} />
    </div>`;
}
