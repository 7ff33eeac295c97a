package io.keepwatch.workflow.rule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/**
 * Times of a calendar in the five fields of cron. They are found on a clock without jumps and only then put into the time
 * zone: a time that the change to summer time skips comes right after the gap, and one that the change back doubles comes
 * once.
 */
public final class Cron {
    private static final LocalDateTime START = LocalDateTime.of(2024, 1, 1, 0, 0);

    private final String text;
    private final ZoneId zone;
    private final ExecutionTime times;

    private Cron(String text, ZoneId zone, ExecutionTime times) {
        this.text = text;
        this.zone = zone;
        this.times = times;
    }

    /** Throws IllegalArgumentException that says what is wrong. */
    public static Cron parse(String text, ZoneId zone) {
        CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
        try {
            Cron cron = new Cron(
                    text, zone, ExecutionTime.forCron(parser.parse(text.strip()).validate()));
            if (cron.nextLocal(START).isEmpty()) {
                throw new IllegalArgumentException("\"" + text + "\" is a time that never comes");
            }
            return cron;
        } catch (IllegalArgumentException e) {
            String reason = String.valueOf(e.getMessage()).replaceFirst("^Failed to parse cron expression\\. ", "");
            throw new IllegalArgumentException(
                    reason.startsWith("\"") ? reason : "\"" + text + "\" is not a cron expression: " + reason, e);
        }
    }

    /** The first time after this one. */
    public Optional<Instant> next(Instant after) {
        LocalDateTime local = LocalDateTime.ofInstant(after, zone);
        Optional<LocalDateTime> found = nextLocal(local.minusHours(3));
        while (found.isPresent() && !instant(found.get()).isAfter(after)) {
            found = nextLocal(found.get());
        }
        return found.map(this::instant);
    }

    private Optional<LocalDateTime> nextLocal(LocalDateTime after) {
        return times.nextExecution(after.atZone(ZoneOffset.UTC)).map(time -> time.toLocalDateTime());
    }

    private Instant instant(LocalDateTime local) {
        ZoneOffsetTransition gap = zone.getRules().getTransition(local);
        return gap != null && gap.isGap()
                ? gap.getInstant()
                : local.atZone(zone).toInstant();
    }

    @Override
    public String toString() {
        return text + " " + zone;
    }
}
