package io.keepwatch.layout.pack;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Whether and how objects are encrypted before they leave this machine. For any thread. */
public interface PackCipher {
    /** What a person is told where something is to be read on a host that can only write. */
    String NO_IDENTITY =
            "it is encrypted, and this host can only write: name the file of an identity with --identity, or in"
                    + " `store.encryption.identity`";

    /** Nothing is encrypted. */
    PackCipher NONE = new PackCipher() {
        @Override
        public String name() {
            return "none";
        }

        @Override
        public String suffix() {
            return "";
        }

        @Override
        public boolean opens() {
            return true;
        }

        @Override
        public OutputStream encrypt(OutputStream out) {
            return out;
        }

        @Override
        public InputStream decrypt(InputStream in) {
            return in;
        }
    };

    /** For {@code keepwatch.json}, for example {@code age}. */
    String name();

    /** What the name of an encrypted object ends with, for example {@code .age}; empty where nothing is encrypted. */
    String suffix();

    /** Whether objects can be read on this machine, as far as can be told without one. */
    boolean opens();

    /** Closing the stream ends the encryption and closes {@code out}. */
    OutputStream encrypt(OutputStream out) throws IOException;

    /**
     * Throws where no key on this machine opens it; the message says what to do. Where something was changed or cut off,
     * reading throws before it gives a byte of the 64 KiB around it.
     */
    InputStream decrypt(InputStream in) throws IOException;

    /** Whether an object differs from what it holds, so that no part of it can be read alone. */
    default boolean isEncrypting() {
        return !suffix().isEmpty();
    }
}
