package dev.slipway.release.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.release.PlanView.Progress;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.RunbookView;
import dev.slipway.contracts.release.RunbookView.Person;
import dev.slipway.contracts.release.RunbookView.Place;
import dev.slipway.release.paper.PaperHtml;
import dev.slipway.release.paper.PaperMarkdown;
import dev.slipway.release.saga.AnsweredReleases;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.EndedReleases;
import dev.slipway.release.saga.PinnedRunbook;
import dev.slipway.release.saga.ReleasePlan;
import dev.slipway.release.wiring.Examples;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class RunbookTest {
    private static final Instant AT = Instant.parse("2026-01-05T10:00:00Z");

    private static Dossier ended(ReleasePhase end) {
        return EndedReleases.of(EndedReleases.launch("hello@1.0.0", AT), end, AT);
    }

    private static RunbookView runbook(ReleasePhase end) {
        return Runbook.of(ended(end), AT);
    }

    @Test
    void a_runbook_is_the_whole_plan_with_whom_to_call_and_where_everything_is() {
        RunbookView runbook = runbook(ReleasePhase.COMPLETED);

        assertThat(runbook.plan()).isEqualTo(ReleasePlan.whole(ended(ReleasePhase.COMPLETED), AT));
        assertThat(runbook.plan().steps()).isNotEmpty();
        assertThat(runbook.contacts())
                .contains(
                        new Person("technical-lead", "Ada", "ada@example.test", "#hello"),
                        new Person("support", "Support", "support@example.test", null));
        assertThat(runbook.places())
                .contains(
                        new Place("production by host name", "hello.localhost"),
                        new Place("staging by path", "/apps/hello/staging/"),
                        new Place("repository", "file:.slipway/demo/hello.git"),
                        new Place("tag", "v1.0.0"),
                        new Place("artifact", "file:/srv/hello.jar, sha256:" + "a".repeat(64)));
    }

    @Test
    void it_is_written_with_its_policy_and_a_way_back_for_each_step() {
        RunbookView runbook = runbook(ReleasePhase.COMPLETED);
        String text = PaperMarkdown.of(RunbookPaper.of(runbook));

        assertThat(text)
                .startsWith("# Runbook of hello 1.0.0\n")
                .contains(
                        "by policy " + Examples.demoPolicy().hash() + ", which has no guide",
                        "- **technical-lead:** Ada: ada@example.test, \\#hello",
                        "- **stop it:** slipway release abort hello@1.0.0 --reason WHY",
                        "## 1\\. Read the revision: done");
        assertThat(text.lines().filter(line -> line.startsWith("Way back: ")))
                .hasSize(runbook.plan().steps().size());
        assertThat(PaperHtml.of(RunbookPaper.of(runbook)))
                .contains("<h2>Contacts</h2>", "<strong>gate unit-tests:</strong>", "<p>Way back: ")
                .doesNotContain("<script", "href=");
    }

    @Test
    void of_a_release_that_went_no_further_it_says_which_steps_never_came() {
        RunbookView runbook = runbook(ReleasePhase.REJECTED);

        assertThat(runbook.plan().steps().getFirst().progress()).isEqualTo(Progress.STOPPED);
        assertThat(PaperMarkdown.of(RunbookPaper.of(runbook)))
                .contains("Read the revision: not passed", "Staging is moved to it: never came");
    }

    @Test
    void one_that_is_pinned_says_as_what_and_what_reads_otherwise_and_can_be_read_as_it_was() {
        Dossier d = AnsweredReleases.naming(Map.of());
        PinnedRunbook runbook = Objects.requireNonNull(d.runbook());
        Instant later = AT.plus(Duration.ofDays(1));

        String now = PaperMarkdown.of(RunbookPaper.of(Runbook.of(d, later)));
        RunbookView then = Runbook.asPinned(d, later).orElseThrow();
        String pinned = PaperMarkdown.of(RunbookPaper.of(then));

        assertThat(now)
                .contains("Pinned in its record as " + runbook.digest() + " at 2026-01-05T10:00:00Z, as it began.")
                .contains("What follows reads as it was pinned")
                .contains("Read the revision: done");
        assertThat(then.plan().steps()).isEqualTo(runbook.content().steps());
        assertThat(pinned)
                .contains("This is that one, and it reads alike now.")
                .contains("Read the revision: to come")
                .doesNotContain(": done");
        assertThat(pinned.lines().filter(line -> line.startsWith("Way back: ")))
                .hasSize(then.plan().steps().size());
    }

    @Test
    void one_that_reads_otherwise_names_each_step_and_how_to_read_the_pinned_one() {
        Dossier d = AnsweredReleases.goingBack();

        assertThat(PaperMarkdown.of(RunbookPaper.of(Runbook.of(d, AT))))
                .contains("What follows reads otherwise: back (Staging goes back) is not in the pinned one")
                .contains("slipway release runbook hello@1.0.0 --pinned");
    }

    @Test
    void of_a_release_from_before_one_was_pinned_that_is_said() {
        assertThat(Runbook.asPinned(ended(ReleasePhase.COMPLETED), AT)).isEmpty();
        assertThat(PaperMarkdown.of(RunbookPaper.of(runbook(ReleasePhase.COMPLETED))))
                .contains("No runbook is pinned in its record.");
    }
}
