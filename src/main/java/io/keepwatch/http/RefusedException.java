package io.keepwatch.http;

/** A request that cannot be served, with the status that says why. The detail tells its sender what to do. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;

    public RefusedException(int status, String title, String detail) {
        super(detail);
        this.status = status;
        this.title = title;
    }

    public static RefusedException notFound(String detail) {
        return new RefusedException(404, "Not found", detail);
    }

    public static RefusedException badRequest(String detail) {
        return new RefusedException(400, "Not possible", detail);
    }

    public Problem problem() {
        return new Problem(status, title, String.valueOf(getMessage()));
    }
}
