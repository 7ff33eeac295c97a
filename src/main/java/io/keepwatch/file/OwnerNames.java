package io.keepwatch.file;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Remembers names of user and group ids for a minute: asking the host for each file may mean asking an LDAP server. */
final class OwnerNames {
    private static final long REMEMBERED_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Map<Integer, Optional<String>> users = new ConcurrentHashMap<>();
    private final Map<Integer, Optional<String>> groups = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;
    private volatile long cleared;

    OwnerNames(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.cleared = nanoTime.getAsLong();
    }

    Optional<String> user(int uid, HeldEntry file) throws IOException {
        return name(users, uid, file, HeldEntry.Owner::user);
    }

    Optional<String> group(int gid, HeldEntry file) throws IOException {
        return name(groups, gid, file, HeldEntry.Owner::group);
    }

    private Optional<String> name(
            Map<Integer, Optional<String>> names, int id, HeldEntry file, Function<HeldEntry.Owner, String> part)
            throws IOException {
        long now = nanoTime.getAsLong();
        if (now - cleared > REMEMBERED_NANOS) {
            users.clear();
            groups.clear();
            cleared = now;
        }
        Optional<String> known = names.get(id);
        if (known != null) {
            return known;
        }
        String text = part.apply(file.owner());
        boolean number = text.equals(Integer.toString(id)) || text.equals(Integer.toUnsignedString(id));
        Optional<String> name = number ? Optional.empty() : Optional.of(text);
        names.put(id, name);
        return name;
    }
}
