package io.keepwatch.probe.linux;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.keepwatch.file.TestCommand;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Files that are disks for a while, and what has to be undone when the test ends, the last first. */
final class LoopDisks implements AutoCloseable {
    private final Path folder;
    private final Deque<String[]> undo = new ArrayDeque<>();

    LoopDisks(Path folder) {
        this.folder = folder;
    }

    /** Device names such as {@code /dev/loop3}. Skips the test where this machine gives none. */
    List<String> make(int count, long bytes) throws IOException, InterruptedException {
        List<String> devices = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Path file = folder.resolve("disk" + i);
            try (RandomAccessFile made = new RandomAccessFile(file.toFile(), "rw")) {
                made.setLength(bytes);
            }
            String device = TestCommand.output("losetup", "--find", "--show", file.toString())
                    .strip();
            assumeTrue(device.startsWith("/dev/loop"), () -> "only root may make a loop device: " + device);
            undoBy("losetup", "--detach", device);
            devices.add(device);
        }
        return devices;
    }

    /** The command of what has to end before the disks do. */
    void undoBy(String... command) {
        undo.push(command);
    }

    /** Something may still look at a device for a moment; a device that stays would trouble every later test. */
    @Override
    public void close() {
        while (!undo.isEmpty()) {
            String[] command = undo.pop();
            await(String.join(" ", command)).atMost(Duration.ofSeconds(20)).until(() -> TestCommand.succeeds(command));
        }
    }
}
