// What an event means to a person: how severe it is, and one sentence.
import { bytes, count, duration, plural } from './format.js';

export const SEVERITIES = ['info', 'ok', 'warning', 'critical'];

export function severity({ type, data = {} }) {
  switch (type) {
    case 'threshold.crossed': return data.severity ?? 'info';
    case 'store.unreachable': return data.person_must_act ? 'critical' : 'warning';
    case 'root.missing': return 'critical';
    case 'run.finished': return data.status === 'succeeded' ? 'ok' : 'warning';
    case 'approval.asked':
    case 'rule.failing':
    case 'rule.tripped':
    case 'rules.rejected':
    case 'raid.degraded':
    case 'delivery.given_up':
    case 'target.disabled':
    case 'backup.failed':
    case 'watch.degraded':
    case 'probe.failed':
    case 'database.not_copied':
    case 'file.skipped': return 'warning';
    case 'drill.completed': return data.wrong > 0 ? 'critical' : data.problem ? 'warning' : 'ok';
    case 'maintenance.completed': return data.problem ? 'warning' : 'ok';
    case 'backup.completed':
    case 'store.reachable':
    case 'watch.restored':
    case 'root.appeared': return 'ok';
    default: return 'info';
  }
}

const SENTENCES = {
  'backup.completed': (d) => `${plural(d.versions, 'version')}${d.deletions ? ` and ${plural(d.deletions, 'deletion')}` : ''} durable after ${duration(d.latency_seconds)}, ${bytes(d.uploaded_bytes)} sent`,
  'approval.asked': (d) => `a run waits for an answer: ${d.question}`,
  'run.finished': (d) => d.problem ? `${d.status}: ${d.problem}` : d.status,
  'rule.failing': (d) => d.problem,
  'rule.tripped': (d) => `ran ${d.runs} times within an hour for "${d.key}" and rests for an hour`,
  'rules.rejected': (d) => `${d.file}:${d.line}:${d.column} ${d.problem}; the rules of before go on`,
  'raid.degraded': (d) => d.detail,
  'delivery.given_up': (d) => `no message reached it in ${plural(d.attempts, 'try', 'tries')}: ${d.problem}`,
  'target.disabled': (d) => d.problem,
  'backup.failed': (d) => `${plural(d.versions, 'version')} not taken: ${d.problem}`,
  'file.changed': (d) => d.count === 1 ? `${d.paths[0]} was changed` : `${count(d.count)} paths were changed, ${d.paths[0]} first`,
  'file.skipped': (d) => `${d.path} is not stored: ${d.reason}`,
  'database.not_copied': (d) => `${d.path}: ${d.reason}`,
  'tree.changed': (d) => `${d.directory || 'the root'} is compared: ${d.reason}`,
  'reconcile.completed': (d) => `${d.directory || 'the root'} compared: ${plural(d.files, 'file')}, ${plural(d.changes, 'change')} found in ${duration(d.took_seconds)}`,
  'root.appeared': (d) => `${d.path} is there again`,
  'root.missing': (d) => `${d.path} is gone`,
  'watch.degraded': (d) => `${d.problem}. ${d.remedy}`,
  'watch.restored': () => 'all changes are seen at once again',
  'store.unreachable': (d) => d.problem,
  'store.reachable': (d) => `answers again after ${duration(d.outage_seconds)}`,
  'probe.failed': (d) => d.problem,
  'threshold.crossed': (d) => d.detail,
  'maintenance.completed': (d) => d.problem || `${plural(d.versions, 'version')} removed, ${bytes(d.bytes)} freed`,
  'drill.completed': (d) => d.problem || `${plural(d.files, 'file')} read back, ${d.wrong} wrong`,
};

export function text(event) {
  const write = SENTENCES[event.type];
  return write && event.data ? write(event.data) : JSON.stringify(event.data ?? {});
}
