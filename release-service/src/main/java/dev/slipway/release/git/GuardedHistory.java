package dev.slipway.release.git;

import dev.slipway.release.notes.History;
import dev.slipway.web.guard.Guarded;
import java.io.IOException;

/**
 * What has changed, behind a guard of its own: whoever asks for notes takes no room from releases that are read and merged.
 */
final class GuardedHistory implements History, AutoCloseable {
    private final History inside;
    private final Guarded git;

    GuardedHistory(History inside, Guarded git) {
        this.inside = inside;
        this.git = git;
    }

    @Override
    public Told read(Question question) throws IOException {
        return GuardedRevisions.called(git, question.source(), () -> inside.read(question));
    }

    @Override
    public void close() {
        git.close();
    }
}
