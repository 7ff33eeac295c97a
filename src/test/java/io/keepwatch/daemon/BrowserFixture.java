package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.keepwatch.config.Config;
import io.keepwatch.config.ConfigLoader;
import io.keepwatch.config.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

/** Debian's Chromium without a window, and the dashboard of a daemon in it. A page that complains fails its test. */
class BrowserFixture extends DaemonFixture {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final double PATIENCE_MILLIS = PATIENCE.toMillis() / 2.0;
    static final Path SCREENSHOTS = Path.of("target/screenshots");
    static final int WIDE = 1280;
    static final int PHONE = 360;

    private static Optional<Playwright> driver = Optional.empty();
    private static Optional<Browser> browser = Optional.empty();

    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private Optional<BrowserContext> window = Optional.empty();

    @BeforeAll
    static void start_the_browser() {
        Assumptions.assumeTrue(
                Files.isExecutable(CHROMIUM), "there is no " + CHROMIUM + ": install the Debian package chromium");
        try {
            Playwright playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            driver = Optional.of(playwright);
            browser = Optional.of(playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(CHROMIUM)
                            .setArgs(isRoot() ? List.of("--no-sandbox") : List.of())));
        } catch (PlaywrightException e) {
            Assumptions.abort("the browser cannot be started here: " + e.getMessage());
        }
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    }

    @AfterAll
    static void stop_the_browser() {
        driver.ifPresent(Playwright::close);
        driver = Optional.empty();
    }

    @AfterEach
    void close_the_window() {
        window.ifPresent(BrowserContext::close);
        assertThat(takeComplaints()).isEmpty();
    }

    /** The configuration of the fixture, with other probes and more beneath {@code http}. */
    Config configure(String probes, String http) throws IOException {
        Path file = writeConfig("");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("{listen: \"127.0.0.1:0\"}", "{listen: \"127.0.0.1:0\"" + http + "}")
                        .replace("probes: off", "probes: " + probes));
        return new ConfigLoader(Machine.current()).load(file).config();
    }

    static String address(Daemon daemon, String page) {
        return "http://127.0.0.1:" + daemon.port() + "/#/" + page;
    }

    Page open(Daemon daemon, String page) {
        return open(daemon, page, WIDE, ColorScheme.LIGHT);
    }

    Page open(Daemon daemon, String page, int width, ColorScheme colours) {
        return open(daemon, page, width, colours, context -> {});
    }

    /** @param before what the window is told before it asks for anything */
    Page open(Daemon daemon, String page, int width, ColorScheme colours, Consumer<BrowserContext> before) {
        window.ifPresent(BrowserContext::close);
        BrowserContext context = browser.orElseThrow()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(width, 900)
                        .setColorScheme(colours)
                        .setAcceptDownloads(true));
        window = Optional.of(context);
        context.setDefaultTimeout(PATIENCE_MILLIS);
        before.accept(context);
        Page opened = context.newPage();
        opened.onConsoleMessage(this::heed);
        opened.onPageError(complaints::add);
        opened.navigate(address(daemon, page));
        return opened;
    }

    /** A status such as 409 where rules are not running is noted by Chromium as an error of its own. axe reads canvases. */
    private void heed(ConsoleMessage message) {
        boolean withoutRules =
                message.text().contains("409") && message.location().contains("/api/v1/rules");
        boolean byAxe = message.text().contains("willReadFrequently");
        if (!withoutRules && !byAxe && List.of("error", "warning").contains(message.type())) {
            complaints.add(message.location() + ": " + message.text());
        }
    }

    /** What was complained about so far, which then counts no more. */
    List<String> takeComplaints() {
        List<String> taken = List.copyOf(complaints);
        complaints.clear();
        return taken;
    }
}
