package io.keepwatch.probe.linux;

import io.keepwatch.unit.DisplayText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A socket that waits for others.
 *
 * @param process its name, empty where only root may see it
 * @param uid empty where ss does not say; ss leaves out root's
 */
public record Listener(
        String protocol, String address, String port, Optional<String> process, Optional<Long> pid, long uid) {
    private static final Pattern PROCESS = Pattern.compile("users:\\(\\(\"([^\"]*)\",pid=(\\d+)");
    /** An IPv4 address at which a socket of IPv6 listens; people know it without the prefix. */
    private static final Pattern MAPPED = Pattern.compile("^\\[::ffff:(\\d+(?:\\.\\d+){3})]");

    private static final Pattern USER = Pattern.compile("\\buid:(\\d+)");

    /** Reads what {@code ss -H -t -u -l -n -p -e} prints. Lines of another form are left out. */
    static List<Listener> parse(String text) {
        List<Listener> listeners = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String[] words = line.strip().split("\\s+", 7);
            int colon = words.length < 6 ? -1 : words[4].lastIndexOf(':');
            if (colon > 0) {
                String rest = words.length > 6 ? words[6] : "";
                Matcher process = PROCESS.matcher(rest);
                boolean known = process.find();
                Matcher user = USER.matcher(rest);
                listeners.add(new Listener(
                        words[0],
                        MAPPED.matcher(words[4].substring(0, colon)).replaceFirst("$1"),
                        words[4].substring(colon + 1),
                        known ? Optional.of(DisplayText.of(process.group(1))) : Optional.empty(),
                        known ? Optional.of(Long.parseLong(process.group(2))) : Optional.empty(),
                        user.find() ? Long.parseLong(user.group(1)) : 0));
            }
        }
        return listeners;
    }

    /** The same for all sockets of the address, whichever process holds them. */
    public String subject() {
        return protocol + " " + address + ":" + port;
    }
}
