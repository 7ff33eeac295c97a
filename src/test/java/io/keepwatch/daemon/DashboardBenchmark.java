package io.keepwatch.daemon;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * How long after it is asked for a page of the dashboard of a running daemon can be used: its heading is there and nothing is
 * being loaded. Each time in a new window without a cache; all pages are opened as often before, so that the daemon is measured
 * as one that has run for a while. Run by {@code src/test/bench/dashboard.sh}.
 */
final class DashboardBenchmark {
    private static final int TIMES = 15;
    private static final List<String> PAGES = List.of("overview", "timeline", "files", "rules", "host", "events");
    private static final String UNTIL_USABLE = """
            async () => {
              while (!document.querySelector('main h1') || document.querySelector('main .loading')) {
                await new Promise(requestAnimationFrame);
              }
              return performance.now();
            }""";

    private DashboardBenchmark() {}

    /** @param arguments the port of the daemon on loopback */
    public static void main(String[] arguments) {
        Playwright.CreateOptions options =
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
        try (Playwright playwright = Playwright.create(options);
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(Path.of("/usr/bin/chromium"))
                                .setArgs(List.of("--no-sandbox")))) {
            for (int i = 0; i < TIMES; i++) {
                for (String page : PAGES) {
                    open(browser, arguments[0], page);
                }
            }
            for (String page : PAGES) {
                double[] millis = new double[TIMES];
                for (int i = 0; i < TIMES; i++) {
                    millis[i] = open(browser, arguments[0], page);
                }
                Arrays.sort(millis);
                System.out.printf(
                        "%s: can be used after a median of %.0f ms, at most %.0f ms%n",
                        page, millis[TIMES / 2], millis[TIMES - 1]);
            }
        }
    }

    /** Milliseconds since the navigation began. */
    private static double open(Browser browser, String port, String name) {
        try (BrowserContext context = browser.newContext()) {
            Page page = context.newPage();
            page.navigate(
                    "http://127.0.0.1:" + port + "/#/" + name,
                    new Page.NavigateOptions().setWaitUntil(com.microsoft.playwright.options.WaitUntilState.COMMIT));
            return ((Number) page.evaluate(UNTIL_USABLE)).doubleValue();
        }
    }
}
