package io.keepwatch.source;

import io.keepwatch.event.TreeChanged;
import io.keepwatch.event.WatchDegraded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Watches 51 directories, made before or after the watch stood, and prints what was told; runs beneath a low limit. */
final class WatchLimitProbe {
    private WatchLimitProbe() {}

    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        boolean before = arguments[1].equals("before");
        if (before) {
            makeDirectories(root);
        }
        try (WatchedRoot watched = new WatchedRoot(RootOptions.of("r", root))) {
            if (!before) {
                Awaitility.await().until(watched.source::isComplete);
                makeDirectories(root);
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> !watched.told(WatchDegraded.class).isEmpty()
                            && watched.record.onRecord().equals(RecordedTree.onDisk(root)));
            watched.told(WatchDegraded.class)
                    .forEach(event -> System.out.println("degraded: " + event.problem() + "; " + event.remedy()));
            watched.told(TreeChanged.class).forEach(event -> System.out.println("tree: " + event.reason()));
            System.out.println("complete: " + watched.source.isComplete());
            System.out.println("watched: " + watched.source.watchedDirectories());
            System.out.println("exact: " + watched.record.onRecord().equals(RecordedTree.onDisk(root)));
        }
    }

    private static void makeDirectories(Path root) throws IOException {
        for (int i = 0; i < 50; i++) {
            Files.writeString(Files.createDirectories(root.resolve("d" + i)).resolve("f"), "x");
        }
    }
}
