package io.keepwatch.layout.pack;

import static io.keepwatch.layout.pack.SamplePack.noise;
import static io.keepwatch.layout.pack.SamplePack.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.keepwatch.file.Content;
import io.keepwatch.file.MemoryContent;
import io.keepwatch.file.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class FrameTest {
    private static final Compression ZSTD = Compression.zstd(3);

    @Example
    void the_hash_is_the_published_one() {
        assertThat(hash("")).isEqualTo(0xEF46DB3751D8E999L);
        assertThat(hash("a")).isEqualTo(0xD24EC4F1A98C6E5BL);
        assertThat(hash("abc")).isEqualTo(0x44BC2CF5AD770999L);
    }

    @Property(tries = 300)
    void the_hash_is_the_one_zstd_ends_a_frame_with(@ForAll @IntRange(max = 300) int length) {
        byte[] content = noise(length, length);
        assertThat((int) Xxh64.of(content, length))
                .isEqualTo(ZSTD.compress(content, length).checksum());
    }

    @Example
    void a_frame_of_raw_blocks_is_a_zstd_frame() {
        for (int length : new int[] {0, 1, 255, 131_071, 131_072, 131_073, 262_144, 300_000}) {
            byte[] content = noise(length, length);
            EncodedFrame frame = RawFrame.of(content, length);
            byte[] bytes = Arrays.copyOf(frame.bytes, frame.length);
            assertThat(Zstd.getFrameContentSize(bytes)).isEqualTo(length);
            assertThat(Zstd.decompress(bytes, length)).isEqualTo(content);
        }
    }

    @Example
    void a_frame_that_zstd_wrote_wrongly_is_stored_raw() {
        byte[] content = text(1, 10_000);
        FrameEncoder encoder = new FrameEncoder((bytes, length) -> {
            EncodedFrame frame = ZSTD.compress(bytes, length);
            frame.bytes[frame.length / 2] ^= 4;
            return frame;
        });
        EncodedFrame frame = encoder.encode(content, content.length);
        assertThat(frame.length).isGreaterThan(content.length);
        assertThat(Zstd.decompress(Arrays.copyOf(frame.bytes, frame.length), content.length))
                .isEqualTo(content);
    }

    @Example
    void only_what_does_not_shrink_is_incompressible() {
        byte[] mixed = noise(1, 600_000);
        System.arraycopy(text(1, 200_000), 0, mixed, 250_000, 200_000);
        byte[] png = text(2, 300_000);
        System.arraycopy(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}, 0, png, 0, 8);

        assertThat(Incompressible.is(noise(1, 300_000))).isTrue();
        assertThat(Incompressible.is(png)).isTrue();
        assertThat(Incompressible.is(text(1, 300_000))).isFalse();
        assertThat(Incompressible.is(mixed)).isFalse();
    }

    @Example
    void any_executor_gives_the_same_pack() throws IOException {
        Executor refusing = task -> {
            throw new RejectedExecutionException("closed");
        };
        Executor forgetting = task -> {};
        byte[] direct = pack(Runnable::run);
        assertThat(pack(refusing)).isEqualTo(direct);
        assertThat(pack(forgetting)).isEqualTo(direct);
    }

    @Example
    void a_content_that_cannot_be_read_leaves_the_pack_as_it_was() throws IOException {
        SamplePack sample = new SamplePack();
        sample.put("before", text(1, 100));
        PackMember shrunk = PackMember.segment(Sha256.hash(text(2, 100)), new Content() {
            @Override
            public long lengthBytes() {
                return 100;
            }

            @Override
            public InputStream open(long offset) {
                return new ByteArrayInputStream(text(2, 50));
            }
        });
        assertThatThrownBy(() -> sample.writer.add(shrunk)).isInstanceOf(IOException.class);
        sample.put("after", text(3, 100));
        SamplePack.Written pack = sample.finish();

        assertThat(pack.content(1)).isEqualTo(text(3, 100));
        assertThat(PackCheck.differences(SamplePack.NAME, new MemoryContent(pack.bytes())))
                .isEmpty();
    }

    @Example
    void a_member_name_comes_once_and_a_content_is_stored_once() throws IOException {
        SamplePack sample = new SamplePack();
        assertThat(sample.put("same", text(1, 100))).isZero();
        assertThat(sample.put("same", text(2, 100))).isEqualTo(1);
        assertThat(sample.put("other", text(1, 100))).isZero();
        SamplePack.Written pack = sample.finish();

        assertThat(pack.tail().members())
                .extracting(member -> member.name().toString())
                .isEqualTo(List.of("docs/same", ".keepwatch/content/" + Sha256.hash(text(2, 100))));
        assertThat(SamplePack.lines(pack.tail())).isEqualTo(sample.lines);
    }

    private static byte[] pack(Executor executor) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PackWriter writer = new PackWriter(out, SamplePack.HEADER, PackOptions.DEFAULT, executor);
        for (int i = 0; i < 12; i++) {
            byte[] content = text(i, 300_000);
            writer.add(PackMember.segment(Sha256.hash(content), new MemoryContent(content)));
        }
        writer.finish(List.of());
        return out.toByteArray();
    }

    private static long hash(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return Xxh64.of(bytes, bytes.length);
    }
}
