package dev.slipway.gateway;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A version that knows no HTTP: it remembers the heads that come, byte by byte, and answers what it is told to. */
final class RawVersion implements AutoCloseable {
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private volatile Script script;

    /** Answers one request, of which only the head has been read. */
    @FunctionalInterface
    interface Script {
        void answer(Talk talk) throws IOException;
    }

    /** A connection after a head has come. Each byte is one character. */
    record Talk(String head, InputStream in, Socket socket) {
        void send(String bytes) throws IOException {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        }

        String read(int bytes) throws IOException {
            return new String(in.readNBytes(bytes), StandardCharsets.ISO_8859_1);
        }

        String readUntil(String end) throws IOException {
            return until(in, end);
        }

        void close() throws IOException {
            socket.close();
        }
    }

    private RawVersion(Script script) throws IOException {
        this.server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        this.script = script;
        threads.execute(this::accept);
    }

    static RawVersion answering(Script script) {
        try {
            return new RawVersion(script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers every request like this, after it has read a body whose length is told. */
    static RawVersion answering(String bytes) {
        return answering(plain(bytes));
    }

    static Script plain(String bytes) {
        return talk -> {
            var length = java.util.regex.Pattern.compile("(?i)\r\ncontent-length: *(\\d+)\r\n")
                    .matcher(talk.head());
            if (length.find()) {
                talk.read(Integer.parseInt(length.group(1)));
            }
            talk.send(talk.head().startsWith("HEAD ") ? bytes.substring(0, bytes.indexOf("\r\n\r\n") + 4) : bytes);
        };
    }

    void now(Script other) {
        script = other;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** The heads that came, each with its empty line. */
    List<String> heads() {
        return List.copyOf(heads);
    }

    void forget() {
        heads.clear();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                threads.execute(() -> serve(socket));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (!socket.isClosed()) {
                String head = until(in, "\r\n\r\n");
                if (!head.endsWith("\r\n\r\n")) {
                    return;
                }
                heads.add(head);
                script.answer(new Talk(head, in, socket));
            }
        } catch (IOException closed) {
            // by the gateway, by the script, or because the test is over
        }
    }

    /** What comes up to and with this, or up to the end. */
    static String until(InputStream in, String end) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] wanted = end.getBytes(StandardCharsets.ISO_8859_1);
        int matched = 0;
        int next;
        while (matched < wanted.length && (next = in.read()) >= 0) {
            bytes.write(next);
            matched = next == wanted[matched] ? matched + 1 : next == wanted[0] ? 1 : 0;
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }
}
