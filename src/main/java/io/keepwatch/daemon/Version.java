package io.keepwatch.daemon;

import java.util.Optional;

/** The version of this build, from the manifest of its jar. */
public final class Version {
    public static final String TEXT = Optional.ofNullable(
                    Version.class.getPackage().getImplementationVersion())
            .orElse("development");

    private Version() {}
}
