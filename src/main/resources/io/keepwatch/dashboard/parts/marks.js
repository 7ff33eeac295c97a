// Small things that every page shows: states with shape and word, problems, what is being loaded.
import { html } from '../vendor/preact.js';
import { sentence, shortTime, time } from './format.js';

const SHAPES = {
  ok: html`<circle cx="6" cy="6" r="5" />`,
  info: html`<circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" stroke-width="2" />`,
  busy: html`<path d="M6 1a5 5 0 1 0 5 5h-2a3 3 0 1 1-3-3z" />`,
  warning: html`<path d="M6 .5 11.8 11H.2z" />`,
  critical: html`<path d="M3.5.5h5L11.5 3.5v5L8.5 11.5h-5L.5 8.5v-5z" />`,
  off: html`<path d="M1 5h10v2H1z" />`,
};

/** @param level ok, info, busy, warning, critical or off; the word says what it means */
export function Mark({ level, children }) {
  return html`<span class=${'mark ' + level}>
    <svg viewBox="0 0 12 12" width="12" height="12" fill="currentColor" aria-hidden="true">${SHAPES[level] ?? SHAPES.info}</svg>
    <span>${children}</span></span>`;
}

export function Problem({ problem, retry }) {
  if (!problem) {
    return null;
  }
  return html`<div class="problem" role="alert">
    <p><${Mark} level="critical"><strong>${problem.title ?? 'This page met a mistake of its own'}</strong><//></p>
    <p>${sentence(problem.detail ?? String(problem))}</p>
    ${retry && html`<button type="button" onClick=${retry}>Try again</button>`}
  </div>`;
}

export const Loading = () => html`<p class="loading" role="status">Loading …</p>`;

export const Empty = ({ children }) => html`<p class="empty">${children}</p>`;

/** Short: without the date where it is today; the whole time shows on hover. */
export const Time = ({ at, text }) => at
  ? html`<time datetime=${at} title=${time(at)}>${text ?? shortTime(at)}</time>`
  : html`<span class="muted">–</span>`;

/** A part of a page with a heading. */
export function Panel({ title, actions, children, className = '' }) {
  const id = 'p-' + title.toLowerCase().replace(/\W+/g, '-');
  return html`<section class=${'panel ' + className} aria-labelledby=${id}>
    <div class="panel-head"><h2 id=${id}>${title}</h2>${actions}</div>
    ${children}
  </section>`;
}

/** Tables scroll within themselves, so the page never does. */
export function Table({ caption, head, children, className = '' }) {
  return html`<div class="scroll" role="region" aria-label=${caption} tabindex="0">
    <table class=${className}><caption class="hidden">${caption}</caption>
      <thead><tr>${head.map((cell) => html`<th scope="col" class=${cell.number ? 'number' : ''}>${cell.text ?? cell}</th>`)}</tr></thead>
      <tbody>${children}</tbody></table></div>`;
}

export function Meter({ value, label, level = 'ok' }) {
  const share = Math.min(1, Math.max(0, value));
  return html`<div class=${'meter ' + level} role="img" aria-label=${label}><div style=${{ width: share * 100 + '%' }}></div></div>`;
}
