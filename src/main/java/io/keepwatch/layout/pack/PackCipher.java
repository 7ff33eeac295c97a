package io.keepwatch.layout.pack;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Whether and how objects are encrypted before they leave this machine. For any thread. */
public interface PackCipher {
    /** Nothing is encrypted. */
    PackCipher NONE = new PackCipher() {
        @Override
        public String suffix() {
            return "";
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

    /** What the name of an encrypted object ends with, for example {@code .age}; empty where nothing is encrypted. */
    String suffix();

    /** Closing the stream ends the encryption and closes {@code out}. */
    OutputStream encrypt(OutputStream out) throws IOException;

    /** Throws where no key on this machine opens it; the message says what to do. */
    InputStream decrypt(InputStream in) throws IOException;
}
