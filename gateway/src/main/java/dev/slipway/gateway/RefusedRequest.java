package dev.slipway.gateway;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;

/** What the firewall refuses, told as a problem (RFC 9457). The text is fixed: nothing of the request is repeated. */
final class RefusedRequest {
    private static final String PROBLEM = "{\"type\":\"urn:slipway:problem:ambiguous-request\","
            + "\"title\":\"ambiguous request\",\"status\":400,"
            + "\"detail\":\"The request could be read in two ways and is refused. Methods are GET, HEAD, POST, PUT, PATCH,"
            + " DELETE and OPTIONS. A path holds no segment . or .., no control character and no backslash, encoded or not;"
            + " under /api it also holds no ;, no // and no encoded slash, point or percent. Header values are printable."
            + " Send it again in its plain form.\"}";

    private RefusedRequest() {}

    static void write(HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(PROBLEM.getBytes(StandardCharsets.UTF_8));
    }
}
