package io.keepwatch.layout.pack;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Encrypts for age recipients, as {@code age -r} does, so that a host that only has their public keys cannot read what it
 * stored. Decrypts where there is an identity. For any thread.
 */
public final class AgeCipher implements PackCipher {
    /** What {@link #name} gives. */
    public static final String NAME = "age";

    private static final int BUFFER = 64 << 10;

    private final List<RecipientStanzaWriter> recipients;
    private final List<RecipientStanzaReader> identities;

    private AgeCipher(List<RecipientStanzaWriter> recipients, List<RecipientStanzaReader> identities) {
        this.recipients = recipients;
        this.identities = identities;
    }

    /**
     * Throws IllegalArgumentException for a text that is no recipient.
     *
     * @param recipients one at least, as {@code age1…}
     * @param identity empty on a host that may write but not read
     */
    public static AgeCipher of(List<String> recipients, Optional<AgeIdentity> identity) {
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("age needs a recipient at least");
        }
        try {
            List<RecipientStanzaWriter> writers = new ArrayList<>();
            for (String recipient : recipients) {
                writers.add(X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient));
            }
            List<RecipientStanzaReader> readers = new ArrayList<>();
            for (String secret : identity.map(AgeIdentity::secrets).orElse(List.of())) {
                readers.add(X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(secret));
            }
            return new AgeCipher(List.copyOf(writers), List.copyOf(readers));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("a recipient or identity of age is not a key: " + e.getMessage(), e);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String suffix() {
        return ".age";
    }

    @Override
    public boolean opens() {
        return !identities.isEmpty();
    }

    @Override
    public OutputStream encrypt(OutputStream out) throws IOException {
        try {
            // Whole chunks at once; the journal is written a few bytes at a time.
            return new BufferedOutputStream(
                    Channels.newOutputStream(new StandardEncryptingChannelFactory()
                            .newEncryptingChannel(Channels.newChannel(out), recipients)),
                    BUFFER);
        } catch (GeneralSecurityException e) {
            throw new IOException("this Java cannot encrypt for age recipients: " + e.getMessage(), e);
        }
    }

    @Override
    public InputStream decrypt(InputStream in) throws IOException {
        if (identities.isEmpty()) {
            throw new NoIdentityException(NO_IDENTITY);
        }
        try {
            return Channels.newInputStream(
                    new StandardDecryptingChannelFactory().newDecryptingChannel(Channels.newChannel(in), identities));
        } catch (UnsupportedRecipientStanzaException e) {
            throw new IOException(
                    "it was encrypted for other recipients than those of the identity that is configured: name the file"
                            + " of the right one with --identity or in `store.encryption.identity`",
                    e);
        } catch (GeneralSecurityException e) {
            throw new IOException("it is damaged, or not encrypted by age: " + e.getMessage(), e);
        }
    }
}
