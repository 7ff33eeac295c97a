package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * Writes a number to the begin of a large file, then to a small one, then to the end of the large one, and forces each to the
 * disk before the next, as databases do; then the next number. At each moment the three differ by one at most.
 */
final class CountingProgram {
    private static final int LARGE_BYTES = 8 << 20;
    private static final int DIGITS = 19;

    private final Thread thread;
    private volatile boolean stopping;

    CountingProgram(Path folder) throws IOException {
        Files.write(folder.resolve("large"), new byte[LARGE_BYTES]);
        write(folder, 0);
        this.thread = new Thread(() -> count(folder), "counting program");
        thread.start();
    }

    private void count(Path folder) {
        try {
            for (long number = 1; !stopping; number++) {
                write(folder, number);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void write(Path folder, long number) throws IOException {
        try (FileChannel large = open(folder.resolve("large"));
                FileChannel small = open(folder.resolve("small"))) {
            byte[] text =
                    String.format(Locale.ROOT, "%0" + DIGITS + "d", number).getBytes(StandardCharsets.US_ASCII);
            large.write(ByteBuffer.wrap(text), 0);
            small.write(ByteBuffer.wrap(text), 0);
            large.write(ByteBuffer.wrap(text), LARGE_BYTES - DIGITS);
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.DSYNC);
    }

    /** Fails where these are not the files of one moment. */
    static void requireAgreement(Path folder) throws IOException {
        byte[] large = Files.readAllBytes(folder.resolve("large"));
        long begin = number(large, 0);
        long between = number(Files.readAllBytes(folder.resolve("small")), 0);
        long end = number(large, LARGE_BYTES - DIGITS);
        assertThat(begin).isPositive();
        assertThat(between).isBetween(begin - 1, begin);
        assertThat(end).isBetween(begin - 1, between);
    }

    private static long number(byte[] bytes, int offset) {
        return Long.parseLong(new String(bytes, offset, DIGITS, StandardCharsets.US_ASCII));
    }

    void end() throws InterruptedException {
        stopping = true;
        thread.join();
    }
}
