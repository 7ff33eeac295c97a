package io.keepwatch.layout.pack;

import static io.keepwatch.layout.pack.SamplePack.noise;
import static io.keepwatch.layout.pack.SamplePack.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.keepwatch.file.Bytes;
import io.keepwatch.file.MemoryContent;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.Sha256;
import io.keepwatch.layout.pack.SamplePack.Written;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of pack opens with the tools of a Linux distribution, and gives every byte back. */
class StockToolsTest {
    @TempDir
    Path directory;

    enum Kind {
        JOURNAL_ONLY {
            @Override
            void fill(SamplePack pack) throws IOException {
                pack.put("empty", new byte[0]);
            }
        },
        SMALL_FILES {
            @Override
            void fill(SamplePack pack) throws IOException {
                for (int i = 0; i < 300; i++) {
                    pack.put("dir" + i % 7 + "/file" + i, text(i, 1 + i * 37));
                }
            }
        },
        LARGE_FILES {
            @Override
            void fill(SamplePack pack) throws IOException {
                pack.put("before", text(1, 10));
                pack.put("text", text(2, 5_000_001));
                pack.put("noise", noise(3, 3_000_000));
                pack.put("border", text(4, 256 << 10));
                pack.put("after", text(5, 513));
                pack.writer.add(
                        PackMember.segment(Sha256.hash(noise(6, 1 << 20)), new MemoryContent(noise(6, 1 << 20))));
            }
        },
        NAMES {
            @Override
            void fill(SamplePack pack) throws IOException {
                pack.put("a/" + "n".repeat(93), text(1, 99));
                pack.put("a/" + "n".repeat(94), text(2, 99));
                pack.put("b/" + "long ".repeat(50), text(3, 99));
                pack.put(("d".repeat(200) + "/").repeat(4) + "file", text(4, 99));
                pack.put(("d".repeat(200) + "/").repeat(5) + "file", text(5, 99));
                pack.put(RawPath.of(new byte[] {'x', (byte) 0xFF, (byte) 0xC3, '\n', 1, 'y'}), text(6, 99));
                pack.put(RawPath.of(latin("\u00e4".repeat(150))), text(7, 300_000));
                pack.put("back\\slash \"quote\" *?[", text(8, 99));
                pack.put("Grüße/日本", text(9, 99));
            }
        };

        abstract void fill(SamplePack pack) throws IOException;

        private static byte[] latin(String text) {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void zstd_finds_every_frame_sound(Kind kind) throws Exception {
        write(kind);
        assertThat(run("zstd", "-tq", "pack.tar.zst")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void gnu_tar_lists_and_extracts_every_member_without_a_warning(Kind kind) throws Exception {
        Written pack = write(kind);
        Files.createDirectory(directory.resolve("out"));
        assertThat(run("tar", "--zstd", "-xf", "pack.tar.zst", "-C", "out")).isEmpty();
        assertThat(run("tar", "--zstd", "-tf", "pack.tar.zst").lines()).hasSize(memberCount(pack) + 1);
        assertExtracted(pack);
    }

    @ParameterizedTest
    @EnumSource
    void bsdtar_lists_and_extracts_every_member(Kind kind) throws Exception {
        Written pack = write(kind);
        Files.createDirectory(directory.resolve("out"));
        assertThat(run("bsdtar", "-xf", "pack.tar.zst", "-C", "out")).isEmpty();
        assertThat(run("bsdtar", "-tf", "pack.tar.zst").lines()).hasSize(memberCount(pack) + 1);
        assertExtracted(pack);
    }

    @ParameterizedTest
    @EnumSource
    void seven_zip_finds_the_pack_sound(Kind kind) throws Exception {
        write(kind);
        assumeTrue(
                StockTools.has("7z") && run("7z", "i").lines().anyMatch(line -> line.contains(" zstd ")),
                "needs 7z with zstd (package 7zip or p7zip-full of 2024 or later)");
        assertThat(run("7z", "t", "pack.tar.zst")).contains("Everything is Ok");
    }

    @ParameterizedTest
    @EnumSource(names = {"LARGE_FILES", "NAMES"})
    void a_large_member_is_cut_out_with_tail_head_and_zstd(Kind kind) throws Exception {
        Written pack = write(kind);
        int checked = 0;
        for (Chunk chunk : pack.summary().chunks()) {
            ChunkPlace place = chunk.place();
            if (place.sizeBytes() >= PackWriter.OWN_FRAME_BYTES) {
                run(
                        "sh",
                        "-c",
                        "tail -c +" + (place.frameOffset() + 1) + " pack.tar.zst | head -c " + place.frameBytes()
                                + " | zstd -dcq > member");
                assertThat(Sha256.hash(Files.readAllBytes(directory.resolve("member"))))
                        .isEqualTo(chunk.hash());
                checked++;
            }
        }
        assertThat(checked).isPositive();
    }

    @ParameterizedTest
    @EnumSource(names = {"SMALL_FILES"})
    void a_small_member_is_cut_out_with_zstd_and_tail(Kind kind) throws Exception {
        Written pack = write(kind);
        for (Chunk chunk : pack.summary().chunks().subList(295, 300)) {
            ChunkPlace place = chunk.place();
            run(
                    "sh",
                    "-c",
                    "tail -c +" + (place.frameOffset() + 1) + " pack.tar.zst | head -c " + place.frameBytes()
                            + " | zstd -dcq | tail -c +" + (place.innerOffset() + 1) + " | head -c " + place.sizeBytes()
                            + " > member");
            assertThat(Sha256.hash(Files.readAllBytes(directory.resolve("member"))))
                    .isEqualTo(chunk.hash());
        }
    }

    private Written write(Kind kind) throws IOException {
        SamplePack sample = new SamplePack();
        kind.fill(sample);
        Written pack = sample.finish();
        Files.write(directory.resolve("pack.tar.zst"), pack.bytes());
        return pack;
    }

    private void assertExtracted(Written pack) throws IOException {
        for (MemberEntry member : pack.tail().members()) {
            Path file = RawPath.of(member.name().toArray()).under(directory.resolve("out"));
            assertThat(Sha256.hash(Files.readAllBytes(file))).isEqualTo(member.hash());
        }
        Bytes journal = MemberName.journal(SamplePack.NAME);
        Path text = RawPath.of(journal.toArray()).under(directory.resolve("out"));
        assertThat(Files.readAllLines(text)).hasSize(pack.tail().lines() + 1).allMatch(line -> line.startsWith("{\""));
        try (Stream<Path> all = Files.walk(directory.resolve("out"))) {
            assertThat(all.filter(Files::isRegularFile)).hasSize(memberCount(pack) + 1);
        }
    }

    private static int memberCount(Written pack) {
        return pack.summary().chunks().size();
    }

    private String run(String... command) throws Exception {
        return StockTools.run(directory, command);
    }
}
