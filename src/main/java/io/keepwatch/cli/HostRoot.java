package io.keepwatch.cli;

import java.nio.file.Path;

/** Where the host that the commands look at begins. */
final class HostRoot {
    static final Path ROOT = Path.of("/");
    static final Path PROC = Path.of("/proc");
    static final Path SYS = Path.of("/sys");

    private HostRoot() {}
}
