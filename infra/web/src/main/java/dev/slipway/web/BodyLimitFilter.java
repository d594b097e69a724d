package dev.slipway.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses request bodies that are too large: by their declared length at once, else while they are read. A form of unknown
 * length that the container itself reads into parameters has the container's limit.
 */
public final class BodyLimitFilter extends OncePerRequestFilter {
    private static final String LESS = "Send less, or split it.";
    private static final Pattern ANY = Pattern.compile(".*");

    private final LargerBodies usual;
    private final List<LargerBodies> larger;

    /** A filter with a limit in bytes, 1 and above. */
    public BodyLimitFilter(long bytesMax) {
        this(bytesMax, LESS);
    }

    /** @param remedy what to do where a body is too large, a sentence */
    public BodyLimitFilter(long bytesMax, String remedy) {
        this(bytesMax, remedy, List.of());
    }

    /** @param larger where bodies may be larger than that */
    public BodyLimitFilter(long bytesMax, List<LargerBodies> larger) {
        this(bytesMax, LESS, larger);
    }

    private BodyLimitFilter(long bytesMax, String remedy, List<LargerBodies> larger) {
        this.usual = new LargerBodies("", ANY, bytesMax, remedy);
        this.larger = List.copyOf(larger);
    }

    /**
     * For reports, which come packed where they are large; the service says the same as the gateway before it.
     *
     * @param setting name of the limit
     */
    public static BodyLimitFilter ofReports(long bytesMax, String setting) {
        return new BodyLimitFilter(
                bytesMax,
                "The limit is %s. Send less, or a report packed as a ZIP, as slipway evidence push does by itself with large ones."
                        .formatted(setting));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        LargerBodies limit = LargerBodies.of(larger, usual, request.getMethod(), request.getRequestURI());
        if (request.getContentLengthLong() > limit.bytesMax()) {
            write(response, new BodyTooLarge(limit.bytesMax(), limit.remedy()).problem());
            return;
        }
        try {
            chain.doFilter(new Limited(request, limit.bytesMax(), limit.remedy()), response);
        } catch (IOException | ServletException | RuntimeException broken) {
            Optional<BodyTooLarge> tooLarge = BodyTooLarge.in(broken);
            if (tooLarge.isEmpty() || response.isCommitted()) {
                throw broken;
            }
            write(response, tooLarge.get().problem());
        }
    }

    private static void write(HttpServletResponse response, ProblemDetail problem) throws IOException {
        response.setStatus(problem.getStatus());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(Problems.json(problem).getBytes(StandardCharsets.UTF_8));
    }

    /** The body went past the limit. */
    public static final class BodyTooLarge extends IOException {
        private static final long serialVersionUID = 1L;
        private final long bytesMax;
        private final String remedy;

        BodyTooLarge(long bytesMax, String remedy) {
            super("A request body may have at most " + bytesMax + " bytes");
            this.bytesMax = bytesMax;
            this.remedy = remedy;
        }

        /** The one that is behind an exception, if any. */
        static Optional<BodyTooLarge> in(Throwable thrown) {
            for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
                if (cause instanceof BodyTooLarge tooLarge) {
                    return Optional.of(tooLarge);
                }
            }
            return Optional.empty();
        }

        /** The answer to it, 413. */
        public ProblemDetail problem() {
            return Problems.problem(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "body-too-large",
                    "A request body may have at most " + bytesMax + " bytes. " + remedy);
        }
    }

    private static final class Limited extends HttpServletRequestWrapper {
        private final long bytesMax;
        private final String remedy;
        private @Nullable LimitedStream stream;
        private @Nullable BufferedReader reader;

        Limited(HttpServletRequest request, long bytesMax, String remedy) {
            super(request);
            this.bytesMax = bytesMax;
            this.remedy = remedy;
        }

        /** One stream for all callers, so that its count is the body's. */
        @Override
        public ServletInputStream getInputStream() throws IOException {
            LimitedStream known = stream;
            if (known == null) {
                known = new LimitedStream(super.getInputStream(), bytesMax, remedy);
                stream = known;
            }
            return known;
        }

        @Override
        public BufferedReader getReader() throws IOException {
            BufferedReader known = reader;
            if (known == null) {
                String named = getCharacterEncoding();
                Charset charset = named == null ? StandardCharsets.ISO_8859_1 : Charset.forName(named);
                known = new BufferedReader(new InputStreamReader(getInputStream(), charset));
                reader = known;
            }
            return known;
        }
    }

    private static final class LimitedStream extends ServletInputStream {
        private final ServletInputStream stream;
        private final long bytesMax;
        private final String remedy;
        private long bytesRead;

        LimitedStream(ServletInputStream stream, long bytesMax, String remedy) {
            this.stream = stream;
            this.bytesMax = bytesMax;
            this.remedy = remedy;
        }

        @Override
        public int read() throws IOException {
            int read = stream.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = stream.read(buffer, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int bytes) throws BodyTooLarge {
            bytesRead += bytes;
            if (bytesRead > bytesMax) {
                throw new BodyTooLarge(bytesMax, remedy);
            }
        }

        @Override
        public boolean isFinished() {
            return stream.isFinished();
        }

        @Override
        public boolean isReady() {
            return stream.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            stream.setReadListener(listener);
        }
    }
}
