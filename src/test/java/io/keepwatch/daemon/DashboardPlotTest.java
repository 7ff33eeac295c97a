package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is drawn on the canvases of the timeline. */
class DashboardPlotTest extends BrowserFixture {
    /** Notes each label of an axis at the left, and those that begin beyond the edge. */
    private static final String NOTE_LABELS = """
            window.labels = [];
            window.cut = [];
            const draw = CanvasRenderingContext2D.prototype.fillText;
            CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
              if (this.textAlign === 'right') {
                window.labels.push(text);
                if (x - this.measureText(text).width < 0) {
                  window.cut.push(text);
                }
              }
              return draw.apply(this, arguments);
            };""";

    private static void answer(Route route) {
        ObjectNode answer = new ObjectMapper().createObjectNode();
        ArrayNode lines = answer.put("step_seconds", 10).putArray("lines");
        line(lines, "swap.in_bytes_per_second", "", 500L << 10);
        line(lines, "io.read_bytes_per_second", "sda", 900L << 20);
        line(lines, "network.received_bytes_per_second", "eth0", 600L << 30);
        route.fulfill(
                new Route.FulfillOptions().setContentType("application/json").setBody(answer.toString()));
    }

    private static void line(ArrayNode lines, String name, String subject, long most) {
        ArrayNode points =
                lines.addObject().put("name", name).put("subject", subject).putArray("points");
        long now = Instant.now().getEpochSecond();
        for (int i = 0; i < 10; i++) {
            points.addArray().add(now - 100 + i * 10L).add(most * i / 9);
        }
    }

    @Test
    void no_label_of_an_axis_is_cut() throws IOException {
        Daemon daemon = start(configure("{memory.usage: 1s}", ""));
        Page page = open(daemon, "timeline", WIDE, ColorScheme.LIGHT, DashboardPlotTest::prepare);
        page.waitForCondition(() -> strings(page, "labels").contains("600.0 GiB/s"));
        assertThat(strings(page, "labels")).contains("400.0 KiB/s", "500.0 MiB/s");
        assertThat(strings(page, "cut")).isEmpty();
    }

    private static void prepare(BrowserContext context) {
        context.addInitScript(NOTE_LABELS);
        context.route("**/api/v1/readings/points?*", DashboardPlotTest::answer);
    }

    private static List<String> strings(Page page, String name) {
        return ((List<?>) page.evaluate("[...new Set(window." + name + ")]"))
                .stream().map(String::valueOf).toList();
    }
}
