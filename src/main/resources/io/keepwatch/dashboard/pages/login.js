// Asks for a token where the configuration has http.tokens.
import { html, useState } from '../vendor/preact.js';
import { send } from '../parts/api.js';
import { Problem } from '../parts/marks.js';
import { useAction } from '../parts/resource.js';

export function Login({ onSession }) {
  const [token, setToken] = useState('');
  const login = useAction(async () => onSession(await send('POST', 'session', { token: token.trim() })));
  const submit = (event) => {
    event.preventDefault();
    login.run();
  };
  return html`<main class="login" id="main">
    <form onSubmit=${submit}>
      <img src="icon.svg" alt="" width="40" height="40" />
      <h1>Keepwatch</h1>
      <input class="hidden" type="text" name="username" autocomplete="username" value="keepwatch" tabindex="-1" aria-hidden="true" readonly />
      <label for="token">Token</label>
      <input id="token" type="password" autocomplete="current-password" required value=${token} autofocus
        aria-describedby="token-help" onInput=${(event) => setToken(event.target.value)} />
      <p id="token-help" class="muted">One of those whose hash stands under <code>http.tokens</code> in the configuration of the host.</p>
      <button type="submit" class="primary" disabled=${login.busy}>${login.busy ? 'Asking …' : 'Log in'}</button>
      <${Problem} problem=${login.problem} />
    </form>
  </main>`;
}

export function Logout({ session, onSession }) {
  const logout = useAction(async () => {
    await send('DELETE', 'session');
    onSession({ ...session, authenticated: false, role: 'none' });
  });
  return session.login
    ? html`<button type="button" class="quiet" onClick=${logout.run} title=${`Logged in as ${session.name} (${session.role})`}>Log out</button>`
    : null;
}
