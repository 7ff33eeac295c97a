package io.keepwatch.cli;

import io.keepwatch.unit.DurationText;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time on the command line: {@code 2026-11-24T03:00:00Z}, {@code "2026-11-24 03:00"}, {@code 2026-11-24} or {@code 2h} ago. */
final class TimeText implements ITypeConverter<Instant> {
    private final Clock clock;

    /** Local times are of the machine's own zone. */
    TimeText() {
        this(Clock.system(ZoneId.systemDefault()));
    }

    TimeText(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Instant convert(String text) {
        List<Function<String, Instant>> forms = List.of(
                Instant::parse,
                value -> ZonedDateTime.parse(value).toInstant(),
                value -> LocalDateTime.parse(value.replace(' ', 'T'))
                        .atZone(clock.getZone())
                        .toInstant(),
                value -> LocalDate.parse(value)
                        .plusDays(1)
                        .atStartOfDay(clock.getZone())
                        .toInstant(),
                value -> clock.instant().minus(DurationText.parse(value)));
        for (Function<String, Instant> form : forms) {
            Optional<Instant> time = tried(form, text.strip());
            if (time.isPresent()) {
                return time.get();
            }
        }
        throw new TypeConversionException(
                "\"" + text + "\" is not a time; write 2026-11-24T03:00:00Z, \"2026-11-24 03:00\","
                        + " 2026-11-24 (its end) or 2h (ago)");
    }

    private static Optional<Instant> tried(Function<String, Instant> form, String text) {
        try {
            return Optional.of(form.apply(text));
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
