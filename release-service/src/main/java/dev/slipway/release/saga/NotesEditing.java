package dev.slipway.release.saga;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.release.NotesEdit;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.saga.ReleaseInput.EditNotes;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A maintainer says something above the facts of a release's notes, or says it otherwise. The facts are read from what happened
 * and are nobody's to edit. Who, why and the digest of the text are told to the journal, and so stand in the release's chain;
 * after its end as well, when more is known. What was announced stays what it was.
 */
final class NotesEditing {
    /** Line breaks and tabs may be in it. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\n\\r\\t]]|[\\u2028\\u2029]");

    private final SagaLimits limits;

    NotesEditing(SagaLimits limits) {
        this.limits = limits;
    }

    Decision<Dossier> edit(Dossier d, EditNotes said, Instant now) {
        if (d.launch() == null) {
            return refuse(d, "not-now", "Release %s is not known yet.".formatted(d.id()));
        }
        String text = said.text().replace("\r\n", "\n").strip();
        if (!Texts.says(text) || text.length() > NotesEdit.TEXT_CHARACTERS_MAX) {
            return refuse(
                    d,
                    "no-text",
                    "Notes take 1 to %,d characters of text, not %,d."
                            .formatted(NotesEdit.TEXT_CHARACTERS_MAX, text.length()));
        }
        if (CONTROL.matcher(text).find()) {
            return refuse(
                    d, "no-text", "Notes are plain text: control characters other than line breaks and tabs are none.");
        }
        if (!Texts.says(said.reason())) {
            return refuse(d, "no-reason", "Editing notes takes a reason, for the release's record: --reason WHY");
        }
        @Nullable NotesProse before = d.prose();
        if (before != null && before.text().equals(text)) {
            return Decision.stay(d);
        }
        NotesProse prose = new NotesProse(text, said.email(), now, said.reason().strip());
        return Decision.move(Change.of(d, now)
                        .prose(prose)
                        .request(said.key(), limits.requestsRemembered())
                        .done())
                .because("%s edits the notes (%s): %s".formatted(said.email(), prose.digest(), prose.reason()));
    }

    private static Decision<Dossier> refuse(Dossier d, String code, String detail) {
        return Decision.refuse(d, new Refusal(code, detail));
    }
}
