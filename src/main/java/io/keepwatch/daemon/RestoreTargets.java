package io.keepwatch.daemon;

import io.keepwatch.backup.restore.OverwriteRule;
import io.keepwatch.backup.restore.Ownership;
import io.keepwatch.backup.restore.RestoreRequest;
import io.keepwatch.backup.restore.TargetDirectory;
import io.keepwatch.file.RawPath;
import io.keepwatch.http.RefusedException;
import io.keepwatch.http.RestoresView.Order;
import io.keepwatch.unit.DisplayText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The folders that restores over HTTP may write into. Links on the way are resolved before it is decided. */
record RestoreTargets(List<Path> folders) {
    RestoreTargets {
        folders = List.copyOf(folders);
    }

    List<String> shown() {
        return folders.stream().map(Path::toString).toList();
    }

    /** Where an absolute path really leads; throws {@link RefusedException} where nothing may be written. */
    Path allowed(String text) {
        if (folders.isEmpty()) {
            throw new RefusedException(
                    403,
                    "Folder not allowed",
                    "restores over HTTP may write nowhere: name folders in http.restore_to of the configuration, or use"
                            + " keepwatch restore");
        }
        Path target = real(absolute(text));
        if (folders.stream().noneMatch(folder -> target.startsWith(real(folder)))) {
            throw new RefusedException(
                    403,
                    "Folder not allowed",
                    "\"" + text + "\" is in none of the folders of http.restore_to: " + String.join(", ", shown()));
        }
        return target;
    }

    /** Exact under every locale, without dots. */
    private static Path absolute(String text) {
        if (!text.startsWith("/")) {
            throw RefusedException.badRequest("to is \"" + text + "\", but must be an absolute path");
        }
        String inside =
                text.endsWith("/") && text.length() > 1 ? text.substring(1, text.length() - 1) : text.substring(1);
        return RefusedException.unlessMisread(
                () -> RawPath.of(DisplayText.bytes(inside)).under(Path.of("/")));
    }

    private static Path real(Path path) {
        try {
            if (Files.exists(path)) {
                return path.toRealPath();
            }
            Optional<Path> parent = Optional.ofNullable(path.getParent());
            // A link to nowhere is no folder that could be made.
            return parent.isEmpty() || Files.isSymbolicLink(path)
                    ? path
                    : real(parent.get()).resolve(path.getFileName());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RestoreRequest request(Order order, Path target) {
        return new RestoreRequest(
                order.patterns(),
                order.at(),
                Optional.of(TargetDirectory.resolved(target)),
                OverwriteRule.valueOf(order.overwrite().toUpperCase(Locale.ROOT)),
                Ownership.valueOf(order.owners().toUpperCase(Locale.ROOT)),
                false,
                order.dryRun(),
                true);
    }
}
