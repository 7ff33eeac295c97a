package io.keepwatch.probe.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a target of systemd pulls in, from the links and files of the unit folders alone: it need not run. */
final class SystemdUnits {
    private static final String DEFAULT = "default.target";

    private final Path root;
    private final List<Path> folders;

    /** @param root {@code /} of the host */
    SystemdUnits(Path root) {
        this.root = root;
        // The earlier folder wins, as systemd.unit(5) lists them.
        this.folders = Stream.of(
                        "etc/systemd/system.control",
                        "run/systemd/system.control",
                        "run/systemd/transient",
                        "run/systemd/generator.early",
                        "etc/systemd/system",
                        "etc/systemd/system.attached",
                        "run/systemd/system",
                        "run/systemd/system.attached",
                        "run/systemd/generator",
                        "usr/local/lib/systemd/system",
                        "lib/systemd/system",
                        "usr/lib/systemd/system",
                        "run/systemd/generator.late")
                .map(root::resolve)
                .toList();
    }

    /** Whether it lies where the generators of systemd write: systemd empties that whenever it is told to reload. */
    boolean isGenerated(Path place) {
        return place.startsWith(root) && root.relativize(place).toString().startsWith("run/systemd/generator");
    }

    /** Where systemd looks for units, in its order. */
    List<Path> order() {
        return folders;
    }

    /** The unit folders, and the folders in them that hold drop-ins and links from one unit to another. */
    List<Path> folders() throws IOException {
        List<Path> all = new ArrayList<>(folders);
        for (Path folder : folders) {
            for (Path entry : KernelFile.entries(folder)) {
                if (String.valueOf(entry.getFileName()).matches(".*\\.(wants|requires|upholds|d)")) {
                    all.add(entry);
                }
            }
        }
        return all;
    }

    /** The target that the host boots into; empty without systemd. */
    Optional<String> defaultTarget() throws IOException {
        for (Path folder : folders) {
            Path link = folder.resolve(DEFAULT);
            if (Files.isSymbolicLink(link)) {
                return Optional.of(String.valueOf(Files.readSymbolicLink(link).getFileName()));
            }
        }
        return Optional.empty();
    }

    /** Everything that starts with a target, other targets left out; each with the first reason that was found. */
    List<BootService> startedBy(String target) throws IOException {
        return startedBy(target, new UnitFolders(folders));
    }

    /** As {@link #startedBy(String)}, without what generators make. */
    List<BootService> startedWithoutGenerators(String target) throws IOException {
        return startedBy(
                target,
                new UnitFolders(
                        folders.stream().filter(folder -> !isGenerated(folder)).toList()));
    }

    private static List<BootService> startedBy(String target, UnitFolders units) throws IOException {
        Map<UnitName, String> why = new LinkedHashMap<>();
        UnitName first = units.realName(new UnitName(target));
        Deque<UnitName> toDo = new ArrayDeque<>(List.of(first));
        why.put(first, "");
        while (!toDo.isEmpty()) {
            UnitName unit = toDo.remove();
            for (Map.Entry<String, String> pulled : pulledBy(unit, units).entrySet()) {
                UnitName name = units.realName(new UnitName(pulled.getKey()));
                if (!why.containsKey(name) && units.canStart(name)) {
                    why.put(name, pulled.getValue());
                    toDo.add(name);
                }
            }
        }
        List<BootService> services = new ArrayList<>();
        why.forEach((unit, reason) -> {
            if (!unit.type().equals("target")) {
                services.add(new BootService("systemd", unit.text(), reason));
            }
        });
        return services;
    }

    private static Map<String, String> pulledBy(UnitName unit, UnitFolders units) throws IOException {
        Map<String, String> pulled = new LinkedHashMap<>();
        Map<String, String> words = new LinkedHashMap<>();
        words.put(".wants", "wanted by ");
        words.put(".requires", "required by ");
        words.put(".upholds", "upheld by ");
        for (Map.Entry<String, String> word : words.entrySet()) {
            for (Path link : units.dropIns(unit, word.getKey())) {
                pulled.putIfAbsent(String.valueOf(link.getFileName()), word.getValue() + unit.text());
            }
        }
        Optional<Path> file = units.file(unit);
        if (file.isPresent()) {
            pulls(file.get(), unit, "").forEach(pulled::putIfAbsent);
        }
        for (Path dropIn : units.dropIns(unit, ".d")) {
            if (dropIn.toString().endsWith(".conf")) {
                pulls(dropIn, unit, ", by its drop-in " + dropIn.getFileName()).forEach(pulled::putIfAbsent);
            }
        }
        return pulled;
    }

    /** A file that only root may read hides what it pulls in, and no other. */
    private static Map<String, String> pulls(Path file, UnitName unit, String where) {
        Map<String, String> pulled = new LinkedHashMap<>();
        for (UnitText.Pull pull : UnitText.pulls(KernelFile.tolerantText(file).orElse(""), unit)) {
            pulled.putIfAbsent(pull.name(), pull.key() + "= of " + unit.text() + where);
        }
        return pulled;
    }
}
