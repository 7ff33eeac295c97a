// Two versions of a text, line by line.
import { html, useEffect, useState } from '../vendor/preact.js';
import { content } from './api.js';
import { bytes, plural, time } from './format.js';
import { Loading, Problem } from './marks.js';

const LARGEST = 1024 * 1024;
const MOST_EDITS = 5000;

async function read(root, path, version) {
  const data = new Uint8Array(await (await content({ root, path, version: version.version, max_bytes: LARGEST })).arrayBuffer());
  return data.includes(0) ? null : new TextDecoder().decode(data);
}

async function compare(root, path, older, newer) {
  if (older.sha256 === newer.sha256) {
    return { words: 'Their contents are the same; only metadata differs.' };
  }
  if (Math.max(older.size_bytes, newer.size_bytes) > LARGEST) {
    return { words: `Texts of up to ${bytes(LARGEST)} are compared here; download both to compare them.` };
  }
  const [a, b] = await Promise.all([read(root, path, older), read(root, path, newer)]);
  if (a === null || b === null) {
    return { words: `They differ (${bytes(older.size_bytes)} and ${bytes(newer.size_bytes)}), but they are no text.` };
  }
  const { structuredPatch } = await import('../vendor/diff.js');
  const patch = structuredPatch(path, path, a, b, '', '', { context: 3, maxEditLength: MOST_EDITS });
  return patch ? { hunks: patch.hunks } : { words: 'They differ in too many lines to show; download both to compare them.' };
}

const SIGNS = { '+': ['added', 'added'], '-': ['removed', 'removed'], ' ': ['same', ''] };

function Hunk({ hunk }) {
  let before = hunk.oldStart;
  let after = hunk.newStart;
  return html`<tr class="hunk"><td colspan="4">Line ${hunk.oldStart}</td></tr>
    ${hunk.lines.filter((line) => line[0] !== '\\').map((line, i) => {
      const sign = line[0];
      const [kind, word] = SIGNS[sign];
      return html`<tr key=${i} class=${kind}><td class="number">${sign === '+' ? '' : before++}</td><td class="number">${sign === '-' ? '' : after++}</td>
        <td aria-hidden="true">${sign}</td><td class="line">${word && html`<span class="hidden">${word}: </span>`}${line.slice(1)}</td></tr>`;
    })}`;
}

function sums(hunks) {
  const lines = hunks.flatMap((hunk) => hunk.lines);
  const of = (sign) => lines.filter((line) => line[0] === sign).length;
  return `${plural(of('+'), 'line')} added, ${plural(of('-'), 'line')} removed`;
}

export function Difference({ root, path, older, newer }) {
  const [state, setState] = useState({});
  useEffect(() => {
    let wanted = true;
    setState({});
    compare(root, path, older, newer).then((result) => wanted && setState(result), (problem) => wanted && setState({ problem }));
    return () => { wanted = false; };
  }, [root, path, older.version, newer.version]);
  return html`<h3>From ${time(older.observed)} to ${time(newer.observed)}</h3>
    <${Problem} problem=${state.problem} />
    ${state.words && html`<p>${state.words}</p>`}
    ${state.hunks && html`<p role="status">${sums(state.hunks)}</p>
      <div class="scroll" role="region" aria-label="Difference" tabindex="0"><table class="difference"><caption class="hidden">Difference between the two versions</caption>
        <thead class="hidden"><tr><th scope="col">Older line</th><th scope="col">Newer line</th><th scope="col">Sign</th><th scope="col">Text</th></tr></thead>
        <tbody>${state.hunks.map((hunk) => html`<${Hunk} key=${hunk.oldStart + ':' + hunk.newStart} hunk=${hunk} />`)}</tbody></table></div>`}
    ${!state.hunks && !state.words && !state.problem && html`<${Loading} />`}`;
}
