package dev.slipway.release.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.release.PlanView.Progress;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.RunbookView;
import dev.slipway.contracts.release.RunbookView.Person;
import dev.slipway.contracts.release.RunbookView.Place;
import dev.slipway.release.paper.PaperHtml;
import dev.slipway.release.paper.PaperMarkdown;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.EndedReleases;
import dev.slipway.release.saga.ReleasePlan;
import dev.slipway.release.wiring.Examples;
import java.time.Instant;
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
}
