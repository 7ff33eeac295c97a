package io.keepwatch.cli;

import java.io.IOException;
import java.nio.file.Path;

/** {@code keepwatch run} in a process of its own, with the classes under test. */
public final class DaemonProcess {
    private DaemonProcess() {}

    /** @param log gets what it prints, behind what is there */
    public static Process start(Path configFile, Path log) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "io.keepwatch.cli.Main",
                        "run",
                        "--config",
                        configFile.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }
}
