package dev.slipway.web;

import dev.slipway.web.BodyLimitFilter.BodyTooLarge;
import java.net.URI;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Turns what controllers throw into problem documents. What nobody expected is logged here and told without detail. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final URI NO_TYPE = URI.create("about:blank");
    private static final int SHOWN_MAX = 60;

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException unreadable,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        ProblemDetail problem = BodyTooLarge.in(unreadable)
                .map(BodyTooLarge::problem)
                .orElseGet(() ->
                        Problems.problem(HttpStatus.BAD_REQUEST, "unreadable-body", Unreadable.detail(unreadable)));
        return ResponseEntity.status(problem.getStatus()).body(problem);
    }

    @Override
    protected ResponseEntity<Object> handleNoResourceFoundException(
            NoResourceFoundException nothing, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return ResponseEntity.status(HttpStatus.NOT_FOUND)
                .body(Problems.problem(
                        HttpStatus.NOT_FOUND,
                        Problems.code(HttpStatus.NOT_FOUND),
                        "There is nothing at this address. The paths of the API are in /api/v1/openapi.json."));
    }

    @Override
    protected ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException mismatch, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String name = mismatch instanceof MethodArgumentTypeMismatchException argument
                ? argument.getName()
                : String.valueOf(mismatch.getPropertyName());
        return ResponseEntity.badRequest()
                .body(Problems.problem(
                        HttpStatus.BAD_REQUEST,
                        Problems.code(HttpStatus.BAD_REQUEST),
                        "The parameter %s must be %s, is %s"
                                .formatted(name, kind(mismatch.getRequiredType()), shown(mismatch.getValue()))));
    }

    private static String kind(@Nullable Class<?> type) {
        Class<?> wanted = type == null ? Object.class : ClassUtils.resolvePrimitiveIfNecessary(type);
        if (wanted == Boolean.class) {
            return "true or false";
        }
        return Number.class.isAssignableFrom(wanted) ? "a number in its range" : "of another form";
    }

    private static String shown(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) + "..." : text;
    }

    /** What Spring says by itself gets a stable type as well. */
    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (body instanceof ProblemDetail problem
                && (problem.getType() == null || problem.getType().equals(NO_TYPE))) {
            ProblemDetail named = Problems.problem(status, Problems.code(status), "");
            problem.setType(named.getType());
            problem.setTitle(named.getTitle());
        }
        return super.createResponseEntity(body, headers, status, request);
    }

    @ExceptionHandler(IllegalArgumentException.class)
    ProblemDetail illegal(IllegalArgumentException illegal) {
        return Problems.problem(HttpStatus.BAD_REQUEST, "illegal-value", Unreadable.firstLine(illegal.getMessage()));
    }

    /** A query or form that Tomcat cannot read; what it held is not repeated. */
    @ExceptionHandler(InvalidParameterException.class)
    ResponseEntity<ProblemDetail> unreadable(InvalidParameterException parameters) {
        HttpStatus named = HttpStatus.resolve(parameters.getErrorCode());
        HttpStatus status = named != null && named.is4xxClientError() ? named : HttpStatus.BAD_REQUEST;
        return ResponseEntity.status(status)
                .body(Problems.problem(
                        status,
                        Problems.code(status),
                        "The query or the form cannot be read. Check its encoding and its size."));
    }

    /** Found by the firewall when a header is first read; its value is neither told nor logged. */
    @ExceptionHandler(RequestRejectedException.class)
    ProblemDetail illegalHeader() {
        return Problems.problem(
                HttpStatus.BAD_REQUEST,
                Problems.code(HttpStatus.BAD_REQUEST),
                "A header or parameter holds characters that the API does not read: printable ASCII is what it takes.");
    }

    /** Where forms of several parts are read at all. */
    @ExceptionHandler(MultipartException.class)
    ProblemDetail severalParts() {
        return Problems.problem(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                Problems.code(HttpStatus.UNSUPPORTED_MEDIA_TYPE),
                "No body of several parts is read here. Send what the API documents for this operation.");
    }

    @ExceptionHandler(AccessDeniedException.class)
    void passOn(AccessDeniedException denied) {
        throw denied; // answered by the security filter
    }

    @ExceptionHandler(Exception.class)
    ResponseEntity<ProblemDetail> unexpected(Exception unexpected) {
        return BodyTooLarge.in(unexpected)
                .map(tooLarge ->
                        ResponseEntity.status(HttpStatus.CONTENT_TOO_LARGE).body(tooLarge.problem()))
                .orElseGet(() -> {
                    LOG.error("A request failed", unexpected);
                    return Problems.errored();
                });
    }
}
