package io.keepwatch.store;

/** The kinds of request that S3 prices differently. */
public enum RequestClass {
    /** An object, a part of one, or how long it is locked. */
    PUT,
    COPY,
    /** The beginning and the end of an upload in parts. */
    POST,
    LIST,
    GET,
    HEAD,
    /** One request for up to 1,000 keys, or the end of an upload that is given up. */
    DELETE;

    /** The class of an operation as the AWS SDK names it. */
    static RequestClass ofOperation(String name) {
        return switch (name) {
            case "PutObject", "UploadPart", "PutObjectRetention", "CreateBucket" -> PUT;
            case "CopyObject", "UploadPartCopy" -> COPY;
            case "CreateMultipartUpload", "CompleteMultipartUpload" -> POST;
            case "DeleteObject", "DeleteObjects", "AbortMultipartUpload" -> DELETE;
            default -> name.startsWith("List") ? LIST : name.startsWith("Head") ? HEAD : GET;
        };
    }
}
