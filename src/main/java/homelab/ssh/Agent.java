package homelab.ssh;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.schmizz.sshj.common.Buffer;

/**
 * The agent that holds the user's keys (draft-ietf-sshm-ssh-agent). A connection for each question: there are two or
 * three, and a key that must be touched holds up nobody else.
 */
record Agent(Path socket, StallWatch watch) {
    private static final Duration TO_LIST = Duration.ofSeconds(5);
    /** Somebody may have to touch the key or to confirm its use. */
    private static final Duration TO_SIGN = Duration.ofSeconds(60);

    private static final byte REQUEST_IDENTITIES = 11;
    private static final byte IDENTITIES = 12;
    private static final byte SIGN = 13;
    private static final byte SIGNED = 14;
    private static final int RSA_SHA2_512 = 4;
    private static final int LARGEST = 1 << 20;

    /** @param comment what the key was called when it was added */
    record Identity(HostKey key, byte[] blob, String comment) {}

    List<Identity> identities() throws IOException {
        Buffer.PlainBuffer answer = ask(new byte[] {REQUEST_IDENTITIES}, IDENTITIES, TO_LIST);
        List<Identity> found = new ArrayList<>();
        for (int left = answer.readUInt32AsInt(); left > 0; left--) {
            byte[] blob = answer.readStringAsBytes();
            String type = new Buffer.PlainBuffer(blob).readString();
            String base64 = java.util.Base64.getEncoder().encodeToString(blob);
            found.add(new Identity(new HostKey(type, base64), blob, answer.readString()));
        }
        return List.copyOf(found);
    }

    /** @return the signature in wire format, its algorithm first */
    byte[] sign(Identity identity, byte[] data) throws IOException {
        Buffer.PlainBuffer question = new Buffer.PlainBuffer();
        question.putByte(SIGN);
        question.putString(identity.blob());
        question.putString(data);
        question.putUInt32(identity.key().type().startsWith("ssh-rsa") ? RSA_SHA2_512 : 0);
        return ask(question.getCompactData(), SIGNED, TO_SIGN).readStringAsBytes();
    }

    private Buffer.PlainBuffer ask(byte[] question, byte expected, Duration most) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                StallWatch.Guard guard = watch.guard(most, () -> closeQuietly(channel))) {
            ByteBuffer whole = ByteBuffer.allocate(4 + question.length);
            whole.putInt(question.length).put(question).flip();
            while (whole.hasRemaining()) {
                channel.write(whole);
            }
            int length = read(channel, 4).getInt();
            if (length < 1 || length > LARGEST) {
                throw new IOException("the agent answers with " + length + " bytes");
            }
            Buffer.PlainBuffer answer =
                    new Buffer.PlainBuffer(read(channel, length).array());
            if (answer.readByte() != expected) {
                throw new IOException("the agent refused");
            }
            return answer;
        }
    }

    private static ByteBuffer read(SocketChannel channel, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("the agent hung up");
            }
        }
        return buffer.flip();
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Closed is closed.
        }
    }
}
