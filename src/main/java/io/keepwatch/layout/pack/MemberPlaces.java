package io.keepwatch.layout.pack;

import java.util.List;

/** From frame numbers to byte ranges. */
final class MemberPlaces {
    private MemberPlaces() {}

    static List<Chunk> chunks(PackName pack, List<MemberEntry> members, List<Frame> frames) {
        return members.stream()
                .map(member -> {
                    Frame frame = frames.get(member.frame());
                    return new Chunk(
                            member.hash(),
                            new ChunkPlace(pack, frame.offset(), frame.bytes(), member.offset(), member.sizeBytes()));
                })
                .toList();
    }
}
