package io.keepwatch.layout.pack;

import io.keepwatch.store.StoreException;

/** Explains an object that was there already: somebody else has the numbers of this catalog. */
final class SecondWriter {
    private SecondWriter() {}

    static Throwable explained(Throwable failure, String key, String host) {
        return failure instanceof StoreException.AlreadyExists
                ? new StoreException.Permanent(
                        "object \"" + key
                                + "\" is there already, with other bytes: another Keepwatch writes as"
                                + " host \"" + host
                                + "\" with a copy of this catalog (a cloned machine), or this"
                                + " state folder is older than the bucket (a machine that was rolled back). Nothing was"
                                + " overwritten and nothing is lost. Give the clone another `host:` and an empty state"
                                + " folder; on a machine that was rolled back run `keepwatch rebuild`",
                        failure)
                : failure;
    }
}
