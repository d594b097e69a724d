package dev.slipway.release.notes;

import static dev.slipway.release.notes.Commits.sha;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.ChangeView;
import dev.slipway.contracts.release.NextVersionView;
import dev.slipway.contracts.release.NextVersionView.Step;
import dev.slipway.contracts.validation.Baseline;
import dev.slipway.release.application.Application;
import dev.slipway.release.application.Application.Fate;
import dev.slipway.release.application.Application.Kept;
import dev.slipway.release.application.Application.Taken;
import dev.slipway.release.application.Verified;
import dev.slipway.release.notes.History.Told;
import dev.slipway.release.wiring.Examples;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NextVersionTest {
    private static final Policy POLICY = Examples.demoPolicy().policy();

    private static Application application(
            List<String> verified, List<String> left, List<Taken> taken, @Nullable String highest) {
        List<Kept> kept = new java.util.ArrayList<>();
        verified.forEach(version -> kept.add(new Kept(verified(version), false)));
        left.forEach(version -> kept.add(new Kept(verified(version), true)));
        return new Application(
                "hello", null, List.of(), 3, highest, List.of(), taken, List.of(), List.of(), kept, null, List.of(),
                highest, false, null, null, List.of());
    }

    private static Verified verified(String version) {
        return new Verified(
                new ReleaseId("hello@" + version),
                Examples.proposal(version),
                POLICY.environments().production().target(),
                false);
    }

    private static Taken taken(String version, Fate fate) {
        return new Taken(version, "00ff", null, 1, fate, false);
    }

    private static Application running(String... versions) {
        return application(List.of(versions), List.of(), List.of(), versions[versions.length - 1]);
    }

    private static final Application NEW = application(List.of(), List.of(), List.of(), null);

    private static NextVersionView next(Application application, String... messages) {
        return new NextVersion(application, POLICY).of("main", Commits.read(messages));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.4.2 | fix: a            | docs: b          | 1.4.3",
                "1.4.2 | docs: a           | Something        | 1.4.3",
                "1.4.2 | fix: a            | feat: b          | 1.5.0",
                "1.4.2 | perf: a           | refactor: b      | 1.4.3",
                "1.4.2 | feat: a           | fix(api)!: b     | 2.0.0",
                "0.4.2 | feat: a           | fix!: b          | 1.0.0",
                "0.4.2 | feat: a           | fix: b           | 0.5.0",
                "2.0.0-rc.1 | fix: a       | docs: b          | 2.0.0"
            })
    void the_weightiest_commit_decides_which_number_rises(String present, String one, String other, String next) {
        assertThat(next(running(present), one, other).version()).isEqualTo(next);
    }

    @Test
    void a_footer_that_breaks_raises_the_major_number_and_is_told_as_the_reason() {
        NextVersionView next = next(running("1.4.2"), "feat: a", "chore: b\n\nBREAKING CHANGE: no more b", "fix: c");

        assertThat(next.version()).isEqualTo("2.0.0");
        assertThat(next.step()).isEqualTo(Step.MAJOR);
        assertThat(next.because()).extracting(ChangeView::note).containsExactly("no more b");
        assertThat(next.reasons().getFirst())
                .isEqualTo("Since hello@1.4.2, which production runs, branch main has 3 commits that count.");
        assertThat(next.reasons().get(1)).contains("1 of them breaks something");
        assertThat(next.since()).isEqualTo(new Baseline(new ReleaseId("hello@1.4.2"), "1.4.2", Examples.SHA));
        assertThat(next.commits()).isEqualTo(3);
        assertThat(next.conventional()).isEqualTo(3);
    }

    @Test
    void before_anything_was_verified_the_first_stable_version_comes_whatever_the_commits_say() {
        NextVersionView next = next(NEW, "feat!: a", "Begin");

        assertThat(next.version()).isEqualTo("1.0.0");
        assertThat(next.step()).isEqualTo(Step.FIRST);
        assertThat(next.since()).isNull();
        assertThat(next.because()).isEmpty();
        assertThat(String.join(" ", next.reasons())).contains("verified no release yet", "first stable version");
        assertThat(new NextVersion(NEW, POLICY).question("main").since()).isNull();
        assertThat(new NextVersion(running("1.0.0"), POLICY).question("main").since())
                .isEqualTo(Examples.SHA);
    }

    @Test
    void where_nothing_has_changed_no_version_is_suggested() {
        NextVersionView next = next(running("1.4.2"));

        assertThat(next.version()).isNull();
        assertThat(next.step()).isEqualTo(Step.NONE);
        assertThat(next.reasons())
                .containsExactly("Since hello@1.4.2, which production runs, nothing has changed on branch main.");
    }

    @Test
    void where_no_message_is_conventional_the_answer_says_that_nothing_speaks_for_more_than_a_patch() {
        NextVersionView next = next(running("1.4.2"), "Add a page", "Mend it");

        assertThat(next.version()).isEqualTo("1.4.3");
        assertThat(next.conventional()).isZero();
        assertThat(next.reasons().get(1)).contains("None of them has a conventional message");
        assertThat(next.because()).hasSize(2);
    }

    @Test
    void messages_that_are_not_conventional_are_counted_in_the_reason() {
        assertThat(next(running("1.4.2"), "feat: a", "Mend it").reasons().get(1))
                .contains("1 of them is a feature", "1 of 2 have no conventional message");
    }

    @Test
    void a_version_that_was_used_is_never_suggested_and_what_comes_after_it_promises_no_less() {
        Application wentBack = application(List.of("1.0.0"), List.of("1.1.0"), List.of(), "1.1.0");

        assertThat(next(wentBack, "feat: a").version()).isEqualTo("1.2.0");
        assertThat(next(wentBack, "fix: a").version()).isEqualTo("1.1.1");
        assertThat(next(wentBack, "fix!: a").version()).isEqualTo("2.0.0");
        assertThat(next(wentBack, "feat: a").reasons().getLast())
                .contains("1.1.0 is not above 1.1.0", "the same number rises");
    }

    @Test
    void a_version_on_its_way_is_passed_over_and_one_that_ended_before_production_is_not() {
        Application busy = application(List.of("1.0.0"), List.of(), List.of(taken("1.1.0", Fate.ON_ITS_WAY)), "1.0.0");
        Application tried = application(List.of("1.0.0"), List.of(), List.of(taken("1.1.0", Fate.FREE)), "1.0.0");

        assertThat(next(busy, "feat: a").version()).isEqualTo("1.2.0");
        assertThat(next(tried, "feat: a").version()).isEqualTo("1.1.0");
    }

    @Test
    void a_tag_of_the_policys_form_is_a_used_version_and_others_are_none() {
        Told.Read read = new Told.Read(
                sha(1), Commits.of("feat: a"), false, List.of("v2.3.0", "v2.2.0", "vision", "v9", "3.0.0"));

        assertThat(new NextVersion(NEW, POLICY).question("main").tags()).isEqualTo("v*");
        assertThat(new NextVersion(NEW, POLICY).of("main", read).version()).isEqualTo("2.4.0");
        assertThat(new NextVersion(running("1.0.0"), POLICY).of("main", read).version())
                .isEqualTo("2.4.0");
    }

    @Test
    void a_used_pre_release_leads_to_its_own_version() {
        Application candidate =
                application(List.of("1.4.2"), List.of(), List.of(taken("2.0.0-rc.1", Fate.USED)), "2.0.0-rc.1");

        assertThat(next(candidate, "fix: a").version()).isEqualTo("2.0.0");
    }

    @Test
    void that_older_commits_were_not_read_is_said() {
        Told.Read read = new Told.Read(sha(1), Commits.of("fix: a"), true, List.of());
        NextVersionView next = new NextVersion(running("1.0.0"), POLICY).of("main", read);

        assertThat(next.more()).isTrue();
        assertThat(next.reasons().getLast()).contains("more than 1 commits", "may ask for a larger step");
    }
}
