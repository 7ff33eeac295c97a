package io.keepwatch.daemon;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;

/** axe-core: finds what people with a screen reader, a keyboard or weak eyes would stumble over. */
final class Axe {
    private static final String SCRIPT = script();
    private static final String RUN = """
            async () => (await axe.run(document, {resultTypes: ['violations'], preload: false})).violations
                .filter(found => ['serious', 'critical'].includes(found.impact))
                .flatMap(found => found.nodes.map(node => `${found.id}: ${node.target} ${node.failureSummary}`))
            """;

    private Axe() {}

    /** The serious and critical ones, each with its place. */
    static List<String> findings(Page page) {
        page.evaluate(SCRIPT);
        return ((List<?>) page.evaluate(RUN)).stream().map(String::valueOf).toList();
    }

    private static String script() {
        try {
            Properties coordinates = new Properties();
            try (InputStream in = resource("META-INF/maven/org.webjars.npm/axe-core/pom.properties")) {
                coordinates.load(in);
            }
            try (InputStream in = resource(
                    "META-INF/resources/webjars/axe-core/" + coordinates.getProperty("version") + "/axe.min.js")) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream resource(String name) throws IOException {
        InputStream in = Axe.class.getClassLoader().getResourceAsStream(name);
        if (in == null) {
            throw new IOException(name + " is not on the class path: axe-core is a test dependency in pom.xml");
        }
        return in;
    }
}
