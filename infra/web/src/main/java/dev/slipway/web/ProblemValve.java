package dev.slipway.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;

/** What the container refuses before any filter sees it, such as a request line that it cannot read: not its own HTML page. */
public final class ProblemValve extends ErrorReportValve {
    private static final int ERROR = 400;

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        HttpStatus known = HttpStatus.resolve(response.getStatus());
        if (response.getStatus() < ERROR || known == null || response.getContentWritten() > 0) {
            return;
        }
        if (!response.setErrorReported()) {
            return;
        }
        ProblemDetail problem = Problems.problem(
                known,
                Problems.code(known),
                known.is5xxServerError()
                        ? "Slipway could not do this now. Try again, with the same Idempotency-Key."
                        : "The request cannot be read: check its first line, its headers and their size.");
        try {
            byte[] body = Problems.json(problem).getBytes(StandardCharsets.UTF_8);
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            OutputStream out = response.getOutputStream();
            if (out != null) {
                out.write(body);
                response.finishResponse();
            }
        } catch (IOException | IllegalStateException gone) {
            containerLog(gone);
        }
    }

    private void containerLog(Exception gone) {
        container.getLogger().debug("A refusal could not be told", gone);
    }
}
