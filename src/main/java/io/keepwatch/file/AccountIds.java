package io.keepwatch.file;

import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that this host gives to names of users and groups. Empty for a name the host does not know, and for every
 * name where there are no system calls (see {@link HeldDirectory#isSafeFromRaces}). Remembers each answer; any thread.
 */
public final class AccountIds {
    /** {@code struct passwd} and {@code struct group} both begin with two pointers, then the id. */
    private static final long ID_OFFSET = 16;

    private final Map<String, OptionalInt> users = new ConcurrentHashMap<>();
    private final Map<String, OptionalInt> groups = new ConcurrentHashMap<>();

    public OptionalInt user(String name) {
        return users.computeIfAbsent(name, key -> ask(key, LinuxCalls::getpwnam));
    }

    public OptionalInt group(String name) {
        return groups.computeIfAbsent(name, key -> ask(key, LinuxCalls::getgrnam));
    }

    private static OptionalInt ask(String name, Function<byte[], @Nullable Pointer> call) {
        if (!HeldDirectory.isSafeFromRaces()) {
            return OptionalInt.empty();
        }
        // The C library answers in memory that the next call of any thread overwrites.
        synchronized (AccountIds.class) {
            Pointer account = call.apply(LinuxCalls.c(name.getBytes(StandardCharsets.UTF_8)));
            return account == null ? OptionalInt.empty() : OptionalInt.of(account.getInt(ID_OFFSET));
        }
    }
}
