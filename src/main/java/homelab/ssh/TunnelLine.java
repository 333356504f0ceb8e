package homelab.ssh;

import homelab.host.PortForward;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;

/** A connection that the host makes for us. */
record TunnelLine(DirectConnection channel) implements PortForward.Line {

    @Override
    public InputStream in() {
        return channel.getInputStream();
    }

    @Override
    public OutputStream out() {
        return channel.getOutputStream();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
