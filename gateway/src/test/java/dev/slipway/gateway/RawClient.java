package dev.slipway.gateway;

import dev.slipway.platform.Pace;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A client that knows no HTTP: it sends and gets bytes. Each byte is one character. */
final class RawClient implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    RawClient(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        patient();
    }

    RawClient send(String bytes) {
        try {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The head of an answer, with its empty line. */
    String head() {
        return until("\r\n\r\n");
    }

    String until(String end) {
        try {
            return RawVersion.until(in, end);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String read(int bytes) {
        try {
            return new String(in.readNBytes(bytes), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next frame of a WebSocket. */
    Frames.@Nullable Frame frame() {
        try {
            return Frames.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What comes up to the end of the connection, however it ends. */
    String rest() {
        StringBuilder rest = new StringBuilder();
        try {
            int next;
            while ((next = in.read()) >= 0) {
                rest.append((char) next);
            }
        } catch (SocketTimeoutException open) {
            throw new UncheckedIOException(open);
        } catch (IOException reset) {
            // an end as well
        }
        return rest.toString();
    }

    /** Whether nothing comes for so long, not even an end. */
    boolean silentFor(int millis) {
        try {
            socket.setSoTimeout(millis);
            int next = in.read();
            throw new AssertionError("There came " + next);
        } catch (SocketTimeoutException silent) {
            patient();
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void patient() {
        waitsFor(Duration.ofSeconds(Pace.seconds(20)));
    }

    /** How long what comes next may be waited for. */
    RawClient waitsFor(Duration time) {
        try {
            socket.setSoTimeout((int) time.toMillis());
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
