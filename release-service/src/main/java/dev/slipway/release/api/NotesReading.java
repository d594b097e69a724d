package dev.slipway.release.api;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.release.NotesView;
import dev.slipway.release.notes.History;
import dev.slipway.release.notes.ReleaseNotes;
import dev.slipway.release.saga.Dossier;
import java.io.IOException;

/** The facts of a release's notes, with Git or, where it is away, without, which they say. */
final class NotesReading {
    private static final int WHY_CHARACTERS_MAX = 300;

    private NotesReading() {}

    static NotesView of(Dossier d, History history) {
        return ReleaseNotes.of(
                d,
                ReleaseNotes.question(d)
                        .map(question -> told(history, question))
                        .orElse(null));
    }

    private static History.Told told(History history, History.Question question) {
        try {
            return history.read(question);
        } catch (IOException away) {
            return new History.Told.Refused("What has changed cannot be read from Git now: "
                    + Texts.oneLine(String.valueOf(away.getMessage()), WHY_CHARACTERS_MAX));
        }
    }
}
