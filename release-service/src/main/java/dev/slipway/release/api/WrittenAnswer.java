package dev.slipway.release.api;

import dev.slipway.release.paper.Paper;
import dev.slipway.release.paper.PaperHtml;
import dev.slipway.release.paper.PaperMarkdown;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MimeTypeUtils;

/** A document in the form that is asked for: Markdown, or a page. */
final class WrittenAnswer {
    private static final MediaType MARKDOWN = new MediaType("text", "markdown", StandardCharsets.UTF_8);
    private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);

    private WrittenAnswer() {}

    static ResponseEntity<String> of(HttpServletRequest request, Paper paper) {
        return asksForAPage(request)
                ? ResponseEntity.ok()
                        .contentType(HTML)
                        .header("Content-Security-Policy", PaperHtml.POLICY)
                        .body(PaperHtml.of(paper))
                : ResponseEntity.ok().contentType(MARKDOWN).body(PaperMarkdown.of(paper));
    }

    /** Whoever takes either gets Markdown. */
    private static boolean asksForAPage(HttpServletRequest request) {
        List<MediaType> wanted =
                new ArrayList<>(MediaType.parseMediaTypes(Collections.list(request.getHeaders(HttpHeaders.ACCEPT))));
        MimeTypeUtils.sortBySpecificity(wanted);
        return wanted.stream()
                .filter(type -> type.includes(MARKDOWN) || type.includes(HTML))
                .findFirst()
                .filter(type -> !type.includes(MARKDOWN))
                .isPresent();
    }
}
