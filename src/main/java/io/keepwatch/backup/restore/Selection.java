package io.keepwatch.backup.restore;

import io.keepwatch.file.RawPath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What of one root is to be restored: the patterns that concern it, and the directory that all their matches lie in. */
final class Selection {
    private final RestoreRoot root;
    private final String rootPath;
    private final List<PathGlob> globs = new ArrayList<>();
    private Optional<RawPath> prefix = Optional.empty();

    private Selection(RestoreRoot root) {
        this.root = root;
        this.rootPath = absolute(root.path());
    }

    /** One selection for each root that a pattern may concern. Throws {@link RestoreException} where one concerns none. */
    static List<Selection> of(List<String> patterns, List<RestoreRoot> roots) throws RestoreException {
        List<Selection> all = roots.stream().map(Selection::new).toList();
        for (String pattern : patterns) {
            if (all.stream().noneMatch(selection -> selection.addWhole(pattern))) {
                addGlob(parse(pattern, roots), pattern, all);
            }
        }
        return all.stream().filter(selection -> !selection.globs.isEmpty()).toList();
    }

    private static PathGlob parse(String pattern, List<RestoreRoot> roots) throws RestoreException {
        try {
            return PathGlob.parse(pattern);
        } catch (IllegalArgumentException e) {
            throw new RestoreException("pattern " + e.getMessage() + ": give an absolute path, a glob that begins with"
                    + " \"/\", or the name of a root. " + list(roots));
        }
    }

    private static void addGlob(PathGlob glob, String pattern, List<Selection> all) throws RestoreException {
        List<Selection> holders =
                all.stream().filter(selection -> selection.holds(glob)).toList();
        int longest = holders.stream()
                .mapToInt(selection -> selection.rootPath.length())
                .max()
                .orElse(-1);
        boolean concerned = false;
        for (Selection selection : all) {
            boolean holder = longest >= 0 && holders.contains(selection) && selection.rootPath.length() == longest;
            if (holder || isWithin(selection.rootPath, glob.literalDirectory())) {
                selection.add(glob);
                concerned = true;
            }
        }
        if (!concerned) {
            throw nothing(pattern, all.stream().map(Selection::root).toList());
        }
    }

    static RestoreException nothing(String patterns, List<RestoreRoot> roots) {
        return new RestoreException("nothing is backed up that matches " + patterns + ". " + list(roots));
    }

    private static String list(List<RestoreRoot> roots) {
        return roots.isEmpty()
                ? "No root is backed up."
                : roots.stream()
                        .map(root -> root.name() + " (" + root.path() + ")")
                        .collect(Collectors.joining(", ", "The roots are: ", "."));
    }

    private boolean addWhole(String pattern) {
        boolean whole = pattern.equals(root.name());
        if (whole) {
            globs.add(new WholeRoot(rootPath).glob());
            prefix = Optional.of(RawPath.ROOT);
        }
        return whole;
    }

    private boolean holds(PathGlob glob) {
        return isWithin(glob.literalDirectory(), rootPath);
    }

    private void add(PathGlob glob) {
        globs.add(glob);
        RawPath directory = holds(glob) ? relative(glob.literalDirectory()) : RawPath.ROOT;
        prefix = Optional.of(prefix.map(known -> common(known, directory)).orElse(directory));
    }

    RestoreRoot root() {
        return root;
    }

    /** Everything that is selected lies at or beneath this path. */
    RawPath prefix() {
        return prefix.orElse(RawPath.ROOT);
    }

    boolean selects(RawPath path) {
        String absolute = path.isRoot() ? rootPath : rootPath + "/" + PathGlob.latin(path.bytes());
        return globs.stream().anyMatch(glob -> glob.selects(absolute));
    }

    private RawPath relative(String directory) {
        String rest = directory.substring(Math.min(directory.length(), rootPath.length()));
        return RawPath.of((rest.startsWith("/") ? rest.substring(1) : rest).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static RawPath common(RawPath a, RawPath b) {
        RawPath shared = a;
        while (!b.isWithin(shared)) {
            shared = shared.parent().orElse(RawPath.ROOT);
        }
        return shared;
    }

    private static boolean isWithin(String path, String directory) {
        return path.startsWith(directory)
                && (path.length() == directory.length() || path.charAt(directory.length()) == '/');
    }

    /** The bytes of a path as Latin-1, without a slash at the end: empty for the root of the file system. */
    private static String absolute(Path path) {
        Path normal = path.toAbsolutePath().normalize();
        RawPath beneath = RawPath.between(Path.of("/"), normal);
        return beneath.isRoot() ? "" : "/" + PathGlob.latin(beneath.bytes());
    }

    /** A root by its name, whose own path may hold characters that are special in a pattern. */
    private record WholeRoot(String path) {
        PathGlob glob() {
            StringBuilder pattern = new StringBuilder("/");
            for (char c : path.substring(Math.min(1, path.length())).toCharArray()) {
                pattern.append(c == '/' ? "/" : String.format("\\x%02x", (int) c));
            }
            return PathGlob.parse(pattern.toString());
        }
    }
}
