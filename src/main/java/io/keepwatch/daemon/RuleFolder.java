package io.keepwatch.daemon;

import io.keepwatch.workflow.load.Known;
import io.keepwatch.workflow.load.LoadedRules;
import io.keepwatch.workflow.load.RuleLoader;
import io.keepwatch.workflow.rule.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The folder of the rule files. One thread at a time. */
final class RuleFolder {
    private final Path folder;
    private final RuleLoader loader;
    private Map<Path, Stamp> seen = Map.of();

    RuleFolder(Path folder, Known known) {
        this.folder = folder;
        this.loader = new RuleLoader(known);
    }

    private record Stamp(FileTime modified, long bytes) {}

    /** As it is shown. */
    String shown() {
        return folder.toString();
    }

    /** Reads all files and runs the tests in them; a folder that is not there holds none. */
    LoadedRules load() throws IOException {
        seen = stamps();
        return TestedRules.of(loader.load(List.copyOf(seen.keySet())));
    }

    /** Reads what was read and tested before. */
    LoadedRules load(Revision revision) {
        return loader.load(revision);
    }

    /** Whether a file was added, removed or written since the last load. */
    boolean hasChanged() throws IOException {
        return !stamps().equals(seen);
    }

    private Map<Path, Stamp> stamps() throws IOException {
        Map<Path, Stamp> stamps = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            for (Path file : RuleLoader.files(folder)) {
                stamps.put(file, new Stamp(Files.getLastModifiedTime(file), Files.size(file)));
            }
        }
        return stamps;
    }
}
