package io.keepwatch.file;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Programs of the host that a test needs, such as mount. */
public final class TestCommand {
    private TestCommand() {}

    /** Whether it is there and ends well within half a minute. */
    public static boolean succeeds(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
