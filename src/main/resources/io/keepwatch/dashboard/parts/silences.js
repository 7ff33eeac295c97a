// Who is not notified at present, and until when.
import { html, useState } from '../vendor/preact.js';
import { send, useMayOperate } from './api.js';
import { time } from './format.js';
import { Empty, Panel, Problem, Table } from './marks.js';
import { useAction } from './resource.js';

const HOURS = [1, 4, 12, 24, 72];

function Silence({ silence, onChange }) {
  const operate = useMayOperate();
  const end = useAction(async () => { await send('DELETE', 'silences/' + encodeURIComponent(silence.id)); onChange(); });
  return html`<tr><th scope="row">${silence.rule === '*' ? 'all rules' : silence.rule}</th><td>${silence.subject === '*' ? 'all' : silence.subject}</td><td>${time(silence.until)}</td><td>${silence.comment}</td>
    <td><button type="button" disabled=${!operate || end.busy} onClick=${() => end.run()}>End</button><${Problem} problem=${end.problem} /></td></tr>`;
}

function NewSilence({ rules, onChange }) {
  const operate = useMayOperate();
  const [rule, setRule] = useState('*');
  const [hours, setHours] = useState(HOURS[1]);
  const [comment, setComment] = useState('');
  const begin = useAction(async () => {
    await send('POST', 'silences', { rule, subject: '*', until: new Date(Date.now() + hours * 3600_000).toISOString(), comment });
    setComment('');
    onChange();
  });
  const submit = (event) => {
    event.preventDefault();
    begin.run();
  };
  return html`<form class="silence-form" onSubmit=${submit}>
    <div class="field"><label for="silence-rule">Rule</label><select id="silence-rule" onChange=${(event) => setRule(event.target.value)}>
      <option value="*">all rules</option>${rules.map((each) => html`<option key=${each.name} value=${each.name} selected=${each.name === rule}>${each.name}</option>`)}</select></div>
    <div class="field"><label for="silence-hours">For</label><select id="silence-hours" onChange=${(event) => setHours(Number(event.target.value))}>
      ${HOURS.map((each) => html`<option key=${each} value=${each} selected=${each === hours}>${each} h</option>`)}</select></div>
    <div class="field grow"><label for="silence-comment">Why</label><input id="silence-comment" value=${comment} onInput=${(event) => setComment(event.target.value)} /></div>
    <button type="submit" disabled=${!operate || begin.busy}>Silence</button>
    <${Problem} problem=${begin.problem} />
  </form>`;
}

export function Silences({ silences, rules }) {
  const items = silences.data?.items ?? [];
  return html`<${Panel} title="Silences">
    <${Problem} problem=${silences.problem} retry=${silences.reload} />
    ${items.length ? html`<${Table} caption="Silences" head=${['Rule', 'Subject', 'Until', 'Why', html`<span class="hidden">Action</span>`]}>
      ${items.map((silence) => html`<${Silence} key=${silence.id} silence=${silence} onChange=${silences.reload} />`)}<//>`
      : html`<${Empty}>Nobody is silenced: all notifications are sent.<//>`}
    <${NewSilence} rules=${rules} onChange=${silences.reload} />
  <//>`;
}
