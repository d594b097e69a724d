package dev.slipway.gateway.proxy;

import dev.slipway.web.Problems;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.server.mvc.common.MvcUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * An answer whose body is still to come: it is read from the server while it is written to the client, after the handler
 * has returned. Tells when that is over and how it went, and gives the connection back in any case.
 */
public final class WatchedAnswer implements ServerResponse {
    private final ServerResponse answer;
    private final ServerRequest request;
    private final WatchedBody body;
    private final End end;

    /** Hears the end of the answer, exactly once. */
    @FunctionalInterface
    public interface End {
        /**
         * The answer is over.
         *
         * @param brokeOff whether the server ended it too early; a client that went away is not the server's fault
         * @param nanos when the server's last byte had come, or else now, in the nanoseconds of the given clock
         */
        void ended(boolean brokeOff, long nanos);
    }

    private WatchedAnswer(ServerResponse answer, ServerRequest request, WatchedBody body, End end) {
        this.answer = answer;
        this.request = request;
        this.body = body;
        this.end = end;
    }

    /** Watches the answer that an exchange gave to a request. */
    public static ServerResponse of(ServerResponse answer, ServerRequest request, LongSupplier nanoTime, End end) {
        InputStream stream = MvcUtils.getAttribute(request, MvcUtils.CLIENT_RESPONSE_INPUT_STREAM_ATTR);
        WatchedBody body = new WatchedBody(stream == null ? InputStream.nullInputStream() : stream, nanoTime);
        MvcUtils.putAttribute(request, MvcUtils.CLIENT_RESPONSE_INPUT_STREAM_ATTR, body);
        return new WatchedAnswer(answer, request, body, end);
    }

    @Override
    public HttpStatusCode statusCode() {
        return answer.statusCode();
    }

    @Override
    public HttpHeaders headers() {
        return answer.headers();
    }

    @Override
    public MultiValueMap<String, Cookie> cookies() {
        return answer.cookies();
    }

    @Override
    public @Nullable ModelAndView writeTo(
            HttpServletRequest servletRequest, HttpServletResponse response, Context context)
            throws ServletException, IOException {
        try {
            return answer.writeTo(servletRequest, response, context);
        } catch (IOException unfinished) {
            return unfinished(servletRequest, response);
        } finally {
            close();
            end.ended(body.brokeOff, body.nanosOfEnd());
        }
    }

    /** A client that went away needs no answer. One that is there must not take a part for the whole. */
    private @Nullable ModelAndView unfinished(HttpServletRequest servletRequest, HttpServletResponse response) {
        if (body.brokeOff && !response.isCommitted()) {
            response.reset();
            throw Problems.refused(HttpStatus.BAD_GATEWAY, "answer-broke-off", "The answer broke off. Try again.");
        }
        if (body.brokeOff) {
            BrokenAnswers.note(servletRequest);
        }
        return null;
    }

    /** An answer that needs no body, such as 304, leaves the connection open. */
    private void close() {
        ClientHttpResponse upstream = MvcUtils.getAttribute(request, MvcUtils.CLIENT_RESPONSE_ATTR);
        if (upstream != null) {
            upstream.close();
        }
    }

    private static final class WatchedBody extends FilterInputStream {
        private final LongSupplier nanoTime;
        private boolean brokeOff;
        private boolean complete;
        private long nanos;

        private WatchedBody(InputStream body, LongSupplier nanoTime) {
            super(body);
            this.nanoTime = nanoTime;
        }

        @Override
        public int read() throws IOException {
            try {
                return noted(super.read());
            } catch (IOException e) {
                brokeOff = true;
                throw e;
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return noted(super.read(buffer, offset, length));
            } catch (IOException e) {
                brokeOff = true;
                throw e;
            }
        }

        private int noted(int read) {
            if (read < 0 && !complete) {
                complete = true;
                nanos = nanoTime.getAsLong();
            }
            return read;
        }

        private long nanosOfEnd() {
            return complete ? nanos : nanoTime.getAsLong();
        }
    }
}
