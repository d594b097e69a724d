package dev.slipway.platform.inbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;

/**
 * Takes Slack messages and email on 127.0.0.1, and keeps the latest of them over restarts. {@code GET /inbox} at
 * {@link #slackUrl()} shows them, newest last; {@code ?after=} with the {@code next} of an earlier answer shows what has
 * come or changed since.
 */
public final class Inbox implements AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private final Arrivals arrivals;
    private final MailEndpoint mail;
    private final SlackEndpoint slack;

    private Inbox(Arrivals arrivals, MailEndpoint mail, SlackEndpoint slack) {
        this.arrivals = arrivals;
        this.mail = mail;
        this.slack = slack;
    }

    /** @throws UncheckedIOException if a port is taken or the directory cannot be written */
    public static Inbox start(InboxSettings settings, Clock clock) {
        return start(settings, clock, LOOPBACK);
    }

    /**
     * @param bind address to listen on; the loopback address but in a container
     * @throws UncheckedIOException if a port is taken or the directory cannot be written
     */
    public static Inbox start(InboxSettings settings, Clock clock, InetAddress bind) {
        Arrivals arrivals = new Arrivals(settings, clock);
        SlackEndpoint slack;
        try {
            slack = new SlackEndpoint(
                    new InetSocketAddress(bind, settings.slackPort()), arrivals, settings.requestBytesMax());
        } catch (IOException e) {
            arrivals.close();
            throw new UncheckedIOException(e);
        }
        try {
            MailEndpoint mail = new MailEndpoint(
                    bind.getHostAddress(), settings.smtpPort(), arrivals, settings.connectionBytesMax());
            return new Inbox(arrivals, mail, slack);
        } catch (RuntimeException e) {
            slack.close();
            arrivals.close();
            throw e;
        }
    }

    public int smtpPort() {
        return mail.port();
    }

    /** Base address: Slack's methods are under {@code /api/}, the inbox is at {@code /inbox}. */
    public String slackUrl() {
        return "http://" + LOOPBACK.getHostAddress() + ":" + slack.port();
    }

    @Override
    public void close() {
        slack.close();
        mail.close();
        arrivals.close();
    }
}
