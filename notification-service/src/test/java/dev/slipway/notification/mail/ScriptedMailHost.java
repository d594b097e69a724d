package dev.slipway.notification.mail;

import dev.slipway.notification.tls.CompanyCertificate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Speaks as much SMTP as it takes, and says to each verb what a test tells it to; {@code GREETING} and {@code MAIL SENT} stand
 * for what is said at the beginning and after the mail. An empty answer breaks the connection.
 */
final class ScriptedMailHost implements AutoCloseable {
    static final String GREETING = "GREETING";
    static final String TAKEN = "MAIL SENT";

    private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> extensions = new CopyOnWriteArrayList<>();
    private final List<String> mails = new CopyOnWriteArrayList<>();
    private volatile @Nullable CompanyCertificate certificate;
    private volatile boolean tlsFromTheBeginning;

    ScriptedMailHost() throws IOException {
        Thread.ofVirtual().start(this::serve);
    }

    ScriptedMailHost says(String verb, String answer) {
        answers.put(verb, answer);
        return this;
    }

    ScriptedMailHost offers(String extension) {
        extensions.add(extension);
        return this;
    }

    ScriptedMailHost tls(CompanyCertificate shown, boolean fromTheBeginning) {
        certificate = shown;
        tlsFromTheBeginning = fromTheBeginning;
        if (!fromTheBeginning) {
            extensions.add("STARTTLS");
        }
        return this;
    }

    int port() {
        return socket.getLocalPort();
    }

    /** What arrived, headers and text. */
    List<String> mails() {
        return List.copyOf(mails);
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                talk(tlsFromTheBeginning ? secured(client) : client, true);
            } catch (SocketException closed) {
                // the test is over, or the client has had enough
            } catch (IOException refused) {
                // a client that does not trust the certificate breaks off
            }
        }
    }

    private SSLSocket secured(Socket client) throws IOException {
        CompanyCertificate shown = certificate;
        if (shown == null) {
            throw new IllegalStateException("no certificate to show");
        }
        SSLSocket secured = (SSLSocket) shown.server()
                .getSocketFactory()
                .createSocket(client, client.getInetAddress().getHostAddress(), client.getPort(), false);
        secured.setUseClientMode(false);
        secured.startHandshake();
        return secured;
    }

    private void talk(Socket client, boolean greet) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        if (greet && !say(client, GREETING, "220 test")) {
            return;
        }
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String verb = line.length() < 4 ? line : line.substring(0, 4);
            boolean goesOn = switch (verb) {
                case "EHLO" -> say(client, verb, "250-test\r\n" + offered() + "250 8BITMIME");
                case "AUTH" -> say(client, verb, "235 welcome");
                case "DATA" -> say(client, verb, "354 go on") && data(in) && say(client, TAKEN, "250 taken");
                case "QUIT" -> !say(client, verb, "221 bye");
                case "STAR" -> say(client, verb, "220 go ahead");
                default -> say(client, verb, "250 ok");
            };
            if (verb.equals("STAR") && goesOn) {
                talk(secured(client), false);
                return;
            }
            if (!goesOn) {
                return;
            }
        }
    }

    private String offered() {
        StringBuilder lines = new StringBuilder();
        extensions.forEach(each -> lines.append("250-").append(each).append("\r\n"));
        return lines.toString();
    }

    private boolean data(BufferedReader in) throws IOException {
        StringBuilder mail = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            mail.append(line).append('\n');
        }
        mails.add(mail.toString());
        return true;
    }

    private boolean say(Socket client, String verb, String usually) throws IOException {
        String answer = answers.getOrDefault(verb, usually);
        if (answer.isEmpty()) {
            return false;
        }
        client.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().flush();
        return true;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
