// The frame of all pages: navigation, session, theme, and which page is shown.
import { html, render, useEffect, useLayoutEffect, useRef, useState } from './vendor/preact.js';
import { get, SessionContext } from './parts/api.js';
import { useLive } from './parts/live.js';
import { Icon } from './parts/icons.js';
import { Problem } from './parts/marks.js';
import { useRoute } from './parts/route.js';
import { ThemeSwitch } from './parts/theme-switch.js';
import { Events } from './pages/events.js';
import { Files } from './pages/files.js';
import { Host } from './pages/host.js';
import { Login, Logout } from './pages/login.js';
import { Overview } from './pages/overview.js';
import { Rules } from './pages/rules.js';
import { Timeline } from './pages/timeline.js';

const PAGES = [
  { name: 'overview', title: 'Overview', View: Overview },
  { name: 'timeline', title: 'Timeline', View: Timeline },
  { name: 'files', title: 'Files', View: Files },
  { name: 'rules', title: 'Rules', View: Rules },
  { name: 'host', title: 'Host', View: Host },
  { name: 'events', title: 'Events', View: Events },
];

function Navigation({ current }) {
  return html`<nav aria-label="Pages"><ul class="nav">
    ${PAGES.map((page) => html`<li key=${page.name}>
      <a href=${'#/' + page.name} aria-current=${page.name === current ? 'page' : undefined}>
        <${Icon} name=${page.name} /><span>${page.title}</span>
      </a></li>`)}
  </ul></nav>`;
}

function Connection() {
  const { state } = useLive();
  const words = { live: 'Live', connecting: 'Connecting', lost: 'No answer, trying again', paused: 'Paused' };
  return html`<span class=${'connection ' + state} role="status" title="Whether events arrive as they happen">
    <span class="dot" aria-hidden="true"></span>${words[state]}</span>`;
}

/** The heading takes the focus on a new page, so that a screen reader says where one is. */
function Page({ page, route }) {
  const heading = useRef();
  const first = useRef(true);
  useLayoutEffect(() => {
    document.title = page.title + ' – Keepwatch';
    if (!first.current || route.navigated) {
      heading.current.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
    first.current = false;
  }, [page]);
  return html`<main id="main" tabindex="-1">
    <h1 tabindex="-1" ref=${heading}>${page.title}</h1>
    <${page.View} route=${route} />
  </main>`;
}

function skip(event) {
  event.preventDefault();
  document.getElementById('main').focus();
}

function Frame({ session, onSession }) {
  const route = useRoute();
  const page = PAGES.find((known) => known.name === route.page) ?? PAGES[0];
  return html`<${SessionContext.Provider} value=${session}>
    <a class="skip" href="#main" onClick=${skip}>Skip to the page</a>
    <header class="bar">
      <a class="brand" href="#/overview"><img src="icon.svg" alt="" width="24" height="24" /><span>Keepwatch</span></a>
      <${Navigation} current=${page.name} />
      <div class="tools"><${Connection} /><${ThemeSwitch} /><${Logout} session=${session} onSession=${onSession} /></div>
    </header>
    <${Page} key=${page.name} page=${page} route=${route} />
  <//>`;
}

function App() {
  const [session, setSession] = useState(null);
  const [problem, setProblem] = useState(null);
  const ask = () => get('session').then((answer) => { setSession(answer); setProblem(null); }, setProblem);
  useEffect(() => {
    ask();
    window.addEventListener('keepwatch:login', ask);
    return () => window.removeEventListener('keepwatch:login', ask);
  }, []);
  if (problem) {
    return html`<main><h1>Keepwatch</h1><${Problem} problem=${problem} retry=${ask} /></main>`;
  }
  if (!session) {
    return null;
  }
  return session.role !== 'none'
    ? html`<${Frame} session=${session} onSession=${setSession} />`
    : html`<${Login} onSession=${setSession} />`;
}

render(html`<${App} />`, document.getElementById('app'));
