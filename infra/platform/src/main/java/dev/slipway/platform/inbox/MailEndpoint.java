package dev.slipway.platform.inbox;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.server.AbstractServer;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.util.Map;

/** A real SMTP server. What it takes goes to the inbox; GreenMail's own mailboxes, which have no limit, stay empty. */
final class MailEndpoint implements AutoCloseable {
    private final GreenMail mail;

    MailEndpoint(String host, int port, Arrivals arrivals, int connectionBytesMax) {
        ServerSetup setup = new ServerSetup(port, host, ServerSetup.PROTOCOL_SMTP);
        mail = new SmtpOnly(setup, connectionBytesMax);
        mail.getManagers()
                .getUserManager()
                .setMessageDeliveryHandler((_, address) -> new Recipient(arrivals, address.getEmail()));
        mail.start();
    }

    int port() {
        return mail.getSmtp().getPort();
    }

    @Override
    public void close() {
        mail.stop();
    }

    private static final class SmtpOnly extends GreenMail {
        private final int connectionBytesMax;

        SmtpOnly(ServerSetup setup, int connectionBytesMax) {
            this.connectionBytesMax = connectionBytesMax; // GreenMail's constructor makes the server with it
            super(setup);
        }

        @Override
        protected Map<String, AbstractServer> createServices(ServerSetup[] config, Managers managers) {
            return Map.of(ServerSetup.PROTOCOL_SMTP, new BoundedSmtpServer(config[0], managers, connectionBytesMax));
        }
    }
}
