package homelab.resource.bundled;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.Ip;
import homelab.resource.LocalSh;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamesAnsweredTest {
    private static final Ip HERE = Ip.parse("127.0.0.1");

    @Test
    void readsBothKindsOfAddressesAndAnAliasBetweenThem() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            new Thread(() -> answer(socket)).start();

            String told = new LocalSh()
                    .run(NamesAnswered.ask(HERE, socket.getLocalPort(), List.of("nas.home.arpa", "no.home.arpa")))
                    .out();

            assertThat(told.lines()).containsExactly("nas.home.arpa 10.0.1.5", "nas.home.arpa fd00::6");
        }
    }

    /** The double of a DNS server: an alias whose name is written out, then the address by a pointer. */
    private static void answer(DatagramSocket socket) {
        byte[] buffer = new byte[512];
        try {
            while (!socket.isClosed()) {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                byte[] question = Arrays.copyOfRange(buffer, 0, packet.getLength());
                byte[] reply = reply(question);
                socket.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
            }
        } catch (IOException e) {
            if (!socket.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static byte[] reply(byte[] question) throws IOException {
        boolean known = question[13] == 'n' && question[14] == 'a';
        boolean six = question[question.length - 3] == 28;
        byte[] address = InetAddress.getByName(six ? "fd00::6" : "10.0.1.5").getAddress();
        ByteBuffer reply = ByteBuffer.allocate(512);
        reply.put(question).putShort(2, (short) 0x8180).putShort(6, (short) (known ? 2 : 0));
        if (known) {
            reply.put(new byte[] {1, 'x', 0})
                    .putShort((short) 5)
                    .putShort((short) 1)
                    .putInt(60);
            reply.putShort((short) 2).put(new byte[] {(byte) 0xc0, 12});
            reply.put(new byte[] {(byte) 0xc0, 12})
                    .putShort((short) (six ? 28 : 1))
                    .putShort((short) 1);
            reply.putInt(60).putShort((short) address.length).put(address);
        }
        return Arrays.copyOf(reply.array(), reply.position());
    }
}
