package io.keepwatch.action.hook;

import java.time.Instant;
import java.util.Optional;

/** One way to prove who calls. Implementations are plain and compare in constant time. */
interface HookScheme {
    /** Who is believed gets the ids by which a second call is known. */
    Proof check(HookCall call, Instant now);

    /** What the look at a call says. */
    sealed interface Proof {
        /**
         * The caller knows the secret.
         *
         * @param id tells this call from others; the event's id is made from it. Empty where the caller says none
         * @param fingerprint tells repeated contents where the id itself is not proven; else the same as the id
         */
        record Good(Optional<String> id, Optional<String> fingerprint) implements Proof {
            static Good of(String id, String fingerprint) {
                return new Good(Optional.of(id), Optional.of(fingerprint));
            }
        }

        /** The caller does not. */
        record Bad(int status, String problem) implements Proof {}
    }
}
