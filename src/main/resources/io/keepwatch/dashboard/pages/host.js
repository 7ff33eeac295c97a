// Everything that the probes read, and why some read nothing.
import { html } from '../vendor/preact.js';
import { Loading, Panel, Problem } from '../parts/marks.js';
import { ProbePanel, QuietProbes } from '../parts/probe-panel.js';
import { useResource } from '../parts/resource.js';

const GROUPS = [
  ['Disks and file systems', /^(disk|inode|lvm)\./],
  ['Memory', /^(memory|swap|ksm)\./],
  ['Processors and load', /^host\./],
  ['RAID', /^raid\./],
  ['Health of disks (SMART)', /^smart\./],
  ['Sensors', /^hardware\./],
  ['Network', /^network\./],
  ['Services', /^service\./],
];

function MissingTools({ tools }) {
  if (!tools.length) {
    return null;
  }
  const packages = [...new Set(tools.map((tool) => tool.package_name))].filter((name) => !name.includes(' ')).sort();
  const elsewhere = tools.filter((tool) => tool.package_name.includes(' '));
  return html`<${Panel} title="Tools that are not installed">
    <p>Where the hardware is there, they let the probes read more: ${tools.map((tool) => tool.program).join(', ')}.</p>
    ${packages.length > 0 && html`<pre>apt-get install ${packages.join(' ')}</pre>`}
    ${elsewhere.length > 0 && html`<p class="muted">${elsewhere.map((tool) => `${tool.program} comes with ${tool.package_name}`).join('; ')}.</p>`}
  <//>`;
}

export function Host() {
  const probes = useResource('probes', {}, { events: ['threshold.', 'probe.'], every: 10 });
  if (!probes.data) {
    return probes.problem ? html`<${Problem} problem=${probes.problem} retry=${probes.reload} />` : html`<${Loading} />`;
  }
  const { items } = probes.data;
  const shown = items.filter((probe) => probe.readings.length || probe.state === 'failed');
  const groupOf = (probe) => GROUPS.find(([, names]) => names.test(probe.name))?.[0] ?? 'Other';
  const groups = [...GROUPS.map(([title]) => title), 'Other'].map((title) => [title, shown.filter((probe) => groupOf(probe) === title)]).filter(([, of]) => of.length);
  return html`
    <${Problem} problem=${probes.problem} retry=${probes.reload} />
    ${!shown.length && html`<p class="notice">No probe has read anything yet${items.every((probe) => probe.state === 'off') ? ': all are off. Remove `probes: off` from the configuration to switch them on' : ''}.</p>`}
    <div class="probes">${groups.map(([title, of]) => html`<section key=${title} aria-label=${title}><h2 class="group-title">${title}</h2>
      ${of.map((probe) => html`<${ProbePanel} key=${probe.name} probe=${probe} />`)}</section>`)}</div>
    <${QuietProbes} probes=${items.filter((probe) => !shown.includes(probe))} />
    <${MissingTools} tools=${probes.data.missing_tools} />`;
}
