// Light, dark, or what the system says; the choice is remembered in this browser.
import { html, useState } from '../vendor/preact.js';
import { Icon } from './icons.js';

const NEXT = { system: 'light', light: 'dark', dark: 'system' };
const WORDS = { system: 'as the system', light: 'light', dark: 'dark' };

function chosen() {
  return document.documentElement.dataset.theme ?? 'system';
}

function choose(theme) {
  if (theme === 'system') {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = theme;
  }
  try {
    localStorage.setItem('keepwatch.theme', theme);
  } catch {
    // Without storage it holds until the page is closed.
  }
  window.dispatchEvent(new Event('keepwatch:theme'));
}

export function ThemeSwitch() {
  const [theme, setTheme] = useState(chosen);
  const click = () => {
    choose(NEXT[theme]);
    setTheme(NEXT[theme]);
  };
  return html`<button type="button" class="quiet" onClick=${click} title=${'Colours: ' + WORDS[theme]}
    aria-label=${`Colours: ${WORDS[theme]}. Change to ${WORDS[NEXT[theme]]}`}><${Icon} name=${theme} /></button>`;
}
