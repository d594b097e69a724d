package dev.slipway.gateway.intake;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Measures the event intake as every other path is measured ({@code http.server.requests}, the same tags), by timers that
 * are looked up once, and sends each answer in one piece instead of a beginning and an end.
 */
final class IntakeTimes extends OncePerRequestFilter {
    private final MeterRegistry meters;
    private final boolean measured;
    private final Map<Answer, Timer> timers = new ConcurrentHashMap<>();

    private record Answer(String method, int status) {}

    /** @param measured whether the times are taken here; else the web framework's own observation takes them */
    IntakeTimes(MeterRegistry meters, boolean measured) {
        this.meters = meters;
        this.measured = measured;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long began = System.nanoTime();
        int status = HttpStatus.INTERNAL_SERVER_ERROR.value();
        try {
            chain.doFilter(request, new InOnePiece(response));
            status = response.getStatus();
        } finally {
            if (measured) {
                timers.computeIfAbsent(new Answer(request.getMethod(), status), this::timer)
                        .record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
            }
        }
    }

    private Timer timer(Answer answer) {
        return Timer.builder("http.server.requests")
                .tag("error", "none")
                .tag("exception", "none")
                .tag("method", known(answer.method()))
                .tag("outcome", outcome(answer.status()))
                .tag("status", Integer.toString(answer.status()))
                .tag("uri", EventIntake.PATH)
                .register(meters);
    }

    /** A method that nobody knows must not make a meter of its own. */
    private static String known(String method) {
        return switch (method) {
            case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE" -> method;
            default -> "UNKNOWN";
        };
    }

    private static String outcome(int status) {
        HttpStatus.Series series = HttpStatus.Series.resolve(status);
        return switch (series) {
            case null -> "UNKNOWN";
            case INFORMATIONAL -> "INFORMATIONAL";
            case SUCCESSFUL -> "SUCCESS";
            case REDIRECTION -> "REDIRECTION";
            case CLIENT_ERROR -> "CLIENT_ERROR";
            case SERVER_ERROR -> "SERVER_ERROR";
        };
    }

    /** What is not sent before its end is sent with its length, in one piece, unless it is larger than the buffer. */
    private static final class InOnePiece extends HttpServletResponseWrapper {
        InOnePiece(HttpServletResponse response) {
            super(response);
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            return new Unflushed(super.getOutputStream());
        }

        @Override
        public void flushBuffer() {
            // at the end of the request
        }
    }

    private static final class Unflushed extends ServletOutputStream {
        private final ServletOutputStream stream;

        Unflushed(ServletOutputStream stream) {
            this.stream = stream;
        }

        @Override
        public void write(int value) throws IOException {
            stream.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            stream.write(bytes, offset, length);
        }

        @Override
        public void flush() {
            // at the end of the request
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }

        @Override
        public boolean isReady() {
            return stream.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            stream.setWriteListener(listener);
        }
    }
}
