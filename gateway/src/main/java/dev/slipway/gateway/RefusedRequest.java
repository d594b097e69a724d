package dev.slipway.gateway;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** What the firewall refuses, told as a problem (RFC 9457). The text is fixed: nothing of the request is repeated. */
final class RefusedRequest {
    private static final String PROBLEM = "{\"type\":\"urn:slipway:problem:ambiguous-request\","
            + "\"title\":\"ambiguous request\",\"status\":400,"
            + "\"detail\":\"The request could be read in two ways and is refused. Methods are GET, HEAD, POST, PUT, PATCH,"
            + " DELETE and OPTIONS. A path holds no segment . or .., no control character, no backslash, no ;, no // and no"
            + " encoded slash, point or percent. Header values are printable."
            + " Send it again in its plain form.\"}";

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final String ALLOWED = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
    private static final String UNKNOWN_METHOD = "{\"type\":\"urn:slipway:problem:method-not-allowed\","
            + "\"title\":\"method not allowed\",\"status\":405,"
            + "\"detail\":\"This method is not known here. Methods are " + ALLOWED + "; see the API for which of them"
            + " an address has.\"}";

    private RefusedRequest() {}

    static void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean known = METHODS.contains(request.getMethod());
        response.setStatus(known ? HttpServletResponse.SC_BAD_REQUEST : HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        if (!known) {
            response.setHeader(HttpHeaders.ALLOW, ALLOWED);
        }
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write((known ? PROBLEM : UNKNOWN_METHOD).getBytes(StandardCharsets.UTF_8));
    }
}
