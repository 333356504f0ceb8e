package homelab.host;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A port of 127.0.0.1, chosen by the system, whose connections are carried to a peer. A peer that cannot be reached
 * closes that one connection; the port stays. This is the one place of the room that needs threads: two for each open
 * connection, all of them daemons.
 */
public final class PortForward implements Host.Forward {
    private final Peer peer;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService workers = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "port-forward");
        thread.setDaemon(true);
        return thread;
    });

    private PortForward(Peer peer, ServerSocket server) {
        this.peer = peer;
        this.server = server;
    }

    public static PortForward to(Peer peer) {
        try {
            ServerSocket server = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
            PortForward forward = new PortForward(peer, server);
            forward.workers.execute(forward::accept);
            return forward;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int localPort() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                workers.execute(() -> carry(socket));
            } catch (IOException | RuntimeException e) {
                // Closed, or one connection less; the loop's condition tells which.
            }
        }
    }

    private void carry(Socket socket) {
        try (socket;
                Line line = peer.open()) {
            socket.setTcpNoDelay(true);
            workers.execute(() -> copyQuietly(socket, line));
            copy(line.in(), socket.getOutputStream());
        } catch (IOException | RuntimeException e) {
            // The client sees its connection end; that is all there is to tell.
        } finally {
            open.remove(socket);
        }
    }

    private static void copyQuietly(Socket socket, Line line) {
        try {
            copy(socket.getInputStream(), line.out());
            line.out().close();
        } catch (IOException e) {
            // The other direction ends too and closes both.
        }
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[32 * 1024];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            out.write(buffer, 0, read);
            out.flush();
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            workers.shutdownNow();
        }
    }

    /** Whoever is at the other end. */
    public interface Peer {
        Line open() throws IOException;
    }

    /** One connection to the peer. */
    public interface Line extends Closeable {
        InputStream in() throws IOException;

        /** Closing it ends this direction only. */
        OutputStream out() throws IOException;
    }
}
