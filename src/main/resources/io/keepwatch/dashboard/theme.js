// Runs before the first paint, so that nothing flashes in the wrong colours.
(() => {
  try {
    const chosen = localStorage.getItem('keepwatch.theme');
    if (chosen === 'light' || chosen === 'dark') {
      document.documentElement.dataset.theme = chosen;
    }
  } catch {
    // Without storage the system's choice stands.
  }
})();
