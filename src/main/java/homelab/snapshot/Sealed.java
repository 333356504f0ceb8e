package homelab.snapshot;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import homelab.model.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/** What is written so that only the holders of some keys can read it: age, version 1 (age-encryption.org/v1), with X25519. */
public final class Sealed {
    private Sealed() {}

    /**
     * Closing it writes the last piece; before that nothing can be opened.
     *
     * @param recipients {@code age1…}
     * @throws IOException also when one of them is no such key
     */
    public static OutputStream into(OutputStream to, List<String> recipients) throws IOException {
        try {
            List<RecipientStanzaWriter> writers = new ArrayList<>();
            for (String recipient : recipients) {
                writers.add(X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient));
            }
            return Channels.newOutputStream(
                    new StandardEncryptingChannelFactory().newEncryptingChannel(Channels.newChannel(to), writers));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * @param identity {@code AGE-SECRET-KEY-1…}
     * @throws IOException when it is no such key, or the file was sealed for others, or changed
     */
    public static InputStream open(InputStream from, Secret identity) throws IOException {
        try {
            RecipientStanzaReader reader =
                    X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(identity.reveal());
            return Channels.newInputStream(new StandardDecryptingChannelFactory()
                    .newDecryptingChannel(Channels.newChannel(from), List.of(reader)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Whether it is a key for which can be sealed. */
    public static boolean isRecipient(String text) {
        try (OutputStream tried = into(OutputStream.nullOutputStream(), List.of(text))) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
