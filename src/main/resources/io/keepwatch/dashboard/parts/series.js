// Which readings the timeline shows, and how they are asked for, joined and summed up.
import { get } from './api.js';
import { percent, rate } from './format.js';

const POINTS = 500;
const ROWS = 48;
const STEPS = [10, 60, 300, 600, 1800, 3600, 21600, 86400];

const sum = (a, b) => a + b;
// What goes through other disks and interfaces would count twice. The names are those of SarView, word for word; a test compares.
const VIRTUAL_DISKS = /^(?:(dm-|md|loop|zram|ram)\d.*)$/;
const VIRTUAL_INTERFACES = /^(?:lo|(bond|team|br|vmbr|virbr|lxcbr|lxdbr|docker|cni|dummy|ifb|vlan|vxlan|tun|tap|vnet|wg)\d.*|(br-|veth|vxlan|flannel|cali|cilium|lxc|podman|tailscale).*|.+\.\d+)$/;
const disk = (subject) => !VIRTUAL_DISKS.test(subject);
const nic = (subject) => !VIRTUAL_INTERFACES.test(subject);

export const CHARTS = [
  { id: 'cpu', title: 'CPU', format: percent, share: true, lines: [
    { name: 'cpu.user_ratio', label: 'user' }, { name: 'cpu.system_ratio', label: 'system' },
    { name: 'cpu.iowait_ratio', label: 'iowait' }, { name: 'cpu.steal_ratio', label: 'steal' }] },
  { id: 'memory', title: 'Memory', format: percent, share: true, lines: [{ name: 'memory.used_ratio', label: 'memory used' }, { name: 'swap.used_ratio', label: 'swap used' }] },
  { id: 'swap', title: 'Swap activity', format: rate, lines: [{ name: 'swap.in_bytes_per_second', label: 'swap in' }, { name: 'swap.out_bytes_per_second', label: 'swap out' }] },
  { id: 'disk', title: 'Disks', format: rate, lines: [
    { name: 'io.read_bytes_per_second', label: 'read', subjects: disk, combine: sum },
    { name: 'io.written_bytes_per_second', label: 'written', subjects: disk, combine: sum }] },
  { id: 'network', title: 'Network', format: rate, lines: [
    { name: 'network.received_bytes_per_second', label: 'received', subjects: nic, combine: sum },
    { name: 'network.sent_bytes_per_second', label: 'sent', subjects: nic, combine: sum }] },
];
const MORE = [
  { name: 'load.1m', label: 'load' },
  { name: 'io.busy_ratio', label: 'busiest disk', subjects: disk, combine: Math.max },
];
const LINES = [...CHARTS.flatMap((chart) => chart.lines), ...MORE];

export const COLUMNS = LINES.map((line) => ({
  ...line,
  format: line.name.endsWith('_ratio') ? percent : line.name.endsWith('_per_second') ? rate : (value) => value.toFixed(2),
}));

function add(values, line, second, value) {
  const before = values.get(second);
  values.set(second, before === undefined ? value : line.combine(before, value));
}

/** The values of all lines between two seconds: a map of seconds for each name. */
export async function history(from, to) {
  const { lines } = await get('readings/points', {
    name: LINES.map((line) => line.name).join(), step: Math.max(1, Math.floor((to - from) / POINTS)),
    from: new Date(from * 1000).toISOString(), to: new Date(to * 1000).toISOString(),
  });
  return new Map(LINES.map((line) => {
    const values = new Map();
    lines.filter(({ name, subject }) => name === line.name && (line.subjects ?? ((whole) => whole === ''))(subject))
      .forEach(({ points }) => points.forEach(([second, value]) => add(values, line, second, value)));
    return [line.name, values];
  }));
}

/** The newest value of each line, from the answer of `probes`. */
export function newest(probes) {
  const values = new Map();
  for (const probe of probes.items.filter((each) => each.at)) {
    const second = Math.floor(Date.parse(probe.at) / 1000);
    for (const reading of probe.readings) {
      const line = LINES.find((each) => each.name === reading.name);
      if (line && (line.subjects ?? (() => true))(reading.subject)) {
        values.set(line.name, values.get(line.name) ?? new Map());
        add(values.get(line.name), line, second, reading.value);
      }
    }
  }
  return values;
}

/** The past as the history has it, then what was seen since. */
export function append(past, tail) {
  return new Map([...past].map(([name, values]) => {
    const last = Math.max(0, ...values.keys());
    const later = [...(tail.get(name) ?? [])].filter(([second]) => second > last);
    return [name, new Map([...values, ...later])];
  }));
}

/** Seconds and a row of values for each line, as uPlot takes them; nulls where nothing was read for long. */
export function table(lines, data) {
  const seconds = new Set();
  const gaps = new Map();
  for (const line of lines) {
    const own = [...(data.get(line.name)?.keys() ?? [])].sort((a, b) => a - b);
    const steps = own.slice(1).map((second, i) => second - own[i]).sort((a, b) => a - b);
    const usual = Math.max(30, steps[steps.length >> 1] ?? 0);
    const holes = new Set();
    own.forEach((second, i) => {
      seconds.add(second);
      if (i && second - own[i - 1] > 3 * usual) {
        holes.add(own[i - 1] + 1);
        seconds.add(own[i - 1] + 1);
      }
    });
    gaps.set(line.name, holes);
  }
  const x = [...seconds].sort((a, b) => a - b);
  return [x, ...lines.map((line) => x.map((second) => (gaps.get(line.name).has(second) ? null : data.get(line.name)?.get(second))))];
}

/** Means over equal steps, the newest first: what `keepwatch sar` shows. */
export function rows(data, from, to) {
  const step = STEPS.find((each) => each >= (to - from) / ROWS) ?? 86400;
  const buckets = new Map();
  COLUMNS.forEach((column, index) => {
    for (const [second, value] of data.get(column.name) ?? []) {
      const at = Math.floor(second / step) * step;
      const row = buckets.get(at) ?? COLUMNS.map(() => []);
      row[index].push(value);
      buckets.set(at, row);
    }
  });
  return [...buckets].sort(([a], [b]) => b - a).map(([second, cells]) => ({
    second,
    cells: cells.map((values) => (values.length ? values.reduce(sum, 0) / values.length : null)),
  }));
}
