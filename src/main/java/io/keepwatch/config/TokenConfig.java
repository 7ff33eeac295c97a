package io.keepwatch.config;

import io.keepwatch.config.yaml.Key;
import io.keepwatch.config.yaml.Section;
import io.keepwatch.config.yaml.Values;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Somebody who may use the HTTP server, by a token of which only the hash stands here.
 *
 * @param hash SHA-256 of the token in lower-case hexadecimal
 */
public record TokenConfig(String name, String hash, Role role) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,62}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    /** What it allows. */
    public enum Role {
        READ,
        OPERATE
    }

    static final Key<String> NAME_KEY = Key.required(
            "name",
            Values.text("a name", "admin", NAME, "1 to 63 letters, digits, dots, hyphens, underscores and @"),
            "Whose token it is; it stands beside what was done with it.");
    static final Key<String> HASH_KEY = Key.required(
            "hash",
            Values.text(
                    "a hash of keepwatch token new",
                    "0".repeat(64),
                    HASH,
                    "64 hexadecimal digits, as keepwatch token new prints them"),
            "The SHA-256 of the token. The token itself stands nowhere.");
    static final Key<Role> ROLE = Key.of(
            "role",
            Values.choice(Role.class),
            "read",
            "`read` sees everything, contents of files included; `operate` may also back up, restore, approve, silence, replay and reload.");
    static final Section<TokenConfig> SECTION = Section.of(List.of(NAME_KEY, HASH_KEY, ROLE), map -> {
        Optional<String> name = map.find(NAME_KEY);
        Optional<String> hash = map.find(HASH_KEY);
        Role role = map.get(ROLE);
        return name.isPresent() && hash.isPresent()
                ? Optional.of(new TokenConfig(name.get(), hash.get(), role))
                : Optional.empty();
    });

    /** Whether a token can be called so. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
