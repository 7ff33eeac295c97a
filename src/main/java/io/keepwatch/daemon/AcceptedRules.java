package io.keepwatch.daemon;

import com.fasterxml.jackson.core.JacksonException;
import io.keepwatch.file.WholeFile;
import io.keepwatch.http.Json;
import io.keepwatch.workflow.rule.Revision;
import io.keepwatch.workflow.rule.RuleText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rule files that were taken last, kept in the state folder: where the files have a mistake when the daemon starts, these
 * go on, as they would have without the restart.
 */
final class AcceptedRules {
    private static final Logger LOG = LoggerFactory.getLogger(AcceptedRules.class);

    private final Path file;

    AcceptedRules(Path stateDirectory) {
        this.file = stateDirectory.resolve("accepted-rules.json");
    }

    private record Kept(List<Text> files) {}

    private record Text(String path, String text) {}

    void save(Revision revision) {
        List<Text> texts = revision.texts().stream()
                .map(text -> new Text(text.path(), text.text()))
                .toList();
        try {
            new WholeFile(file).write(Json.write(new Kept(texts)));
        } catch (IOException e) {
            LOG.warn("the rules are not kept for a start with a mistake in them: {}", e.toString());
        }
    }

    Optional<Revision> load() {
        try {
            List<RuleText> texts = Json.read(Files.readString(file), Kept.class).files().stream()
                    .map(text -> new RuleText(text.path(), text.text()))
                    .toList();
            return Optional.of(Revision.of(texts));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JacksonException e) {
            LOG.warn("{} cannot be understood: {}", file, e.getOriginalMessage());
            return Optional.empty();
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}", file, e.toString());
            return Optional.empty();
        }
    }
}
