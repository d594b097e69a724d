package dev.slipway.web;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;

/** Problem documents (RFC 9457) with a stable type, what was wrong, and what to do next. */
public final class Problems {
    private static final String TYPE_PREFIX = "urn:slipway:problem:";

    private Problems() {}

    /**
     * A problem document.
     *
     * @param code stable, kebab-case; becomes the end of the type URI
     * @param detail what was wrong, the limit or legal values, and what to do next; never a secret, never a stack trace
     */
    public static ProblemDetail problem(HttpStatusCode status, String code, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create(TYPE_PREFIX + code));
        problem.setTitle(code.replace('-', ' '));
        return problem;
    }

    /** As JSON, where nothing else writes it; its texts hold nothing that needs escaping. */
    static String json(ProblemDetail problem) {
        return "{\"type\":\"%s\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
                .formatted(problem.getType(), problem.getTitle(), problem.getStatus(), problem.getDetail());
    }

    /** The same, to be thrown from a controller. */
    public static ErrorResponseException refused(HttpStatus status, String code, String detail) {
        return new ErrorResponseException(status, problem(status, code, detail), null);
    }

    /** What nobody expected, 503: told without detail, as the log has it, and with the seconds to wait. */
    static ResponseEntity<ProblemDetail> errored() {
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, "2")
                .body(problem(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "errored",
                        "Slipway could not do this now; nothing was acknowledged. "
                                + "Try again, with the same Idempotency-Key."));
    }

    /** The code of a status that says it all, such as {@code not-found}. */
    static String code(HttpStatusCode status) {
        HttpStatus known = HttpStatus.resolve(status.value());
        return known == null ? "refused" : known.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Cannot be done now, 503, to be thrown from a controller.
     *
     * @param retryAfter when to try again, rounded up to whole seconds, at least 1 s
     */
    public static ErrorResponseException unavailable(String code, String detail, Duration retryAfter) {
        ErrorResponseException refused = refused(HttpStatus.SERVICE_UNAVAILABLE, code, detail);
        long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
        refused.getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        return refused;
    }
}
