package io.keepwatch.probe.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What lies in the unit folders of systemd at one moment: units by their names, and the folders of drop-ins. */
final class UnitFolders {
    private static final Path NOTHING = Path.of("/dev/null");

    /** A folder of units, and which folders are in it. */
    private record Listing(Path folder, Set<String> folders) {}

    private final List<Listing> listings = new ArrayList<>();
    private final Map<String, Path> files = new HashMap<>();
    private final Map<String, Set<String>> aliases = new HashMap<>();

    /** @param folders in the order of systemd: what is found in an earlier one wins */
    UnitFolders(List<Path> folders) throws IOException {
        for (Path folder : folders) {
            Set<String> inside = new HashSet<>();
            for (Path entry : KernelFile.entries(folder)) {
                String name = String.valueOf(entry.getFileName());
                if (Files.isDirectory(entry)) {
                    inside.add(name);
                } else {
                    files.putIfAbsent(name, entry);
                }
            }
            listings.add(new Listing(folder, inside));
        }
        for (String name : files.keySet()) {
            UnitName real = realName(new UnitName(name));
            if (!real.text().equals(name)) {
                aliases.computeIfAbsent(real.text(), none -> new TreeSet<>()).add(name);
            }
        }
    }

    /** The name that a unit has itself where this one is another name of it. */
    UnitName realName(UnitName name) throws IOException {
        Set<UnitName> met = new HashSet<>();
        UnitName real = name;
        while (met.add(real)) {
            Optional<Path> link = file(real).filter(Files::isSymbolicLink);
            if (link.isEmpty()) {
                return real;
            }
            Path target = Files.readSymbolicLink(link.get()).getFileName();
            if (target == null || !files.containsKey(target.toString())) {
                return real;
            }
            real = new UnitName(target.toString()).withInstanceOf(real);
        }
        return real;
    }

    /** The file of a unit; that of its template for an instance without its own. May be a mask. */
    Optional<Path> file(UnitName name) {
        Optional<Path> own = Optional.ofNullable(files.get(name.text()));
        return own.isPresent() ? own : name.template().flatMap(template -> Optional.ofNullable(files.get(template)));
    }

    /** Whether a unit can be started: a link to /dev/null and an empty file are masks. */
    boolean canStart(UnitName name) throws IOException {
        Optional<Path> file = file(name);
        return file.isPresent() && !isMask(file.get());
    }

    /**
     * What the folders of drop-ins hold for a unit, under all its names, sorted by name; masks are left out. Of those with
     * the same name the one that is more specific, or else in the earlier folder, wins.
     *
     * @param suffix {@code .d}, {@code .wants} …
     */
    Collection<Path> dropIns(UnitName unit, String suffix) throws IOException {
        Map<String, Path> found = new TreeMap<>();
        for (UnitName name : names(unit)) {
            collect(name.andItsPrefixes(), suffix, found);
        }
        collect(List.of(unit.type()), suffix, found);
        List<Path> inUse = new ArrayList<>();
        for (Path entry : found.values()) {
            if (!isMask(entry)) {
                inUse.add(entry);
            }
        }
        return inUse;
    }

    private void collect(List<String> names, String suffix, Map<String, Path> found) throws IOException {
        for (Listing listing : listings) {
            for (String name : names) {
                if (listing.folders.contains(name + suffix)) {
                    for (Path entry : KernelFile.entries(listing.folder.resolve(name + suffix))) {
                        found.putIfAbsent(String.valueOf(entry.getFileName()), entry);
                    }
                }
            }
        }
    }

    private List<UnitName> names(UnitName unit) {
        List<UnitName> names = new ArrayList<>(List.of(unit));
        aliases.getOrDefault(unit.text(), Set.of()).forEach(alias -> names.add(new UnitName(alias)));
        unit.template()
                .map(template -> aliases.getOrDefault(template, Set.of()))
                .ifPresent(
                        templates -> templates.forEach(alias -> names.add(new UnitName(alias).withInstanceOf(unit))));
        return names;
    }

    private static boolean isMask(Path entry) throws IOException {
        return Files.isSymbolicLink(entry)
                ? Files.readSymbolicLink(entry).equals(NOTHING)
                : Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS) && Files.size(entry) == 0;
    }
}
