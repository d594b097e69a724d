package dev.slipway.release.wiring;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.release.Announced;
import dev.slipway.contracts.release.NotesView;
import dev.slipway.release.notes.AnnouncementTexts;
import dev.slipway.release.notes.History;
import dev.slipway.release.notes.ReleaseNotes;
import dev.slipway.release.saga.Announcements;
import dev.slipway.release.saga.Announcer;
import dev.slipway.release.saga.Dossier;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes announcements of the facts of a release's notes, which Git has to be asked for. */
final class AnnouncementWriter implements Announcer {
    private final History history;
    private final Function<ReleaseId, Optional<Dossier>> releases;

    AnnouncementWriter(History history, Function<ReleaseId, Optional<Dossier>> releases) {
        this.history = history;
        this.releases = releases;
    }

    @Override
    public List<Announced> write(ReleaseId release) throws IOException {
        Dossier d = releases.apply(release)
                .orElseThrow(() -> new IOException("Release %s is not there to be announced".formatted(release)));
        NotesView notes = ReleaseNotes.of(d, told(d));
        return Announcements.due(d).stream()
                .map(asked -> AnnouncementTexts.of(d, notes, asked))
                .toList();
    }

    private History.@Nullable Told told(Dossier d) throws IOException {
        Optional<History.Question> question = ReleaseNotes.question(d);
        return question.isPresent() ? history.read(question.get()) : null;
    }
}
