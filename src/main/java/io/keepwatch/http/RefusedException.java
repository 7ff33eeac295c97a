package io.keepwatch.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.function.Supplier;

/** A request that cannot be served, with the problem that says why. The detail tells its sender what to do. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    private final transient Problem problem;

    public RefusedException(int status, String title, String detail) {
        this(new Problem(status, title, detail));
    }

    private RefusedException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    public static RefusedException notFound(String detail) {
        return new RefusedException(404, "Not found", detail);
    }

    public static RefusedException badRequest(String detail) {
        return new RefusedException(400, "Not possible", detail);
    }

    /** Something is out of reach now, and will be back by itself or by what the detail says. */
    public static RefusedException passing(String title, String detail) {
        return new RefusedException(Problem.passing(title, detail, RETRY_AFTER));
    }

    /** Nothing changes until a person acts as the detail says, so asking again is no use before. */
    public static RefusedException stuck(String title, String detail) {
        return new RefusedException(409, title, detail);
    }

    /** Reads what a sender wrote; where the parser does not understand it, its words are for the sender. */
    public static <T> T unlessMisread(Supplier<T> parser) {
        try {
            return parser.get();
        } catch (IllegalArgumentException | DateTimeException e) {
            throw badRequest(String.valueOf(e.getMessage()));
        }
    }

    /** The same, where the sender is told this. */
    public static <T> T unlessMisread(Supplier<T> parser, String otherwise) {
        try {
            return parser.get();
        } catch (IllegalArgumentException | DateTimeException e) {
            throw badRequest(otherwise);
        }
    }

    public Problem problem() {
        return problem;
    }
}
