package io.keepwatch.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.profiles.ProfileFile;

/**
 * The profile {@code default} of a file in the AWS credentials format. Each request looks at the file's time, so that
 * renewed keys, and a file that was missing, are used at once; the SDK's own reload waits.
 */
final class FileCredentials implements AwsCredentialsProvider {
    private final Path path;
    private Optional<FileTime> readAt = Optional.empty();
    private Optional<AwsCredentials> last = Optional.empty();

    FileCredentials(Path path) {
        this.path = path;
    }

    @Override
    public synchronized AwsCredentials resolveCredentials() {
        try {
            FileTime modified = Files.getLastModifiedTime(path);
            if (last.isPresent() && readAt.filter(modified::equals).isPresent()) {
                return last.get();
            }
            AwsCredentials credentials = read();
            readAt = Optional.of(modified);
            last = Optional.of(credentials);
            return credentials;
        } catch (IOException | IllegalArgumentException e) {
            throw SdkClientException.create("Unable to load credentials: " + e, e);
        }
    }

    private AwsCredentials read() {
        ProfileFile file = ProfileFile.builder()
                .content(path)
                .type(ProfileFile.Type.CREDENTIALS)
                .build();
        try (ProfileCredentialsProvider provider = ProfileCredentialsProvider.builder()
                .profileFile(file)
                .profileName("default")
                .build()) {
            return provider.resolveCredentials();
        }
    }
}
