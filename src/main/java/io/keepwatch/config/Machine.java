package io.keepwatch.config;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the configuration takes from the process that reads it.
 *
 * @param uid the numeric user; 0 is root
 */
public record Machine(Map<String, String> environment, Path home, long uid, String hostName) {
    private static final Path KERNEL_HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    public Machine {
        environment = Map.copyOf(environment);
    }

    /** This process. Asks the resolver for the host name only where the kernel does not show it. */
    public static Machine current() {
        Map<String, String> environment = System.getenv();
        Path home = folder(environment, "HOME").orElseGet(() -> Path.of(System.getProperty("user.home", "/")));
        return new Machine(environment, home, new UnixSystem().getUid(), currentHostName());
    }

    public boolean isRoot() {
        return uid == 0;
    }

    /** A variable that is set and not empty. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** Where a daemon of this user keeps its databases when the configuration does not say. */
    Path stateFolder() {
        return isRoot()
                ? Path.of("/var/lib/keepwatch")
                : userFolder("XDG_STATE_HOME", ".local/state").resolve("keepwatch");
    }

    /** The configuration file of this user alone. */
    Path userConfigFile() {
        return userFolder("XDG_CONFIG_HOME", ".config").resolve("keepwatch/keepwatch.yml");
    }

    private Path userFolder(String variable, String belowHome) {
        return folder(environment, variable).orElseGet(() -> home.resolve(belowHome));
    }

    // The XDG specification has relative values ignored.
    private static Optional<Path> folder(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable)).map(Path::of).filter(Path::isAbsolute);
    }

    private static String currentHostName() {
        try {
            return Files.isReadable(KERNEL_HOST_NAME)
                    ? Files.readString(KERNEL_HOST_NAME).strip()
                    : InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            throw new UncheckedIOException("this machine does not tell its host name", e);
        }
    }
}
