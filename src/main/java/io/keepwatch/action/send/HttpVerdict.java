package io.keepwatch.action.send;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an HTTP status means for a message, by the words of Standard Webhooks. */
final class HttpVerdict {
    private final int status;
    private final Optional<Duration> retryAfter;

    /** @param retryAfter the header of this name, seconds or a date */
    HttpVerdict(int status, @Nullable String retryAfter, Instant now) {
        this.status = status;
        this.retryAfter = Optional.ofNullable(retryAfter).flatMap(text -> parse(text.strip(), now));
    }

    boolean isGood() {
        return status >= 200 && status < 300;
    }

    /** @param text the beginning of the answer's body */
    Answer answer(String text) {
        String problem = "the target answered " + status + (text.isEmpty() ? "" : ": " + text);
        if (status == 410) {
            return new Answer(Answer.Kind.GONE, status, problem, Optional.empty());
        }
        if (status >= 300 && status < 400) {
            return Answer.refused(status, problem + "; redirects are not followed: write the address where it leads");
        }
        boolean later = status == 408 || status == 425 || status == 429 || status >= 500;
        return later ? new Answer(Answer.Kind.LATER, status, problem, retryAfter) : Answer.refused(status, problem);
    }

    private static Optional<Duration> parse(String text, Instant now) {
        try {
            return Optional.of(
                    text.matches("\\d{1,9}")
                            ? Duration.ofSeconds(Long.parseLong(text))
                            : Duration.between(
                                    now,
                                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                                            .toInstant()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
