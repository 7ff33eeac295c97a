package io.keepwatch.layout.pack;

import static io.keepwatch.layout.pack.SamplePack.noise;
import static io.keepwatch.layout.pack.SamplePack.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.file.MemoryContent;
import io.keepwatch.layout.pack.SamplePack.Written;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PackRoundTripTest {
    @Test
    void a_pack_with_nothing_but_a_journal_reads_back() throws IOException {
        SamplePack sample = new SamplePack();
        sample.put("empty.txt", new byte[0]);
        Written pack = sample.finish();

        assertThat(SamplePack.lines(pack.tail())).isEqualTo(sample.lines);
        assertThat(pack.tail().header()).isEqualTo(SamplePack.HEADER);
        assertThat(pack.tail().lines()).isEqualTo(1);
        assertThat(pack.summary().chunks()).isEmpty();
        assertThat(pack.summary().contentFrameBytes()).isZero();
        assertThat(PackCheck.differences(SamplePack.NAME, new MemoryContent(pack.bytes())))
                .isEmpty();
    }

    @Property(tries = 40)
    void members_of_any_sizes_around_the_border_come_back(@ForAll("sizes") List<Integer> sizes) throws IOException {
        SamplePack sample = new SamplePack(new PackOptions(1, 256 << 10, 2));
        for (int i = 0; i < sizes.size(); i++) {
            int size = sizes.get(i);
            sample.put("dir/file" + i, i % 3 == 2 ? noise(i, size) : text(i, size));
        }
        Written pack = sample.finish();

        for (int i = 0; i < sample.contents.size(); i++) {
            assertThat(pack.content(i)).isEqualTo(sample.contents.get(i));
        }
        assertThat(pack.tail().chunks()).isEqualTo(pack.summary().chunks());
        assertThat(SamplePack.lines(pack.tail())).isEqualTo(sample.lines);
        assertThat(pack.summary().bytes()).isEqualTo(pack.bytes().length);
        assertThat(PackCheck.differences(SamplePack.NAME, new MemoryContent(pack.bytes())))
                .isEmpty();
    }

    @Provide
    Arbitrary<List<Integer>> sizes() {
        int border = PackWriter.OWN_FRAME_BYTES;
        Arbitrary<Integer> near = Arbitraries.integers().between(border - 1_100, border + 1_100);
        Arbitrary<Integer> block = Arbitraries.integers().between(0, 1_030);
        Arbitrary<Integer> small = Arbitraries.integers().between(0, 100_000);
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(2, near),
                        net.jqwik.api.Tuple.of(2, block),
                        net.jqwik.api.Tuple.of(3, small))
                .list()
                .ofMaxSize(12);
    }

    @Test
    void the_tail_says_how_much_of_it_is_missing() throws IOException {
        SamplePack sample = new SamplePack();
        for (int i = 0; i < 300; i++) {
            sample.put("file" + i, text(i, 5_000));
        }
        Written pack = sample.finish();
        byte[] tail = new byte[0];
        List<Long> asked = new ArrayList<>();
        long needed = PackTail.bytesNeeded(SamplePack.NAME, tail, pack.bytes().length);
        while (needed > tail.length) {
            asked.add(needed);
            tail = end(pack.bytes(), (int) needed);
            needed = PackTail.bytesNeeded(SamplePack.NAME, tail, pack.bytes().length);
        }

        assertThat(asked).hasSize(4).isSorted();
        assertThat((long) tail.length).isEqualTo(pack.summary().tailBytes());
        PackTail read = PackTail.parse(SamplePack.NAME, tail, pack.bytes().length);
        assertThat(SamplePack.lines(read)).isEqualTo(sample.lines);
        assertThat(read.chunks()).isEqualTo(pack.summary().chunks());
    }

    @Test
    void small_members_share_frames_and_a_large_one_has_its_own() throws IOException {
        SamplePack sample = new SamplePack();
        for (int i = 0; i < 100; i++) {
            sample.put("a/file" + i, text(i, 4_096));
        }
        int large = sample.put("b/large", text(1_000, 700_000));
        sample.put("c/last", text(2_000, 100));
        Written pack = sample.finish();
        Map<Long, Integer> members = new HashMap<>();
        pack.summary().chunks().forEach(chunk -> members.merge(chunk.place().frameOffset(), 1, Integer::sum));

        assertThat(members.values()).containsExactlyInAnyOrder(57, 43, 1, 1);
        ChunkPlace place = pack.summary().chunks().get(large).place();
        assertThat(place.innerOffset()).isZero();
        assertThat(pack.tail().frames())
                .anyMatch(frame -> frame.offset() == place.frameOffset() && frame.contentBytes() == 700_000);
    }

    private static byte[] end(byte[] bytes, int length) {
        return java.util.Arrays.copyOfRange(bytes, bytes.length - length, bytes.length);
    }
}
