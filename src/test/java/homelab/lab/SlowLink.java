package homelab.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A port of 127.0.0.1 behind which a host is far away: what is said arrives later, both ways, as fast as before. */
final class SlowLink implements AutoCloseable {
    private static final byte[] END = new byte[0];

    private final ServerSocket server;
    private final String host;
    private final int port;
    private final Duration oneWay;

    private record Parcel(long due, byte[] bytes) {}

    private SlowLink(String host, int port, Duration oneWay) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.host = host;
        this.port = port;
        this.oneWay = oneWay;
    }

    static SlowLink to(String host, int port, Duration oneWay) {
        try {
            SlowLink link = new SlowLink(host, port, oneWay);
            daemon(link::accept);
            return link;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket here = server.accept();
                Socket there = new Socket(host, port);
                here.setTcpNoDelay(true);
                there.setTcpNoDelay(true);
                carry(here, there);
                carry(there, here);
            } catch (IOException e) {
                // Closed, or the host is away; who connected sees its connection end.
            }
        }
    }

    private void carry(Socket from, Socket to) {
        BlockingQueue<Parcel> way = new LinkedBlockingQueue<>();
        daemon(() -> take(from, way));
        daemon(() -> bring(way, to));
    }

    private void take(Socket from, BlockingQueue<Parcel> way) {
        byte[] buffer = new byte[64 * 1024];
        try {
            InputStream in = from.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                way.add(new Parcel(due(), Arrays.copyOf(buffer, read)));
            }
        } catch (IOException e) {
            // The end, one way or another.
        }
        way.add(new Parcel(due(), END));
    }

    private long due() {
        return System.nanoTime() + oneWay.toNanos();
    }

    private static void bring(BlockingQueue<Parcel> way, Socket to) {
        try (to) {
            OutputStream out = to.getOutputStream();
            for (Parcel parcel = way.take(); parcel.bytes() != END; parcel = way.take()) {
                TimeUnit.NANOSECONDS.sleep(parcel.due() - System.nanoTime());
                out.write(parcel.bytes());
                out.flush();
            }
        } catch (IOException | InterruptedException e) {
            // The other side is gone.
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "slow-link");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
