package io.keepwatch.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/** The rules of S3 for names and addresses. Each method returns what it was given, or says which rule it breaks. */
final class S3Names {
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9!_.*'()=-]+(/[A-Za-z0-9!_.*'()=-]+)*");

    private S3Names() {}

    static String bucket(String text) {
        if (text.contains("/")) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a bucket name alone: a path belongs in the key prefix, a URL in endpoint");
        }
        if (!BUCKET.matcher(text).matches()
                || text.contains("..")
                || ADDRESS.matcher(text).matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not a bucket name: S3 allows 3 to 63 lower-case"
                    + " letters, digits, dots and hyphens, with a letter or digit at both ends");
        }
        return text;
    }

    static String prefix(String text) {
        if (!PREFIX.matcher(text).matches() || text.length() > 200 || hasDots(text)) {
            throw new IllegalArgumentException("\"" + text + "\" is not a prefix: it must be up to 200 letters, digits"
                    + " and !-_.*'()= with single slashes between, none at its ends, and no part \".\" or \"..\"");
        }
        return text;
    }

    static URI endpoint(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("this is not a URL: " + e.getReason(), e);
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https")) || uri.getHost() == null) {
            throw new IllegalArgumentException("\"" + text + "\" does not begin with https:// (or http://) and a host");
        }
        if (uri.getUserInfo() != null) {
            throw new IllegalArgumentException("the URL holds a user or password; they belong in a credentials file");
        }
        boolean path = uri.getPath() != null
                && !uri.getPath().isEmpty()
                && !uri.getPath().equals("/");
        if (path || uri.getQuery() != null || uri.getFragment() != null) {
            throw new IllegalArgumentException("\"" + text + "\" holds more than scheme, host and port: the bucket"
                    + " belongs in bucket, a path in prefix");
        }
        return uri;
    }

    private static boolean hasDots(String prefix) {
        return Pattern.compile("/").splitAsStream(prefix).anyMatch(part -> part.equals(".") || part.equals(".."));
    }
}
