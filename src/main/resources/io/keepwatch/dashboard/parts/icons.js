// Line icons of 20 by 20; they stand beside words and say nothing alone.
import { html } from '../vendor/preact.js';

const PATHS = {
  overview: 'M3 10.5 10 4l7 6.5V17h-4.5v-4.5h-5V17H3z',
  timeline: 'M2.5 11h3.2l2-6 3.6 10 2.2-6 1 2h3',
  files: 'M2.5 5h5l1.5 2h8.5v9h-15z',
  rules: 'M4 5h6M4 10h4M4 15h6m3.5-10v6m0 0-2.5-2.5M13.5 11l2.5-2.5M13.5 15h.01',
  host: 'M3 4h14v5H3zm0 7h14v5H3zm2.5-4.5h.01m-.01 7h.01M9 6.5h5.5m-5.5 7h5.5',
  events: 'M5 5h12M5 10h12M5 15h12M2.5 5h.01M2.5 10h.01M2.5 15h.01',
  system: 'M3 4.5h14v9H3zM7.5 16.5h5',
  light: 'M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M10 2v1.5m0 13V18m8-8h-1.5m-13 0H2m13.6-5.6-1 1m-9.2 9.2-1 1m0-11.2 1 1m9.2 9.2 1 1',
  dark: 'M16 12.3A6.8 6.8 0 0 1 7.7 4a6.5 6.5 0 1 0 8.3 8.3z',
  folder: 'M2.5 5h5l1.5 2h8.5v9h-15z',
  file: 'M5 2.5h6.5L15 6v11.5H5zM11 2.5V6.5h4',
  link: 'M8.5 11.5l3-3M7 9.5l-1.8 1.8a2.5 2.5 0 0 0 3.5 3.5l1.8-1.8m-1-6 1.8-1.8a2.5 2.5 0 0 1 3.5 3.5L13 10.5',
};

export function Icon({ name }) {
  return html`<svg class="icon" viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.5"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d=${PATHS[name] ?? PATHS.file} /></svg>`;
}
