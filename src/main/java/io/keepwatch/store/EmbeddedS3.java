package io.keepwatch.store;

import io.keepwatch.store.S3Options.Credentials;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * An S3 server inside this process, over a directory, so that everything works without an account. It listens on the
 * loopback interface, on a port of the system's choice, for a key pair that lives as long as the process. Objects are
 * files below {@code <directory>/keepwatch}, their metadata extended attributes of those files.
 */
public final class EmbeddedS3 implements AutoCloseable {
    private static final String BUCKET = "keepwatch";
    private static final int THREADS = 32;

    private final S3Proxy server;
    private final S3Options options;

    private EmbeddedS3(S3Proxy server, S3Options options) {
        this.server = server;
        this.options = options;
    }

    /**
     * Starts a server over a directory, which is made, with its bucket, where it is missing. Blocks for one to two seconds.
     * Throws IOException, and says what to do, where the directory cannot keep objects with their metadata.
     */
    public static EmbeddedS3 start(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        requireExtendedAttributes(directory);
        Files.createDirectories(directory.resolve(BUCKET));
        Credentials.Static keys = new Credentials.Static("keepwatch-" + random(8), random(32));
        S3Proxy server = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(directory.toString()))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, keys.accessKeyId(), keys.secretKey())
                .jettyMaxThreads(THREADS)
                .stopTimeout(0)
                .build();
        try {
            server.start();
        } catch (Exception e) {
            throw new IOException(
                    "the embedded S3 server over \"" + directory + "\" does not start: " + e.getMessage(), e);
        }
        S3Options aws = S3Options.of(BUCKET);
        return new EmbeddedS3(
                server,
                new S3Options(
                        Optional.of(URI.create("http://127.0.0.1:" + server.getPort())),
                        Optional.of("us-east-1"),
                        BUCKET,
                        aws.prefix(),
                        aws.pathStyle(),
                        keys,
                        aws.sse(),
                        aws.storageClass(),
                        aws.objectLock(),
                        aws.checksumMode(),
                        aws.maxConcurrency(),
                        aws.multipart(),
                        aws.timeouts()));
    }

    /** How to reach the server; good until it is closed. */
    public S3Options options() {
        return options;
    }

    /** Open requests end with a lost connection. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the embedded S3 server does not stop: " + e.getMessage(), e);
        }
    }

    /** The server loses metadata without a word where it cannot set attributes, so this asks before anything is stored. */
    private static void requireExtendedAttributes(Path directory) throws IOException {
        Path probe = Files.createTempFile(directory, ".probe-", null);
        try {
            ByteBuffer full = ByteBuffer.allocate(ObjectLimits.METADATA_BYTES);
            UserDefinedFileAttributeView attributes =
                    Files.getFileAttributeView(probe, UserDefinedFileAttributeView.class);
            attributes.write("user.keepwatch-probe", full);
        } catch (IOException | UnsupportedOperationException e) {
            throw new IOException(
                    "the file system of \"" + directory + "\" ("
                            + Files.getFileStore(directory).type()
                            + ") cannot keep extended attributes of " + ObjectLimits.METADATA_BYTES
                            + " bytes, where the embedded S3 server keeps the metadata of objects: " + e.getMessage()
                            + "; use a directory on ext4, xfs or btrfs, or configure another store",
                    e);
        } finally {
            Files.delete(probe);
        }
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
