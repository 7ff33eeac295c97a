package io.keepwatch.store;

/** What was asked of the bucket: its verb in messages, and the IAM action that allows it. */
enum S3Action {
    PUT("store", "s3:PutObject"),
    COPY("copy", "s3:GetObject and s3:PutObject"),
    COMPOSE("compose", "s3:GetObject, s3:PutObject and s3:AbortMultipartUpload"),
    GET("read", "s3:GetObject (and s3:ListBucket: without it a missing object is refused, too)"),
    HEAD("look up", "s3:GetObject (and s3:ListBucket: without it a missing object is refused, too)"),
    LOCK("lock", "s3:PutObjectRetention"),
    LIST("list", "s3:ListBucket"),
    DELETE("delete", "s3:DeleteObject");

    private final String verb;
    private final String permission;

    S3Action(String verb, String permission) {
        this.verb = verb;
        this.permission = permission;
    }

    String verb() {
        return verb;
    }

    /** Whether it makes an object. */
    boolean stores() {
        return this == PUT || this == COPY || this == COMPOSE;
    }

    String permission() {
        return permission;
    }
}
