package dev.slipway.gateway.routes;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Set;
import org.springframework.web.servlet.function.ServerRequest;

/**
 * A request that may be asked a second time after a connection broke: a safe one, or one whose Idempotency-Key lets the
 * service notice that it has done it already. Its body is kept, if it is within the limit.
 *
 * @param repeatable whether it may be asked again although it may have been done
 */
record RepeatableRequest(ServerRequest request, boolean repeatable) {
    static final String KEY = "Idempotency-Key";
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> KEYED = Set.of("POST", "PUT");

    /**
     * Reads the body of a request with a key, if its length is told and within the limit.
     *
     * @param bytesMax largest body that is kept
     */
    static RepeatableRequest of(ServerRequest request, long bytesMax) throws IOException {
        HttpServletRequest sent = request.servletRequest();
        long bytes = sent.getContentLengthLong();
        String key = sent.getHeader(KEY);
        boolean keyed = KEYED.contains(sent.getMethod()) && key != null && !key.isBlank();
        if (bytes > 0 && bytes <= bytesMax && keyed) {
            byte[] body = sent.getInputStream().readAllBytes();
            return new RepeatableRequest(ServerRequest.create(new Kept(sent, body), request.messageConverters()), true);
        }
        boolean none = bytes == 0 || (bytes < 0 && sent.getHeader("Transfer-Encoding") == null);
        return new RepeatableRequest(request, none && (keyed || SAFE.contains(sent.getMethod())));
    }

    /** Gives the same body to each who asks for it. */
    private static final class Kept extends HttpServletRequestWrapper {
        private final byte[] body;

        private Kept(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            return new KeptStream(body);
        }
    }

    private static final class KeptStream extends ServletInputStream {
        private final ByteArrayInputStream body;

        private KeptStream(byte[] body) {
            this.body = new ByteArrayInputStream(body);
        }

        @Override
        public int read() {
            return body.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return body.read(buffer, offset, length);
        }

        @Override
        public boolean isFinished() {
            return body.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("The body is there already");
        }
    }
}
