package io.keepwatch.config;

import io.keepwatch.config.yaml.Key;
import io.keepwatch.config.yaml.Section;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Writes docs/config.md from the keys that the parser uses. */
final class ConfigReference {
    private static final String TOP = """
            # Configuration

            <!-- Written from the code: ./mvnw test -Dtest=ConfigReferenceTest -Dkeepwatch.regenerate=true -->

            ```yaml
            host: web-1
            roots:
              - path: /etc
                exclude: ["*.swp"]
              - path: /srv/www
                max_size: 10GiB
            store:
              s3:
                bucket: my-backups
                region: eu-central-1
            ```

            `keepwatch init` writes a file with every option in it, and `keepwatch check` shows all mistakes at once. The file is the
            one named by `--config`, else by `$KEEPWATCH_CONFIG`, else `/etc/keepwatch/keepwatch.yml`, else
            `$XDG_CONFIG_HOME/keepwatch/keepwatch.yml` (`~/.config`). It must belong to root or to the user of the daemon, and others must
            not be able to write it. It is YAML 1.2 without anchors, aliases, merge keys and tags.

            A size is a number with B, kB, MB, GB, TB (powers of 1,000) or KiB, MiB, GiB, TiB (powers of 1,024). A duration is made of
            numbers with ms, s, m, h, d or w, such as `1h30m`. Prices are examples of one region and one day; write your own.

            """;

    private final StringBuilder out = new StringBuilder(TOP);

    String page() {
        Machine nobody = new Machine(Map.of(), Path.of("/"), 0, "web-1");
        section("", "The file", ConfigSchema.of(nobody, Path.of("keepwatch.yml")));
        return out.toString();
    }

    private void section(String keyPath, String title, Section<?> section) {
        out.append("## ").append(title).append("\n\n| key | value | default | meaning |\n|---|---|---|---|\n");
        section.keys().forEach(this::row);
        out.append('\n');
        for (Key<?> key : section.keys()) {
            Optional<Section<?>> inner = key.type().section();
            boolean list = key.type().name().startsWith("a list");
            boolean names = key.type().name().startsWith("a map of names");
            String path = (keyPath.isEmpty() ? "" : keyPath + ".") + key.name() + (list ? "[]" : names ? ".NAME" : "");
            inner.ifPresent(found -> section(path, "`" + path + "`", found));
        }
    }

    private void row(Key<?> key) {
        out.append("| `%s` | %s | %s | %s |\n".formatted(key.name(), kind(key), shownDefault(key), key.doc()));
    }

    private static String shownDefault(Key<?> key) {
        return switch (key.presence()) {
            case REQUIRED -> "(required)";
            case OPTIONAL -> key.shownDefault();
            case DEFAULT -> key.type().section().isPresent() ? "" : "`" + key.shownDefault() + "`";
        };
    }

    private static String kind(Key<?> key) {
        if (key.type().section().isPresent()) {
            return key.type().name() + ", see below";
        }
        boolean words = !key.type().name().matches("an? .*");
        return words
                ? key.type().name()
                : key.type().name() + ", as in `" + key.type().example() + "`";
    }
}
