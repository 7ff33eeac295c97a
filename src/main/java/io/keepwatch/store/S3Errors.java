package io.keepwatch.store;

import io.keepwatch.store.S3Options.Credentials;
import io.keepwatch.store.S3Options.Sse;
import io.keepwatch.unit.DisplayText;
import io.keepwatch.unit.DurationText;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Sorts what the SDK throws by who acts, and says what a person would need to know. Knows no request, only its answer. */
final class S3Errors {
    private static final Pattern EXPECTED_REGION = Pattern.compile("expecting '([a-z0-9-]+)'");

    private final S3Options options;
    private final Clock clock;

    S3Errors(S3Options options, Clock clock) {
        this.options = options;
        this.clock = clock;
    }

    StoreException sort(S3Action action, String key, Throwable thrown) {
        Throwable cause = unwrap(thrown);
        if (cause instanceof StoreException sorted) {
            return sorted;
        }
        String what = "cannot " + action.verb() + " " + name(action, key) + " in bucket \"" + options.bucket()
                + "\" at " + options.where() + ": ";
        if (cause instanceof AwsServiceException answer) {
            return answered(action, what, answer);
        }
        return unanswered(what, cause);
    }

    static Throwable unwrap(Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Whether the source of a copy is gone (404 NoSuchKey) or has another ETag (412). */
    static boolean isSourceChanged(Throwable thrown) {
        return unwrap(thrown) instanceof AwsServiceException answer
                && (answer.statusCode() == 412
                        || (answer.awsErrorDetails() != null
                                && "NoSuchKey".equals(answer.awsErrorDetails().errorCode())));
    }

    private static String name(S3Action action, String key) {
        return action == S3Action.LIST
                ? "the keys under \"" + DisplayText.of(key) + "\""
                : "\"" + DisplayText.of(key) + "\"";
    }

    private StoreException answered(S3Action action, String what, AwsServiceException e) {
        Optional<AwsErrorDetails> details = Optional.ofNullable(e.awsErrorDetails());
        String code = details.map(AwsErrorDetails::errorCode).orElse("");
        String said = "the server said " + e.statusCode() + (code.isEmpty() ? "" : " " + code)
                + details.map(AwsErrorDetails::errorMessage)
                        .filter(text -> !text.isEmpty())
                        .map(text -> " (" + DisplayText.of(text) + ")")
                        .orElse("");
        Optional<String> advice = advice(action, code, e, details);
        if (e.statusCode() == 501) {
            return new StoreException.Unsupported(what + said + "; " + advice.orElse("it lacks this request"), e);
        }
        if (advice.isPresent()) {
            return new StoreException.Permanent(what + said + "; " + advice.get(), e);
        }
        if (isThrottling(code, e.statusCode())) {
            return new StoreException.Transient(what + said + "; it asks for fewer requests", e, true);
        }
        if (e.statusCode() >= 500 || isTemporary(code) || e.statusCode() == 408) {
            return new StoreException.Transient(what + said + "; it will be tried again", e);
        }
        return new StoreException.Permanent(what + said + "; look the code up in the server's documentation", e);
    }

    private Optional<String> advice(
            S3Action action, String code, AwsServiceException e, Optional<AwsErrorDetails> details) {
        int status = e.statusCode();
        if (code.startsWith("KMS") || code.startsWith("Kms")) {
            return Optional.of(kms());
        }
        String text = switch (code) {
            case "InvalidAccessKeyId" -> "it does not know the access key id; check it in " + credentials();
            case "SignatureDoesNotMatch" ->
                "the secret key is not the one of this access key id, or the clock is wrong; check both, the key in "
                        + credentials();
            case "RequestTimeTooSkewed" -> skew(details);
            case "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired", "InvalidToken" ->
                "the session token is no longer good; renew it in " + credentials();
            case "NoSuchBucket" ->
                "there is no such bucket; create it, or correct the name, the endpoint or the region";
            case "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException" ->
                region(details);
            case "InvalidStorageClass" ->
                "storage class \"" + options.storageClass().orElse("") + "\" is not offered there; choose another";
            case "InvalidRange" -> "the object has fewer bytes than were asked for";
            case "InvalidObjectState" -> "the object is archived; restore it to a readable storage class first";
            default -> "";
        };
        if (!text.isEmpty()) {
            return Optional.of(text);
        }
        if (status == 301 || status == 307) {
            return Optional.of(region(details));
        }
        if (status == 403) {
            return Optional.of("allow " + action.permission()
                    + (options.objectLock().isPresent() && action.stores() ? " and s3:PutObjectRetention" : "")
                    + " for the credentials in " + credentials());
        }
        if (status == 401) {
            return Optional.of("it asks who is there; check the credentials in " + credentials());
        }
        if (status == 416) {
            return Optional.of("the object has fewer bytes than were asked for");
        }
        boolean locks = options.objectLock().isPresent() && (action.stores() || action == S3Action.LOCK);
        if (locks && (code.equals("InvalidRequest") || status == 501 || status == 405)) {
            return Optional.of("most likely the bucket has no Object Lock: turn it on, which needs a bucket that keeps"
                    + " versions, or remove object_lock");
        }
        if (status == 501) {
            return Optional.of("it does not know this request or a header of it"
                    + (options.sse() instanceof Sse.None
                            ? ""
                            : "; turn the server-side encryption off or use a store that has it"));
        }
        return Optional.empty();
    }

    private static boolean isThrottling(String code, int status) {
        return status == 429 || status == 503 || code.equals("SlowDown") || code.equals("ThrottlingException");
    }

    /** 409 is a race of two conditional writers; 400 RequestTimeout is a body that came too slowly. */
    private static boolean isTemporary(String code) {
        return switch (code) {
            case "ConditionalRequestConflict",
                    "OperationAborted",
                    "RequestTimeout",
                    "InternalError",
                    "NoSuchUpload",
                    "BadDigest",
                    "XAmzContentChecksumMismatch",
                    "IncompleteBody" -> true;
            default -> false;
        };
    }

    private String kms() {
        String key =
                options.sse() instanceof Sse.Kms kms ? kms.keyId().orElse("the AWS-managed key") : "the bucket's key";
        return "check that the KMS key (" + key
                + ") exists in the bucket's region, is enabled, and that the credentials in " + credentials()
                + " may use kms:GenerateDataKey and kms:Decrypt on it";
    }

    private String region(Optional<AwsErrorDetails> details) {
        Optional<String> right = header(details, "x-amz-bucket-region")
                .or(() -> details.map(AwsErrorDetails::errorMessage)
                        .map(EXPECTED_REGION::matcher)
                        .filter(Matcher::find)
                        .map(matcher -> matcher.group(1)));
        return "the bucket is in another region"
                + right.map(name -> "; set region: " + name).orElse("; set its region");
    }

    private String skew(Optional<AwsErrorDetails> details) {
        String by = header(details, "Date")
                .flatMap(this::ahead)
                .map(ahead -> " by " + DurationText.of(ahead.abs())
                        + (ahead.isNegative() ? " (it is slow)" : " (it is fast)"))
                .orElse("");
        return "this host's clock differs from the server's" + by + "; set the time, for example with NTP";
    }

    private Optional<Duration> ahead(String date) {
        try {
            ZonedDateTime server = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Optional.of(Duration.between(server.toInstant(), clock.instant()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> header(Optional<AwsErrorDetails> details, String name) {
        return details.map(AwsErrorDetails::sdkHttpResponse).flatMap(answer -> answer.firstMatchingHeader(name));
    }

    private StoreException unanswered(String what, Throwable cause) {
        String text = String.valueOf(cause.getMessage());
        if (text.contains("Unable to load credentials")
                || text.contains("Profile file contained no credentials")
                || text.contains("profile")) {
            return new StoreException.Permanent(
                    what + "no credentials were found in " + credentials() + "; write there\n[default]\n"
                            + "aws_access_key_id = ...\naws_secret_access_key = ...\n(" + DisplayText.of(text) + ")",
                    cause);
        }
        if (text.contains("Unable to load region")) {
            return new StoreException.Permanent(
                    what + "no region is known; set region, for example eu-central-1", cause);
        }
        Optional<SSLException> tls = find(cause, SSLException.class);
        if (tls.isPresent() && String.valueOf(tls.get().getMessage()).contains("PKIX")) {
            return new StoreException.Permanent(
                    what + "its TLS certificate is not trusted (" + tls.get().getMessage()
                            + "); import its certificate authority into the Java trust store, or correct the endpoint",
                    cause);
        }
        if (find(cause, UnknownHostException.class).isPresent()) {
            return new StoreException.Transient(
                    what + "the host name is not known; check the endpoint and the DNS of this host", cause);
        }
        String kind = text.toLowerCase(Locale.ROOT);
        String why = kind.contains("refused")
                ? "the connection was refused; nothing listens there, or a firewall forbids it"
                : kind.contains("timed out") || kind.contains("timeout")
                        ? "no answer in time"
                        : "the connection was lost";
        return new StoreException.Transient(what + why + " (" + DisplayText.of(root(cause)) + ")", cause);
    }

    private String credentials() {
        Credentials credentials = options.credentials();
        if (credentials instanceof Credentials.Profile profile) {
            return "profile \"" + profile.name() + "\" of ~/.aws/credentials and ~/.aws/config";
        }
        if (credentials instanceof Credentials.CredentialsFile file) {
            return "\"" + file.path() + "\"";
        }
        if (credentials instanceof Credentials.Static) {
            return "the embedded server's key pair";
        }
        return "the AWS places (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, ~/.aws/credentials, container, instance)";
    }

    private static String root(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage() == null ? cause : cause.getMessage());
    }

    private static <T extends Throwable> Optional<T> find(Throwable thrown, Class<T> type) {
        Throwable cause = thrown;
        while (cause != null) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }
}
