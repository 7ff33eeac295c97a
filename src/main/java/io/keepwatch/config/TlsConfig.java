package io.keepwatch.config;

import io.keepwatch.config.yaml.Key;
import io.keepwatch.config.yaml.Section;
import io.keepwatch.config.yaml.Values;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A certificate and its key, both in PEM. */
public record TlsConfig(Path certificate, Path key) {
    static final Key<Path> CERTIFICATE = Key.required(
            "certificate",
            Values.path("/etc/keepwatch/tls.crt"),
            "The certificate in PEM, those that signed it behind it. Read at the start of the daemon.");
    static final Key<Path> KEY = Key.required("key", Values.path("/etc/keepwatch/tls.key"), "Its private key in PEM.");
    static final Section<TlsConfig> SECTION = Section.of(List.of(CERTIFICATE, KEY), map -> {
        Optional<Path> certificate = map.find(CERTIFICATE);
        Optional<Path> key = map.find(KEY);
        return certificate.isPresent() && key.isPresent()
                ? Optional.of(new TlsConfig(certificate.get(), key.get()))
                : Optional.empty();
    });
}
