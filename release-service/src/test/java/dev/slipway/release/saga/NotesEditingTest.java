package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.release.NotesView;
import dev.slipway.release.notes.ReleaseNotes;
import dev.slipway.release.wiring.Examples;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A maintainer says something in the notes of a release, and the facts stay. */
final class NotesEditingTest {
    private static ReleaseInput edit(String text, String reason) {
        return new ReleaseInput.EditNotes(Examples.ADA, text, reason, null);
    }

    private static String refusal(Journey journey) {
        return Objects.requireNonNull(journey.refusal()).code();
    }

    @Test
    void who_says_what_why_and_by_which_digest_is_told_to_the_record() {
        Journey journey = new Journey().candidate().take(edit("  It greets by name.\r\n", "for users"));

        assertThat(journey.dossier().state().phase())
                .isEqualTo(new Journey().candidate().dossier().state().phase());
        assertThat(journey.reason())
                .contains(
                        Examples.ADA,
                        "edits the notes",
                        Digest.of("It greets by name.").toString(),
                        "for users");
        NotesView.Prose said =
                Objects.requireNonNull(ReleaseNotes.of(journey.dossier(), null).prose());
        assertThat(said.text()).isEqualTo("It greets by name.");
        assertThat(said.by()).isEqualTo(Examples.ADA);
        assertThat(said.digest()).isEqualTo(Digest.of("It greets by name.").toString());
    }

    @Test
    void the_last_word_counts_the_same_again_changes_nothing_and_no_fact_is_other_for_it() {
        NotesView facts = ReleaseNotes.of(new Journey().staging().dossier(), null);
        Journey journey = new Journey().staging().take(edit("One.", "first")).after(Duration.ofMinutes(1));

        journey.take(new ReleaseInput.EditNotes(Examples.BEN, "Two.", "second", null));
        Dossier once = journey.dossier();
        journey.take(edit("Two.", "again"));

        assertThat(journey.dossier()).isEqualTo(once);
        assertThat(Objects.requireNonNull(once.prose()).by()).isEqualTo(Examples.BEN);
        NotesView after = ReleaseNotes.of(once, null);
        assertThat(after.knownLimitations()).isEqualTo(facts.knownLimitations());
        assertThat(after.upgrade()).isEqualTo(facts.upgrade());
    }

    @Test
    void after_its_end_it_is_on_record_as_well_and_the_release_is_what_it_was() {
        Journey journey = new Journey().completed().told();
        Dossier ended = journey.dossier();
        assertThat(new ReleaseSaga(Examples.SAGA_LIMITS).finished(ended)).isTrue();

        journey.after(Duration.ofDays(3)).take(edit("It greets; turn the cache on.", "learned since"));

        assertThat(journey.reason()).contains(Examples.ADA, "edits the notes", "learned since");
        Dossier after = journey.dossier();
        assertThat(Objects.requireNonNull(after.prose()).at()).isEqualTo(journey.now());
        assertThat(after.state()).isEqualTo(ended.state());
        assertThat(after.since()).isEqualTo(ended.since());
        assertThat(after.announcements()).isEqualTo(ended.announcements());
        assertThat(after.milestones()).isEqualTo(ended.milestones());
        assertThat(journey.effects())
                .as("nothing is sent, timed or done for it")
                .isEmpty();
        assertThat(new ReleaseSaga(Examples.SAGA_LIMITS).finished(after)).isTrue();
        NotesView notes = ReleaseNotes.of(after, null);
        NotesView before = ReleaseNotes.of(ended, null);
        assertThat(notes.knownLimitations()).isEqualTo(before.knownLimitations());
        assertThat(notes.at()).isEqualTo(before.at());
    }

    @Test
    void there_are_no_notes_of_a_release_that_nobody_has_proposed() {
        assertThat(refusal(new Journey().take(edit("It greets.", "for users")))).isEqualTo("not-now");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "a\u0007b", "a\u2028b"})
    void what_is_no_text_is_refused_and_changes_nothing(String text) {
        Journey journey = new Journey().staging();

        assertThat(refusal(journey.take(edit(text, "why")))).isEqualTo("no-text");
        assertThat(journey.dossier().prose()).isNull();
    }

    @Test
    void a_text_has_a_limit_and_takes_a_reason() {
        Journey journey = new Journey().staging();

        assertThat(refusal(journey.take(edit("a".repeat(8_001), "why")))).isEqualTo("no-text");
        assertThat(refusal(journey.take(edit("a", " ")))).isEqualTo("no-reason");
        assertThat(journey.take(edit("a".repeat(8_000), "why")).refusal()).isNull();
    }
}
