package dev.slipway.release.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.release.RehearsalView;
import dev.slipway.contracts.release.RehearsalView.Result;
import dev.slipway.release.application.Application;
import dev.slipway.release.application.ApplicationCore;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.notes.Commits;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.release.saga.Work;
import dev.slipway.release.wiring.Examples;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RehearsalControllerTest {
    private final Kept<Application, ApplicationInput> applications = new Kept<>();
    private final Kept<Dossier, ReleaseInput> releases = new Kept<>();
    private final ApplicationCore core = new ApplicationCore(Examples.APPLICATION_LIMITS);
    private final List<Work.ReadRevision> tried = new ArrayList<>();
    private final RehearsalController controller =
            new RehearsalController(applications, releases, core, _ -> Commits.read("feat: a"), read -> {
                tried.add(read);
                return new ReleaseInput.RevisionRead(List.of(Examples.AUTHOR));
            });

    @BeforeEach
    void an_application_has_a_policy() {
        ApplicationInput put = new ApplicationInput.PutPolicy(
                Examples.demoPolicy().policy(), Examples.demoPolicy().hash(), "admin@example.test");
        applications.states.put(
                "hello", core.decide(core.initial("hello"), put, Instant.EPOCH).state());
    }

    private RehearsalView plan(String version, String on, String zone) {
        return controller.plan("hello", version, null, on, zone);
    }

    @Test
    void git_is_asked_of_the_head_and_the_tag_of_the_version_as_at_a_beginning() {
        RehearsalView next = plan("", "", "");

        assertThat(next.version()).isEqualTo("1.0.0");
        assertThat(next.zone()).isEqualTo("Z");
        assertThat(tried)
                .containsExactly(
                        new Work.ReadRevision(Examples.demoPolicy().policy().source(), Commits.sha(1), true, "v1.0.0"));

        plan("no version", "", "");
        assertThat(tried.getLast().tag()).isNull();
    }

    @Test
    void days_and_zones_that_are_none_are_refused_in_words() {
        assertThat(plan("", "2026-01-31", "Europe/Berlin").on()).isEqualTo("2026-01-31");
        assertThatThrownBy(() -> plan("", "2026-02-30", "UTC"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("on is a day such as 2026-01-31; it is \"2026-02-30\"");
        assertThatThrownBy(() -> plan("", "+999999999-12-31", "UTC")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> plan("", "", "Mars/Base"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Europe/Berlin");
    }

    @Test
    void without_a_policy_there_is_nothing_to_rehearse() {
        assertThatThrownBy(() -> controller.plan("nobody", null, null, null, null))
                .hasMessageContaining("404")
                .hasMessageContaining("has no policy, by which a release would go");
    }

    @Test
    void while_git_is_away_a_rehearsal_says_so_and_is_not_ready() {
        RehearsalController away = new RehearsalController(
                applications,
                releases,
                core,
                _ -> {
                    throw new IOException("disk is gone");
                },
                _ -> {
                    throw new IOException("disk is gone");
                });

        RehearsalView rehearsal = away.plan("hello", "1.0.0", null, null, null);

        assertThat(rehearsal.ready()).isFalse();
        assertThat(rehearsal.checks())
                .filteredOn(check -> check.result() == Result.BLOCKED)
                .singleElement()
                .satisfies(check -> assertThat(check.text()).isEqualTo("Git cannot be asked now: disk is gone."));
        assertThat(rehearsal.steps()).isNotEmpty();
    }
}
