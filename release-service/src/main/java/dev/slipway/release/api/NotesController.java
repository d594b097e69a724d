package dev.slipway.release.api;

import dev.slipway.contracts.release.NotesView;
import dev.slipway.messaging.Aggregates;
import dev.slipway.release.notes.History;
import dev.slipway.release.notes.NotesPaper;
import dev.slipway.release.retention.Keeping;
import dev.slipway.release.retention.KeepingInput;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Notes of a release, in the form that is asked for: JSON to whoever takes anything, Markdown, or a page. */
@RestController
@RequestMapping("/api/v1/releases/{id}/notes")
class NotesController {
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
        return NotesReading.of(Known.release(releases, keepings, id), history);
    }

    @GetMapping(produces = {MediaType.TEXT_MARKDOWN_VALUE, MediaType.TEXT_HTML_VALUE})
    ResponseEntity<String> notes(@PathVariable String id, HttpServletRequest request) {
        return WrittenAnswer.of(request, NotesPaper.of(notes(id)));
    }
}
