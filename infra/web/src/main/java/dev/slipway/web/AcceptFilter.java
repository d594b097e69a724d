package dev.slipway.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Says at once, and as a problem document, that the API answers JSON to whoever wants nothing of that. Notes and runbooks are
 * for people, and can be had as Markdown and as a page too; a file of somebody else's comes as bytes, and a badge as a picture:
 * what shows pictures in pages asks for nothing else.
 */
final class AcceptFilter extends OncePerRequestFilter {
    private static final List<MediaType> ANSWERED =
            List.of(MediaType.APPLICATION_JSON, MediaType.APPLICATION_PROBLEM_JSON);
    private static final List<MediaType> WRITTEN = List.of(MediaType.TEXT_MARKDOWN, MediaType.TEXT_HTML);
    private static final List<String> FOR_PEOPLE = List.of("/notes", "/runbook");
    private static final List<MediaType> BYTES = List.of(MediaType.APPLICATION_OCTET_STREAM);
    private static final Pattern FILE = Pattern.compile("/api/v1/releases/[^/]+/files/[^/]+");
    private static final List<MediaType> PICTURE = List.of(MediaType.valueOf("image/svg+xml"));
    private static final Pattern BADGE = Pattern.compile("/api/v1/applications/[^/]+/guide/badge\\.svg");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String wanted = String.join(",", Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
        try {
            if (wanted.isBlank() || anyOf(MediaType.parseMediaTypes(wanted), request)) {
                chain.doFilter(request, response);
                return;
            }
        } catch (InvalidMediaTypeException unreadable) {
            refuse(response, HttpStatus.BAD_REQUEST, "The header Accept cannot be read. ");
            return;
        }
        refuse(response, HttpStatus.NOT_ACCEPTABLE, "");
    }

    private static boolean anyOf(List<MediaType> wanted, HttpServletRequest request) {
        List<MediaType> besides = besides(request.getRequestURI());
        return wanted.stream()
                .filter(type -> type.getQualityValue() > 0)
                .anyMatch(type ->
                        Stream.concat(ANSWERED.stream(), besides.stream()).anyMatch(type::includes));
    }

    private static List<MediaType> besides(String path) {
        if (FILE.matcher(path).matches()) {
            return BYTES;
        }
        if (BADGE.matcher(path).matches()) {
            return PICTURE;
        }
        return FOR_PEOPLE.stream().anyMatch(path::endsWith) ? WRITTEN : List.of();
    }

    private static void refuse(HttpServletResponse response, HttpStatus status, String why) throws IOException {
        ProblemDetail problem = Problems.problem(
                status,
                Problems.code(status),
                why + "The API answers application/json and application/problem+json: accept those, or anything.");
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(Problems.json(problem).getBytes(StandardCharsets.UTF_8));
    }
}
