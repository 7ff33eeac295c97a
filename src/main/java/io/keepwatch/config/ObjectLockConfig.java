package io.keepwatch.config;

import io.keepwatch.config.yaml.Key;
import io.keepwatch.config.yaml.Section;
import io.keepwatch.config.yaml.Values;
import io.keepwatch.config.yaml.YamlMap;
import java.util.List;
import java.util.Optional;

/** How long nobody may remove a new object, and who may all the same. */
public record ObjectLockConfig(Mode mode, int days) {
    /** {@code GOVERNANCE}: whoever has a special right may; {@code COMPLIANCE}: nobody. */
    public enum Mode {
        GOVERNANCE,
        COMPLIANCE
    }

    static final Key<Mode> MODE = Key.required(
            "mode",
            Values.choice(Mode.class),
            "`governance`: only who has the right `s3:BypassGovernanceRetention` can remove an object before its time."
                    + " `compliance`: nobody can, the owner of the account included.");
    static final Key<Integer> DAYS = Key.required(
            "days",
            Values.integer(1, 36_500),
            "How many days a new object is kept at least. A pack that is still needed is locked anew for so many days once"
                    + " less than half of them, or less than two, are left.");
    static final Section<ObjectLockConfig> SECTION = Section.of(List.of(MODE, DAYS), ObjectLockConfig::read);

    private static Optional<ObjectLockConfig> read(YamlMap map) {
        Optional<Mode> mode = map.find(MODE);
        Optional<Integer> days = map.find(DAYS);
        return mode.isPresent() && days.isPresent()
                ? Optional.of(new ObjectLockConfig(mode.get(), days.get()))
                : Optional.empty();
    }
}
