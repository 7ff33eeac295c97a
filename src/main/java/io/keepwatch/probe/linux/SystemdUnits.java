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
    private final List<Path> folders;

    /** @param root {@code /} of the host */
    SystemdUnits(Path root) {
        // The earlier folder wins, as for systemd.
        this.folders = Stream.of(
                        "etc/systemd/system",
                        "run/systemd/system",
                        "usr/local/lib/systemd/system",
                        "usr/lib/systemd/system",
                        "lib/systemd/system")
                .map(root::resolve)
                .toList();
    }

    /** The unit folders, and the folders in them that hold links from one unit to another. */
    List<Path> folders() throws IOException {
        List<Path> all = new ArrayList<>(folders);
        for (Path folder : folders) {
            for (Path entry : KernelFile.entries(folder)) {
                if (String.valueOf(entry.getFileName()).matches(".*\\.(wants|requires)")) {
                    all.add(entry);
                }
            }
        }
        return all;
    }

    /** The target that the host boots into; empty without systemd. */
    Optional<String> defaultTarget() throws IOException {
        for (Path folder : folders) {
            Path link = folder.resolve("default.target");
            if (Files.isSymbolicLink(link)) {
                return Optional.of(String.valueOf(Files.readSymbolicLink(link).getFileName()));
            }
        }
        return Optional.empty();
    }

    /** Everything that starts with a target, other targets left out; each with the first reason that was found. */
    List<BootService> startedBy(String target) throws IOException {
        Map<String, String> why = new LinkedHashMap<>();
        Deque<String> toDo = new ArrayDeque<>(List.of(target));
        why.put(target, "");
        while (!toDo.isEmpty()) {
            String unit = toDo.remove();
            for (Map.Entry<String, String> pulled : pulledBy(unit).entrySet()) {
                if (!why.containsKey(pulled.getKey()) && exists(pulled.getKey())) {
                    why.put(pulled.getKey(), pulled.getValue());
                    toDo.add(pulled.getKey());
                }
            }
        }
        List<BootService> services = new ArrayList<>();
        why.forEach((unit, reason) -> {
            if (!unit.endsWith(".target")) {
                services.add(new BootService("systemd", unit, reason));
            }
        });
        return services;
    }

    private Map<String, String> pulledBy(String unit) throws IOException {
        Map<String, String> pulled = new LinkedHashMap<>();
        for (String kind : List.of("wants", "requires")) {
            for (Path folder : folders) {
                for (Path link : KernelFile.entries(folder.resolve(unit + "." + kind))) {
                    String name = String.valueOf(link.getFileName());
                    pulled.putIfAbsent(name, (kind.equals("wants") ? "wanted by " : "required by ") + unit);
                }
            }
        }
        Optional<Path> file = file(unit);
        for (String line : file.isPresent() ? KernelFile.lines(file.get()) : List.<String>of()) {
            String key = line.split("=", 2)[0].strip();
            if (line.contains("=") && (key.equals("Wants") || key.equals("Requires") || key.equals("BindsTo"))) {
                for (String name : line.split("=", 2)[1].strip().split("\\s+", -1)) {
                    if (!name.isEmpty()) {
                        pulled.putIfAbsent(name, key + "= of " + unit);
                    }
                }
            }
        }
        return pulled;
    }

    /** A masked unit is a link to /dev/null; what has no file at all cannot start either. */
    private boolean exists(String unit) throws IOException {
        Optional<Path> file = file(unit);
        return file.isPresent()
                && !(Files.isSymbolicLink(file.get())
                        && Files.readSymbolicLink(file.get()).equals(Path.of("/dev/null")));
    }

    private Optional<Path> file(String unit) {
        int at = unit.indexOf('@');
        List<String> names = at < 0
                ? List.of(unit)
                // An instance has the file of its template.
                : List.of(unit, unit.substring(0, at + 1) + unit.substring(Math.max(at, unit.lastIndexOf('.'))));
        return names.stream()
                .flatMap(name -> folders.stream().map(folder -> folder.resolve(name)))
                .filter(file -> Files.exists(file, java.nio.file.LinkOption.NOFOLLOW_LINKS))
                .findFirst();
    }
}
