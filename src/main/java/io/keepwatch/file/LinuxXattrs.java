package io.keepwatch.file;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The extended attributes of the inode behind a {@code /proc/self/fd} path. */
final class LinuxXattrs {
    private static final int FIRST_GUESS = 512;

    private final byte[] path;
    private final Trail trail;

    LinuxXattrs(byte[] path, Trail trail) {
        this.path = path;
        this.trail = trail;
    }

    List<Xattr> read() throws IOException {
        List<Xattr> found = new ArrayList<>();
        for (String name : names()) {
            if (KeptXattrs.keeps(name)) {
                value(name).ifPresent(value -> found.add(new Xattr(name, value)));
            }
        }
        found.sort(Comparator.comparing(Xattr::name));
        return found;
    }

    /** Tries each attribute, though another was refused; throws for the first one that was. */
    void replace(List<Xattr> wanted) throws IOException {
        Set<String> kept = wanted.stream().map(Xattr::name).collect(Collectors.toSet());
        List<IOException> refused = new ArrayList<>();
        for (String name : names()) {
            if (KeptXattrs.keeps(name) && !kept.contains(name)) {
                attempt(() -> LinuxCalls.removexattr(path, c(name)), refused);
            }
        }
        for (Xattr xattr : wanted) {
            byte[] value = xattr.value().toArray();
            attempt(() -> LinuxCalls.setxattr(path, c(xattr.name()), value, value.length, 0), refused);
        }
        if (!refused.isEmpty()) {
            throw refused.get(0);
        }
    }

    private void attempt(LinuxEntry.Call call, List<IOException> refused) {
        try {
            LinuxEntry.run(call, trail);
        } catch (IOException e) {
            refused.add(e);
        }
    }

    private List<String> names() throws IOException {
        byte[] list = filled(buffer -> LinuxCalls.listxattr(path, buffer, buffer.length))
                .orElseGet(() -> new byte[0]);
        List<String> names = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < list.length; i++) {
            if (list[i] == 0) {
                // Latin-1 gives every byte back: a name need not be UTF-8.
                names.add(new String(list, start, i - start, StandardCharsets.ISO_8859_1));
                start = i + 1;
            }
        }
        return names;
    }

    private Optional<Bytes> value(String name) throws IOException {
        byte[] key = c(name);
        return filled(buffer -> LinuxCalls.getxattr(path, key, buffer, buffer.length))
                .map(Bytes::of);
    }

    /** Grows the buffer until the answer fits; empty where the file system or the inode has none. */
    private Optional<byte[]> filled(Filling call) throws IOException {
        for (int size = FIRST_GUESS; ; size *= 4) {
            byte[] buffer = new byte[size];
            try {
                return Optional.of(Arrays.copyOf(buffer, Math.toIntExact(call.fill(buffer))));
            } catch (LastErrorException e) {
                int errno = e.getErrorCode();
                if (errno == Errno.ENODATA || errno == Errno.EOPNOTSUPP) {
                    return Optional.empty();
                }
                if (errno != Errno.ERANGE || size > 1 << 20) {
                    throw Errno.exception(e, trail);
                }
            }
        }
    }

    private static byte[] c(String name) {
        return LinuxCalls.c(name.getBytes(StandardCharsets.ISO_8859_1));
    }

    private interface Filling {
        long fill(byte[] buffer) throws LastErrorException;
    }
}
