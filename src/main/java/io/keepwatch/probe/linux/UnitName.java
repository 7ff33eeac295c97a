package io.keepwatch.probe.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The name of a unit of systemd.
 *
 * @param text all of it: {@code getty@tty1.service}
 */
record UnitName(String text) {
    String type() {
        return text.substring(text.lastIndexOf('.') + 1);
    }

    /** {@code getty} of {@code getty@tty1.service}, and {@code ssh} of {@code ssh.service}. */
    String prefix() {
        String name = withoutType();
        int at = name.indexOf('@');
        return at < 0 ? name : name.substring(0, at);
    }

    /** {@code tty1} of {@code getty@tty1.service}; empty for a template and for a unit that has none. */
    String instance() {
        String name = withoutType();
        int at = name.indexOf('@');
        return at < 0 ? "" : name.substring(at + 1);
    }

    /** Of an instance: {@code getty@.service}. */
    Optional<String> template() {
        return instance().isEmpty() ? Optional.empty() : Optional.of(prefix() + "@." + type());
    }

    /** This name, with the instance of another one where it is a template. */
    UnitName withInstanceOf(UnitName other) {
        return withoutType().endsWith("@") ? new UnitName(prefix() + "@" + other.instance() + "." + type()) : this;
    }

    /**
     * What folders of drop-ins for this unit begin with, the most specific first: {@code a-b@c.service}, {@code
     * a-b@.service}, {@code a-@.service}.
     */
    List<String> andItsPrefixes() {
        List<String> names = new ArrayList<>(List.of(text));
        template().ifPresent(names::add);
        String sign = withoutType().contains("@") ? "@" : "";
        String rest = prefix();
        for (int dash = dash(rest); dash > 0; dash = dash(rest)) {
            rest = rest.substring(0, dash);
            names.add(rest + "-" + sign + "." + type());
        }
        return names;
    }

    /** The last dash that has something behind it. */
    private static int dash(String name) {
        return name.lastIndexOf('-', name.length() - 2);
    }

    String withoutType() {
        return text.substring(0, Math.max(0, text.lastIndexOf('.')));
    }
}
