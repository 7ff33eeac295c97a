package io.keepwatch.daemon;

import io.keepwatch.catalog.CatalogMissingException;
import io.keepwatch.catalog.CatalogReader;
import io.keepwatch.catalog.ObservedChange;
import io.keepwatch.config.Config;
import io.keepwatch.event.FilesChanged;
import io.keepwatch.file.RawPath;
import io.keepwatch.workflow.type.RuleEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Changes of files that the catalog knows, as the events that rules would have seen. Of several changes before a file was
 * stored there is only the last one, and of versions that were removed there is none. One thread at a time; blocks.
 */
public final class PastFileChanges {
    /** The daemon tells what settles together as one event; the catalog keeps only when each was looked at. */
    private static final Duration TOGETHER = Duration.ofSeconds(1);

    private final RuleEvents events;
    private final Path state;

    /** @param ids gives each event its own */
    public PastFileChanges(Config config, Supplier<String> ids) {
        this.events = RuleEvents.of(config, ids);
        this.state = config.state();
    }

    /** The oldest first, of so many changes; none where there is no catalog. */
    public List<RuleEvent> between(Instant from, Instant to, int atMost) {
        try (CatalogReader catalog = CatalogReader.open(state)) {
            List<RuleEvent> told = new ArrayList<>();
            List<ObservedChange> batch = new ArrayList<>();
            for (ObservedChange change : catalog.changes(from, to, atMost)) {
                if (!batch.isEmpty() && !isTogether(batch.get(0), change)) {
                    told.addAll(events.of(event(batch)));
                    batch.clear();
                }
                batch.add(change);
            }
            if (!batch.isEmpty()) {
                told.addAll(events.of(event(batch)));
            }
            return told;
        } catch (CatalogMissingException e) {
            return List.of();
        }
    }

    private static boolean isTogether(ObservedChange first, ObservedChange next) {
        return first.root().equals(next.root()) && !first.at().plus(TOGETHER).isBefore(next.at());
    }

    private static FilesChanged event(List<ObservedChange> batch) {
        ObservedChange last = batch.get(batch.size() - 1);
        List<RawPath> paths = batch.stream().map(ObservedChange::path).toList();
        return new FilesChanged(last.at(), last.root(), paths);
    }
}
