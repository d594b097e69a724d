package dev.slipway.release.git;

import dev.slipway.release.notes.History;
import dev.slipway.release.rehearsal.Trial;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.release.saga.Work;
import dev.slipway.web.guard.Guarded;
import java.io.IOException;

/**
 * What has changed and what could be released, behind a guard of its own: whoever asks for notes or rehearses takes no room
 * from releases that are read and merged.
 */
final class GuardedHistory implements History, Trial, AutoCloseable {
    private final History inside;
    private final Trial trial;
    private final Guarded git;

    <G extends History & Trial> GuardedHistory(G inside, Guarded git) {
        this.inside = inside;
        this.trial = inside;
        this.git = git;
    }

    @Override
    public Told read(Question question) throws IOException {
        return GuardedRevisions.called(git, question.source(), () -> inside.read(question));
    }

    @Override
    public ReleaseInput read(Work.ReadRevision read) throws IOException {
        return GuardedRevisions.called(git, read.source(), () -> trial.read(read));
    }

    @Override
    public void close() {
        git.close();
    }
}
