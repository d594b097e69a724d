package dev.slipway.release.api;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.release.NotesEdit;
import dev.slipway.contracts.release.NotesView;
import dev.slipway.messaging.Aggregates;
import dev.slipway.release.notes.History;
import dev.slipway.release.notes.NotesPaper;
import dev.slipway.release.retention.Keeping;
import dev.slipway.release.retention.KeepingInput;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.web.Caller;
import dev.slipway.web.Problems;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Notes of a release, in the form that is asked for: JSON to whoever takes anything, Markdown, or a page; and what people say in them. */
@RestController
@RequestMapping("/api/v1/releases/{id}/notes")
class NotesController {
    private final Aggregates<Dossier, ReleaseInput> releases;
    private final Aggregates<Keeping, KeepingInput> keepings;
    private final History history;
    private final ApiSettings settings;

    NotesController(
            Aggregates<Dossier, ReleaseInput> releases,
            Aggregates<Keeping, KeepingInput> keepings,
            History history,
            ApiSettings settings) {
        this.releases = releases;
        this.keepings = keepings;
        this.history = history;
        this.settings = settings;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    NotesView notes(@PathVariable String id) {
        return NotesReading.of(Known.release(releases, keepings, id), history);
    }

    @GetMapping(produces = {MediaType.TEXT_MARKDOWN_VALUE, MediaType.TEXT_HTML_VALUE})
    ResponseEntity<String> notes(@PathVariable String id, HttpServletRequest request) {
        return WrittenAnswer.of(request, NotesPaper.of(notes(id)));
    }

    /** The facts are nobody's to edit: what is said stands above them. */
    @PutMapping
    NotesView edit(
            @PathVariable String id,
            @RequestBody NotesEdit edit,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @AuthenticationPrincipal Jwt token) {
        Caller caller = Caller.of(token);
        String email = SteeringController.email(caller, "Whoever edits notes");
        if (!Texts.says(edit.text()) || !Texts.says(edit.reason())) {
            throw Problems.refused(
                    HttpStatus.BAD_REQUEST,
                    "no-reason",
                    "Editing notes takes a text and a reason: send {\"text\": \"...\", \"reason\": \"...\"}.");
        }
        Dossier after = SteeringController.submit(
                releases,
                id,
                caller,
                new ReleaseInput.EditNotes(
                        email,
                        edit.text(),
                        Texts.oneLine(edit.reason(), settings.reasonCharactersMax()),
                        RequestKey.of(caller, "edit the notes", key)));
        return NotesReading.of(after, history);
    }
}
