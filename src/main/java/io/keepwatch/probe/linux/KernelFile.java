package io.keepwatch.probe.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Small files of /proc and /sys: absent means that the host lacks the feature, anything else unreadable is an error. */
final class KernelFile {
    private KernelFile() {}

    /** The text without surrounding white space; every byte is one character. Empty where there is no such file. */
    static Optional<String> text(Path file) throws IOException {
        try {
            return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** The lines; none where there is no such file. */
    static List<String> lines(Path file) throws IOException {
        return text(file).map(text -> text.lines().toList()).orElse(List.of());
    }

    /** A whole number; empty where there is no such file. */
    static OptionalLong number(Path file) throws IOException {
        Optional<String> text = text(file);
        return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(number(file, text.get()));
    }

    /** A number of an attribute that some drivers have but refuse to tell; empty then, and where it is absent. */
    static OptionalLong tolerant(Path file) {
        try {
            return number(file);
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** The text of an attribute that some drivers have but refuse to tell. */
    static Optional<String> tolerantText(Path file) {
        try {
            return text(file);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static long number(Path file, String text) throws IOException {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IOException(file + " should hold a whole number but holds \"" + text + "\"", e);
        }
    }

    /** What is in a folder, sorted by name; nothing where there is no such folder. */
    static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (FileSystemException e) {
            throw new IOException(folder + " cannot be listed: " + e.getReason(), e);
        }
    }
}
