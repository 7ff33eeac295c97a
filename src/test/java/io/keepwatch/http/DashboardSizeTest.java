package io.keepwatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DashboardSizeTest extends ServedRoutes {
    private static final long MOST_BYTES = 250 * 1024;

    @Test
    void all_files_together_are_small_when_they_are_packed() {
        int port = serve(Access.open());
        List<String> paths = new Dashboard()
                .paths().stream().filter(path -> !path.equals("/")).toList();
        assertThat(paths).contains("/vendor/preact.js", "/vendor/uplot.js", "/vendor/diff.js", "/app.js");
        long bytes = paths.stream()
                .map(path -> send(port, "GET", path, "", List.of("Accept-Encoding", "gzip")))
                .mapToLong(reply -> Long.parseLong(reply.header("Content-Length")))
                .sum();
        assertThat(bytes).isBetween(1L, MOST_BYTES);
    }
}
