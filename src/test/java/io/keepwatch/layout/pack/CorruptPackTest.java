package io.keepwatch.layout.pack;

import static io.keepwatch.layout.pack.SamplePack.noise;
import static io.keepwatch.layout.pack.SamplePack.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.file.MemoryContent;
import io.keepwatch.layout.pack.SamplePack.Written;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Damage of any kind gives the right bytes or an IOException, never wrong bytes and nothing else. */
class CorruptPackTest {
    private final SamplePack sample = new SamplePack();
    private Written good;

    @BeforeEach
    void write() throws IOException {
        sample.put("one", text(1, 700));
        sample.put("two", noise(2, 40));
        sample.put("three", text(3, 1_000));
        good = sample.finish();
    }

    @Test
    void a_flipped_byte_is_never_taken_for_content() throws IOException {
        int refused = 0;
        for (int at = 0; at < good.summary().contentFrameBytes(); at++) {
            for (int mask : new int[] {1, 0x80, 0xFF}) {
                byte[] bad = flipped(at, mask);
                for (int member = 0; member < 3; member++) {
                    try {
                        assertThat(SamplePack.content(
                                        bad, good.summary().chunks().get(member).place()))
                                .isEqualTo(sample.contents.get(member));
                    } catch (IOException e) {
                        refused++;
                    }
                }
            }
        }
        assertThat(refused).isGreaterThan((int) good.summary().contentFrameBytes() * 8);
    }

    @Test
    void a_flipped_byte_in_the_tail_is_never_taken_for_a_journal() throws IOException {
        int refused = 0;
        int from = (int) good.summary().contentFrameBytes();
        for (int at = from; at < good.bytes().length; at++) {
            for (int mask : new int[] {1, 0x80}) {
                try {
                    byte[] bad = flipped(at, mask);
                    PackTail tail = PackTail.parse(SamplePack.NAME, bad, bad.length);
                    assertThat(SamplePack.lines(tail)).isEqualTo(sample.lines);
                    assertThat(tail.chunks()).isEqualTo(good.summary().chunks());
                    assertThat(tail.header()).isEqualTo(SamplePack.HEADER);
                } catch (IOException e) {
                    refused++;
                }
            }
        }
        assertThat(refused).isGreaterThan((good.bytes().length - from) * 2 * 9 / 10);
    }

    @Test
    void the_check_finds_every_flipped_byte_but_the_few_that_zstd_does_not_use() throws IOException {
        int unseen = 0;
        for (int at = 0; at < good.bytes().length; at++) {
            byte[] bad = flipped(at, 0x40);
            try {
                if (PackCheck.differences(SamplePack.NAME, new MemoryContent(bad))
                        .isEmpty()) {
                    unseen++;
                    assertThat(SamplePack.lines(PackTail.parse(SamplePack.NAME, bad, bad.length)))
                            .isEqualTo(sample.lines);
                }
            } catch (IOException e) {
                assertThat(e).hasMessageContaining(SamplePack.NAME.text());
            }
        }
        assertThat(unseen).isLessThan(good.bytes().length / 100);
    }

    @Test
    void a_pack_that_was_cut_off_anywhere_is_refused() {
        for (int length = 0; length < good.bytes().length; length++) {
            byte[] cut = Arrays.copyOf(good.bytes(), length);
            assertThatThrownBy(() -> PackTail.parse(SamplePack.NAME, cut, cut.length))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(SamplePack.NAME.text());
        }
    }

    @Test
    void frames_that_were_cut_off_anywhere_are_refused() {
        ChunkPlace place = good.summary().chunks().get(2).place();
        for (int length = 0; length < place.frameBytes(); length++) {
            byte[] cut = Arrays.copyOf(good.bytes(), length);
            assertThatThrownBy(() -> SamplePack.content(cut, place)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_pack_under_another_name_is_refused() {
        PackName other = new PackName(0, "other", 17);
        assertThatThrownBy(() -> PackTail.parse(other, good.bytes(), good.bytes().length))
                .isInstanceOf(PackFormatException.class)
                .hasMessageContaining("was moved");
    }

    private byte[] flipped(int at, int mask) {
        byte[] bytes = good.bytes().clone();
        bytes[at] ^= (byte) mask;
        return bytes;
    }
}
