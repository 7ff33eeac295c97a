package io.keepwatch.layout.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.file.FileType;
import io.keepwatch.file.RawPath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MirrorKeysTest {
    private final MirrorKeys keys = new MirrorKeys("/backup/", "host");

    @Property(tries = 2000)
    void every_key_gives_its_path_back(@ForAll("paths") RawPath path, @ForAll("types") FileType type) {
        String key = keys.of("root", path, type);
        if (!keys.isOpaque(key)) {
            assertThat(keys.place(key)).hasValue(new MirrorKeys.Place("root", path, type));
        }
    }

    @Property(tries = 2000)
    void a_key_is_text_that_a_store_and_its_lists_can_carry(
            @ForAll("paths") RawPath path, @ForAll("types") FileType type) {
        String key = keys.of("root", path, type);
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(key);
        assertThat(bytes).hasSizeLessThanOrEqualTo(1024);
        assertThat(key.codePoints())
                .noneMatch(c -> Character.isISOControl(c) || c == 0xFFFE || c == 0xFFFF || c == '\\');
        assertThat(key.split("/", -1)).allSatisfy(segment -> {
            assertThat(segment).isNotEmpty().isNotEqualTo(".").isNotEqualTo("..");
            assertThat(segment.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(170);
        });
        assertThat(keys.isReserved(key)).isFalse();
    }

    @Example
    void readable_names_stay_as_they_are() {
        assertThat(key("Grüße aus Köln/Photo [1] #2.jpg"))
                .isEqualTo("backup/host/root/Grüße aus Köln/Photo [1] #2.jpg");
        assertThat(keys.of("root", RawPath.ROOT, FileType.DIRECTORY)).isEqualTo("backup/host/root/.keepwatch-dir");
        assertThat(keys.of("root", RawPath.of("l"), FileType.SYMLINK)).isEqualTo("backup/host/root/l.rclonelink");
    }

    @Example
    void only_what_cannot_be_carried_is_escaped() {
        assertThat(key("100%\n\\")).isEqualTo("backup/host/root/100%25%0A%5C");
        assertThat(key("a.rclonelink")).isEqualTo("backup/host/root/a.rclonelin%6B");
        assertThat(key(".keepwatch-dir")).isEqualTo("backup/host/root/.keepwatch-di%72");
    }

    @Example
    void a_long_name_has_a_key_of_fixed_length() {
        assertThat(key("n".repeat(171))).matches("backup/host/~long/[0-9a-f]{64}");
        assertThat(key("n".repeat(170))).endsWith("/" + "n".repeat(170));
        assertThat(key("d/".repeat(510) + "f")).contains("~long/");
    }

    @Example
    void a_root_cannot_take_a_key_of_the_layout() {
        for (String root : List.of("~trash", "keepwatch.json", ".", "..", "a/b", "~", "ü", "~%2E.")) {
            String key = keys.of(root, RawPath.of("x"), FileType.REGULAR);
            assertThat(keys.isReserved(key)).isFalse();
            assertThat(keys.isOpaque(key)).isFalse();
            assertThat(keys.place(key)).map(MirrorKeys.Place::root).hasValue(root);
        }
    }

    @Example
    void a_key_that_no_path_has_is_not_taken_for_one() {
        for (String key : List.of(
                "x", "backup/host/root/%61", "backup/host/root/a%", "backup/host/~long/00", "backup/host/root//a")) {
            assertThat(keys.place(key)).isEqualTo(Optional.empty());
        }
    }

    private String key(String path) {
        return keys.of("root", RawPath.of(path), FileType.REGULAR);
    }

    @Provide
    Arbitrary<FileType> types() {
        return Arbitraries.of(FileType.REGULAR, FileType.DIRECTORY, FileType.SYMLINK);
    }

    @Provide
    Arbitrary<RawPath> paths() {
        Arbitrary<byte[]> random = Arbitraries.bytes()
                .filter(b -> b != 0 && b != '/')
                .array(byte[].class)
                .ofMinSize(1)
                .ofMaxSize(20);
        Arbitrary<byte[]> telling = Arbitraries.of(
                        ".rclonelink",
                        ".keepwatch-dir",
                        "~",
                        "%",
                        "%2",
                        "6B",
                        "k",
                        "ü",
                        "\uFFFE",
                        "\n",
                        "\\",
                        "a",
                        ".",
                        " ")
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(parts -> String.join("", parts).getBytes(StandardCharsets.UTF_8));
        return Arbitraries.oneOf(random, telling)
                .filter(name -> !isDots(name))
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(names -> {
                    RawPath path = RawPath.ROOT;
                    for (byte[] name : names) {
                        path = path.child(name);
                    }
                    return path;
                });
    }

    private static boolean isDots(byte[] name) {
        String text = new String(name, StandardCharsets.ISO_8859_1);
        return text.equals(".") || text.equals("..");
    }
}
