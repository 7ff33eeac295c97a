package io.keepwatch.daemon;

import io.keepwatch.config.Config;
import io.keepwatch.unit.DurationText;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The settings in force as plain maps, lists and values, with the keys of the file. Secrets are masked by their names, and of
 * addresses all behind the host: whoever knows the path of a webhook may write to it.
 */
final class ShownSettings {
    private static final Set<String> SECRET = Set.of("hash", "secret", "password", "token", "topic");
    private static final String MASK = "***";

    private ShownSettings() {}

    static Map<String, Object> of(Config config) {
        return record(config);
    }

    private static Map<String, Object> record(Record settings) {
        Map<String, Object> shown = new LinkedHashMap<>();
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            String key = snakeCase(component.getName());
            if (SECRET.contains(key)) {
                shown.put(key, MASK);
            } else {
                value(settings, component).ifPresent(value -> shown.put(key, value));
            }
        }
        return shown;
    }

    private static Optional<Object> value(Record settings, RecordComponent component) {
        try {
            // Some of these records are seen by their package alone.
            component.getAccessor().setAccessible(true);
            return shown(component.getAccessor().invoke(settings));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }

    private static Optional<Object> shown(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.flatMap(ShownSettings::shown);
        } else if (value instanceof Record nested) {
            return Optional.of(isQuantity(nested) ? nested.toString() : record(nested));
        } else if (value instanceof Collection<?> many) {
            List<Object> items = new ArrayList<>();
            many.forEach(item -> shown(item).ifPresent(items::add));
            return Optional.of(items);
        } else if (value instanceof Map<?, ?> map) {
            Map<String, Object> entries = new LinkedHashMap<>();
            map.forEach((key, item) -> shown(item).ifPresent(known -> entries.put(String.valueOf(key), known)));
            return Optional.of(entries);
        } else if (value instanceof Duration duration) {
            return Optional.of(DurationText.of(duration));
        } else if (value instanceof Enum<?> constant) {
            return Optional.of(constant.name().toLowerCase(Locale.ROOT));
        } else if (value instanceof URI uri) {
            return Optional.of(shown(uri));
        } else if (value instanceof Number || value instanceof Boolean) {
            return Optional.of(value);
        }
        return Optional.of(String.valueOf(value));
    }

    private static String shown(URI uri) {
        if (uri.getHost() == null || uri.getUserInfo() != null) {
            return MASK;
        }
        String origin = uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
        boolean more = uri.getRawQuery() != null || uri.getPath().length() > 1;
        return more ? origin + "/" + MASK : uri.toString();
    }

    /** Sizes and shares write themselves as a person would. */
    private static boolean isQuantity(Record value) {
        return value.getClass().getPackageName().endsWith(".unit");
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
