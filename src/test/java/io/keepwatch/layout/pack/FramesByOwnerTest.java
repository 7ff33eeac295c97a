package io.keepwatch.layout.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.file.Bytes;
import io.keepwatch.file.MemoryContent;
import io.keepwatch.file.Sha256;
import io.keepwatch.layout.pack.SamplePack.Written;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FramesByOwnerTest {
    private static final int NOBODY = -1;

    @Test
    void a_frame_holds_contents_of_one_owner_and_those_without_one_are_alone() throws IOException {
        SamplePack sample = new SamplePack(PackOptions.ENCRYPTED);
        List<Integer> owners = List.of(1, 1, 2, 2, NOBODY, NOBODY, 2, 1, 1, 1);
        for (int i = 0; i < owners.size(); i++) {
            byte[] content = SamplePack.text(i, i == 7 ? 300_000 : 2_000 + i);
            sample.writer.add(member(i, owners.get(i), content));
        }
        Written pack = sample.finish();
        Map<Long, Set<Integer>> ownersOfFrame = new HashMap<>();
        Map<Long, List<Integer>> membersOfFrame = new HashMap<>();
        for (int i = 0; i < owners.size(); i++) {
            long frame = pack.summary().chunks().get(i).place().frameOffset();
            ownersOfFrame.computeIfAbsent(frame, at -> new HashSet<>()).add(owners.get(i));
            membersOfFrame.computeIfAbsent(frame, at -> new ArrayList<>()).add(i);
        }
        assertThat(ownersOfFrame.values()).allMatch(some -> some.size() == 1);
        assertThat(membersOfFrame.values())
                .containsExactlyInAnyOrder(
                        List.of(0, 1), List.of(2, 3), List.of(4), List.of(5), List.of(6), List.of(7), List.of(8, 9));
        assertThat(PackCheck.differences(SamplePack.NAME, new MemoryContent(pack.bytes())))
                .isEmpty();
    }

    private static PackMember member(int number, int owner, byte[] content) {
        Sha256 hash = Sha256.hash(content);
        Bytes name = Bytes.of(("docs/file" + number).getBytes(StandardCharsets.US_ASCII));
        return owner == NOBODY
                ? PackMember.segment(hash, new MemoryContent(content))
                : new PackMember(name, 0600, owner, 0, Instant.EPOCH, hash, new MemoryContent(content));
    }
}
