// The readings of one probe: a row for each subject, a column for each reading.
import { html, useState } from '../vendor/preact.js';
import { ago, duration, sentence } from './format.js';
import { Mark, Panel, Problem, Table, Time } from './marks.js';
import { useNow } from './resource.js';

const STATES = { reads: ['ok', 'reads'], nothing: ['off', 'nothing to read'], failed: ['critical', 'could not read'], waiting: ['busy', 'not read yet'], off: ['off', 'off'] };
const FEW = 12;

/** `disk.used_ratio` in a table of disks is "used"; the unit stands in the value. */
const heading = (name) => whole(name.split('.').pop());

function whole(name) {
  return name.replace(/_(bytes|ratio|celsius|seconds|bytes_per_second|bits_per_second|per_second)$/, '').replaceAll(/[._]/g, ' ');
}

/** What the subject says already is not said again. */
const words = (subject, labels) => Object.entries(labels).filter(([, value]) => !subject.includes(value)).map(([name, value]) => `${name} ${value}`).join(', ');

function HostReadings({ readings }) {
  return html`<table class="small readings"><caption class="hidden">Readings of the host</caption>
    <thead class="hidden"><tr><th scope="col">Reading</th><th scope="col">Value</th></tr></thead>
    <tbody>${readings.map((reading) => html`<tr key=${reading.name}><th scope="row">${whole(reading.name)}</th><td class="number">${reading.text}</td></tr>`)}</tbody></table>`;
}

function SubjectReadings({ caption, readings }) {
  const [all, setAll] = useState(false);
  const columns = [...new Set(readings.map((reading) => reading.name))];
  const subjects = [...new Set(readings.map((reading) => reading.subject))];
  const labels = new Map();
  readings.forEach((reading) => labels.set(reading.subject, { ...labels.get(reading.subject), ...reading.labels }));
  const of = new Map(readings.map((reading) => [reading.subject + '\n' + reading.name, reading.text]));
  // One column of ones says nothing beside the list of its subjects.
  const plain = columns.length === 1 && readings.every((reading) => reading.value === 1);
  const detailed = [...labels.values()].some((each) => Object.keys(each).length);
  return html`
    <${Table} caption=${caption} className="small readings" head=${['Subject', ...(plain ? [] : columns.map((name) => ({ text: heading(name), number: true }))), ...(detailed ? ['Details'] : [])]}>
      ${(all ? subjects : subjects.slice(0, FEW)).map((subject) => html`<tr key=${subject}><th scope="row">${subject}</th>
        ${!plain && columns.map((name) => html`<td class="number" key=${name}>${of.get(subject + '\n' + name) ?? ''}</td>`)}
        ${detailed && html`<td class="muted wide">${words(subject, labels.get(subject))}</td>`}</tr>`)}
    <//>
    ${subjects.length > FEW && html`<button type="button" class="text" aria-expanded=${String(all)} onClick=${() => setAll(!all)}>
      ${all ? `Show the first ${FEW}` : `Show all ${subjects.length}`}</button>`}`;
}

export function ProbePanel({ probe }) {
  const now = useNow(5);
  const [level, word] = STATES[probe.state] ?? ['info', probe.state];
  const host = probe.readings.filter((reading) => reading.subject === '');
  const others = probe.readings.filter((reading) => reading.subject !== '');
  return html`<${Panel} title=${probe.name} actions=${html`<${Mark} level=${level}>${word}<//>`}>
    <p class="muted">${probe.summary}</p>
    ${probe.problem && html`<${Problem} problem=${{ title: 'It could not be read', detail: sentence(probe.problem) }} />`}
    ${host.length > 0 && html`<${HostReadings} readings=${host} />`}
    ${others.length > 0 && html`<${SubjectReadings} caption=${probe.name} readings=${others} />`}
    <p class="foot"><span>${probe.every_seconds === null ? 'off' : 'every ' + duration(probe.every_seconds)}</span>
      <span>read <${Time} at=${probe.at} text=${ago(probe.at, now)} /></span></p>
  <//>`;
}

export function QuietProbes({ probes }) {
  if (!probes.length) {
    return null;
  }
  return html`<${Panel} title="Probes without readings"><ul class="quiet-probes">${probes.map((probe) => {
    const [level, word] = STATES[probe.state] ?? ['info', probe.state];
    return html`<li key=${probe.name}><strong>${probe.name}</strong> <${Mark} level=${level}>${word}<//>${' '}
      ${probe.state !== 'off' && html`<span class="muted">needs ${probe.needs.replaceAll('`', '').replace(/\.$/, '')}</span>`}</li>`;
  })}</ul><//>`;
}
