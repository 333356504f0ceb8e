package homelab.ssh;

import java.io.IOException;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AbstractAuthMethod;

/** A login with a key that never leaves the agent (RFC 4252, section 7). */
final class AgentKey extends AbstractAuthMethod {
    private final Agent agent;
    private final Agent.Identity identity;
    private final Runnable offered;

    /** @param offered told when the host is asked whether it takes the key */
    AgentKey(Agent agent, Agent.Identity identity, Runnable offered) {
        super("publickey");
        this.agent = agent;
        this.identity = identity;
        this.offered = offered;
    }

    @Override
    protected SSHPacket buildReq() throws UserAuthException {
        offered.run();
        return request(false);
    }

    private SSHPacket request(boolean signed) throws UserAuthException {
        SSHPacket packet = super.buildReq();
        packet.putBoolean(signed);
        packet.putString(algorithm());
        packet.putString(identity.blob());
        return packet;
    }

    private String algorithm() {
        String type = identity.key().type();
        return type.startsWith("ssh-rsa") ? type.replace("ssh-rsa", "rsa-sha2-512") : type;
    }

    @Override
    public void handle(Message message, SSHPacket packet) throws UserAuthException, TransportException {
        if (message == Message.USERAUTH_60) {
            params.getTransport().write(signed(request(true)));
        } else {
            super.handle(message, packet);
        }
    }

    private SSHPacket signed(SSHPacket request) throws UserAuthException {
        byte[] data = new Buffer.PlainBuffer()
                .putString(params.getTransport().getSessionID())
                .putBuffer(new SSHPacket(request))
                .getCompactData();
        try {
            request.putString(agent.sign(identity, data));
            return request;
        } catch (IOException e) {
            throw new UserAuthException("the agent did not sign: " + e.getMessage(), e);
        }
    }
}
