package dev.slipway.release.api;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.release.NotesView;
import dev.slipway.messaging.Aggregates;
import dev.slipway.release.notes.History;
import dev.slipway.release.notes.NotesHtml;
import dev.slipway.release.notes.NotesMarkdown;
import dev.slipway.release.notes.ReleaseNotes;
import dev.slipway.release.retention.Keeping;
import dev.slipway.release.retention.KeepingInput;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Notes of a release, in the form that is asked for: JSON to whoever takes anything, Markdown, or a page. */
@RestController
@RequestMapping("/api/v1/releases/{id}/notes")
class NotesController {
    private static final MediaType MARKDOWN = new MediaType("text", "markdown", StandardCharsets.UTF_8);
    private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);

    private final Aggregates<Dossier, ReleaseInput> releases;
    private final Aggregates<Keeping, KeepingInput> keepings;
    private final History history;

    NotesController(
            Aggregates<Dossier, ReleaseInput> releases, Aggregates<Keeping, KeepingInput> keepings, History history) {
        this.releases = releases;
        this.keepings = keepings;
        this.history = history;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    NotesView notes(@PathVariable String id) {
        Dossier d = Known.release(releases, keepings, id);
        return ReleaseNotes.of(d, ReleaseNotes.question(d).map(this::told).orElse(null));
    }

    @GetMapping(produces = {MediaType.TEXT_MARKDOWN_VALUE, MediaType.TEXT_HTML_VALUE})
    ResponseEntity<String> notes(@PathVariable String id, HttpServletRequest request) {
        NotesView notes = notes(id);
        return asksForAPage(request)
                ? ResponseEntity.ok()
                        .contentType(HTML)
                        .header("Content-Security-Policy", NotesHtml.POLICY)
                        .body(NotesHtml.of(notes))
                : ResponseEntity.ok().contentType(MARKDOWN).body(NotesMarkdown.of(notes));
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

    /** Notes do without Git where it is away, and say so. */
    private History.Told told(History.Question question) {
        try {
            return history.read(question);
        } catch (IOException away) {
            return new History.Told.Refused("What has changed cannot be read from Git now: "
                    + Texts.oneLine(String.valueOf(away.getMessage()), 300));
        }
    }
}
