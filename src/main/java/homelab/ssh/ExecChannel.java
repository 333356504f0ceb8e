package homelab.ssh;

import homelab.host.Capture;
import homelab.host.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.Connection;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.direct.AbstractDirectChannel;
import net.schmizz.sshj.transport.TransportException;

/**
 * A command on a host. sshj's own session wants a thread for each of its two streams and has no deadlines; this one
 * takes what arrives as it arrives, and is waited for.
 */
final class ExecChannel extends AbstractDirectChannel {
    private static final long UNBLOCK = 1L << 30;
    private static final int STANDARD_ERROR = 1;

    private final Ending ending = new Ending();
    private final Capture err = new Capture(Outcome.ERR_CAP + Marked.MOST_BEFORE);
    private final Sink out;

    /** Takes standard output; called by the connection's reader, so it must not block. */
    interface Sink {
        void write(byte[] from, int offset, int length);
    }

    ExecChannel(Connection connection, Sink out) {
        super(connection, "session");
        this.out = out;
    }

    void exec(String command) throws IOException {
        sendChannelRequest("exec", true, new Buffer.PlainBuffer().putString(command))
                .await(conn.getTimeoutMs(), TimeUnit.MILLISECONDS);
    }

    /** Writes to standard input. False when the command no longer reads; how it ended tells why. */
    boolean send(byte[] bytes, int length) throws IOException {
        OutputStream in = getOutputStream();
        try {
            in.write(bytes, 0, length);
            in.flush();
            return true;
        } catch (IOException e) {
            if (hasEnded()) {
                return false;
            }
            throw e;
        }
    }

    void endInput() throws IOException {
        if (!hasEnded()) {
            getOutputStream().close();
        }
    }

    /**
     * Waits for the command's end.
     *
     * @return false when the time is over before it
     * @throws IOException when the connection is lost
     */
    boolean await(Duration most) throws IOException {
        return ending.await(most);
    }

    /**
     * Waits until standard error says what is waited for, the command has ended or the time is over.
     *
     * @return all that it said
     * @throws IOException when the connection is lost
     */
    String awaitErrors(Predicate<String> enough, Duration most) throws IOException {
        return ending.awaitSaid(() -> new String(err.bytes(), StandardCharsets.UTF_8), enough, most);
    }

    /** Meaningful after {@link #await}: 255 when the host did not say, as ssh has it. */
    int exit() {
        return ending.exit();
    }

    Capture err() {
        return err;
    }

    boolean hasEnded() {
        return ending.isSeen();
    }

    /** Asks the host to close, and does not wait for it. */
    void abandon() {
        try {
            if (isOpen()) {
                sendClose();
            }
        } catch (TransportException e) {
            // The connection is gone, and the channel with it.
        }
    }

    @Override
    public void handle(Message message, SSHPacket packet) throws SSHException {
        if (message == Message.CHANNEL_DATA) {
            take(packet, out);
        } else {
            super.handle(message, packet);
        }
    }

    @Override
    protected void gotExtendedData(SSHPacket packet) throws SSHException {
        try {
            take(packet, packet.readUInt32AsInt() == STANDARD_ERROR ? err::write : (from, offset, length) -> {});
            ending.somethingWasSaid();
        } catch (Buffer.BufferException e) {
            throw new ConnectionException(e);
        }
    }

    private void take(SSHPacket packet, Sink to) throws SSHException {
        int length = length(packet);
        lwin.consume(length);
        to.write(packet.array(), packet.rpos(), length);
        long room = lwin.neededAdjustment();
        if (room > 0) {
            trans.write(newBuffer(Message.CHANNEL_WINDOW_ADJUST).putUInt32(room));
            lwin.expand(room);
        }
    }

    private int length(SSHPacket packet) throws ConnectionException {
        try {
            int length = packet.readUInt32AsInt();
            if (length < 0 || length > packet.available()) {
                throw new ConnectionException(DisconnectReason.PROTOCOL_ERROR, "Bad item length: " + length);
            }
            return length;
        } catch (Buffer.BufferException e) {
            throw new ConnectionException(e);
        }
    }

    @Override
    protected void handleRequest(String type, SSHPacket packet) throws ConnectionException, TransportException {
        try {
            if (type.equals("exit-status")) {
                ending.told(packet.readUInt32AsInt());
            } else if (type.equals("exit-signal")) {
                ending.told(Ending.NO_STATUS);
            } else {
                super.handleRequest(type, packet);
            }
        } catch (Buffer.BufferException e) {
            throw new ConnectionException(e);
        }
    }

    /** A writer that waits for window space holds the stream's lock, which closing the stream needs: wake it first. */
    @Override
    protected void closeAllStreams() {
        tellClosed();
        super.closeAllStreams();
    }

    @Override
    public void notifyError(SSHException error) {
        ending.lost(error);
        tellClosed();
        super.notifyError(error);
    }

    @Override
    protected void finishOff() {
        super.finishOff();
        tellClosed();
    }

    private void tellClosed() {
        ending.closed();
        if (rwin != null) {
            rwin.expand(UNBLOCK);
        }
    }
}
