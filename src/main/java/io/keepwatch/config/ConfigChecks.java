package io.keepwatch.config;

import io.keepwatch.config.yaml.Located;
import io.keepwatch.config.yaml.YamlDocument;
import io.keepwatch.file.RawPath;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Checks that need more than one section: each value is fine alone, but not beside the others. */
final class ConfigChecks {
    private static final Set<String> ARCHIVES = Set.of("GLACIER", "DEEP_ARCHIVE");

    private final Config config;
    private final List<Located<RootConfig>> roots;
    private final YamlDocument document;

    ConfigChecks(ConfigSchema.Reading reading, YamlDocument document) {
        this.config = reading.config();
        this.roots = reading.roots();
        this.document = document;
    }

    void run() {
        for (int i = 0; i < roots.size(); i++) {
            compareWithState(roots.get(i));
            for (int j = 0; j < i; j++) {
                compare(roots.get(j), roots.get(i));
            }
        }
        config.store().s3().ifPresent(this::check);
        new RulesChecks(config.rules(), document).run();
        if (config.store().layout() == StoreConfig.Layout.MIRROR) {
            checkMirror();
        }
    }

    private void checkMirror() {
        boolean isStandard = config.store().retention().equals(RetentionConfig.unchanged());
        if (!isStandard) {
            document.note(
                    "store.retention",
                    "the mirror layout does not look at it: it keeps the newest version of each file alone",
                    "use store.keep_deleted and the bucket's versioning, or store.layout: pack");
        }
    }

    private void compare(Located<RootConfig> first, Located<RootConfig> second) {
        Path one = first.value().path();
        Path two = second.value().path();
        String where = second.keyPath() + ".path";
        if (one.equals(two)) {
            document.error(
                    where, "the folder " + shown(one) + " is a root already: " + first.keyPath(), "remove one of them");
        } else if (two.startsWith(one) || one.startsWith(two)) {
            Path inner = two.startsWith(one) ? two : one;
            Path outer = two.startsWith(one) ? one : two;
            document.error(
                    where,
                    shown(inner) + " lies inside the root " + shown(outer) + ", so its files would be backed up twice",
                    "keep one of the two; include and exclude choose files of a root");
        } else if (first.value().name().equals(second.value().name())) {
            document.error(
                    second.keyPath() + ".name",
                    "two roots have the name \"" + second.value().name() + "\": " + first.keyPath() + " and this one",
                    "give one of them another name");
        }
    }

    private void compareWithState(Located<RootConfig> root) {
        Path path = root.value().path();
        String where = root.keyPath() + ".path";
        if (path.startsWith(config.state())) {
            document.error(
                    where,
                    "the root lies in the state folder " + shown(config.state()) + ", which is never backed up",
                    "move the state folder elsewhere, or remove this root");
        } else if (config.state().startsWith(path)) {
            document.note(
                    where, "the state folder " + shown(config.state()) + " lies in this root", "it is never backed up");
        }
    }

    private void check(S3Config s3) {
        if (s3.storageClass().filter(ARCHIVES::contains).isPresent()) {
            document.error(
                    "store.s3.storage_class",
                    "objects in " + s3.storageClass().get() + " cannot be read for hours, so a restore would not work",
                    "write GLACIER_IR or STANDARD_IA, or archive by a lifecycle rule that you can wait for");
        }
        s3.endpoint()
                .filter(ConfigChecks::isOpen)
                .ifPresent(endpoint -> document.note(
                        "store.s3.endpoint",
                        "files and metadata travel unencrypted to " + endpoint,
                        "use https:// if the network is not yours alone"));
        if (!s3.isAws() && s3.sse() == S3Config.Sse.AWS_KMS) {
            document.note("store.s3.sse", "aws:kms is a service of AWS", "check that this server knows it");
        }
        if (!s3.isAws() && s3.storageClass().isPresent()) {
            document.note(
                    "store.s3.storage_class",
                    "storage classes are a feature of AWS",
                    "check that this server has this one");
        }
    }

    // Path.toString loses letters beyond ASCII under the locale that a systemd unit gets.
    private static String shown(Path path) {
        return "/" + RawPath.between(Path.of("/"), path);
    }

    private static boolean isOpen(URI endpoint) {
        String host = endpoint.getHost();
        boolean loopback = host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
        return "http".equalsIgnoreCase(endpoint.getScheme()) && !loopback;
    }
}
