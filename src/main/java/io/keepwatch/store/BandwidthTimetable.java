package io.keepwatch.store;

import io.keepwatch.unit.ByteSize;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How many bytes a second may travel, and when. The first entry that holds wins, else the default; empty is no limit. */
public record BandwidthTimetable(Optional<ByteSize> defaultLimit, List<Entry> entries, ZoneId zone) {
    public static final BandwidthTimetable UNLIMITED =
            new BandwidthTimetable(Optional.empty(), List.of(), ZoneId.of("UTC"));

    private static final ByteSize LEAST = new ByteSize(1024);

    public BandwidthTimetable {
        entries = List.copyOf(entries);
        requireEnough(defaultLimit);
    }

    /** The limit a second at this time, by the clock on the wall of the zone. */
    public Optional<ByteSize> limitAt(Instant now) {
        ZonedDateTime there = now.atZone(zone);
        return entries.stream()
                .filter(entry -> entry.holds(there.getDayOfWeek(), there.toLocalTime()))
                .findFirst()
                .map(Entry::limit)
                .orElse(defaultLimit);
    }

    /** A connection that stands still is closed by the server, so nothing is slower than 1 KiB a second. */
    private static void requireEnough(Optional<ByteSize> limit) {
        if (limit.filter(size -> size.compareTo(LEAST) < 0).isPresent()) {
            throw new IllegalArgumentException("a bandwidth limit of " + limit.get()
                    + " a second would end in time-outs; write 1KiB or more, or leave it out for no limit");
        }
    }

    /**
     * On these days from one time, which belongs to it, to another, which does not. A span that ends no later than it begins
     * goes on past midnight, and belongs to the day on which it begins.
     */
    public record Entry(Set<DayOfWeek> days, LocalTime from, LocalTime to, Optional<ByteSize> limit) {
        public Entry {
            days = Set.copyOf(days);
            requireEnough(limit);
        }

        boolean holds(DayOfWeek day, LocalTime time) {
            if (from.isBefore(to)) {
                return days.contains(day) && !time.isBefore(from) && time.isBefore(to);
            }
            return (days.contains(day) && !time.isBefore(from)) || (days.contains(day.minus(1)) && time.isBefore(to));
        }
    }
}
