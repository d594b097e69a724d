package dev.slipway.release.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.release.Announced;
import dev.slipway.contracts.release.OwedDuty;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.release.application.Launch;
import dev.slipway.release.policy.PolicyReader;
import dev.slipway.release.policy.PolicyReading;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.EndedReleases;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.release.wiring.Examples;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left to do of releases that have ended is shown with those that come after them. */
final class OwedTest {
    private static final Instant AT = Instant.parse("2026-01-05T10:00:00Z");
    private static final PolicyReading.Accepted POLICY = (PolicyReading.Accepted) new PolicyReader(100_000)
            .read((Examples.demoYaml()
                            + "duties: [{id: merge-back, text: Merge it back, by: devops, after: completed}]\n"
                            + "announcements: [{id: users, channel: mail, to: [users@example.test], reviewedBy: support}]\n")
                    .getBytes(StandardCharsets.UTF_8));

    private final Kept<Dossier, ReleaseInput> releases = new Kept<>();

    private Dossier release(String application, String version, int day) {
        Proposal like = Examples.proposal(version);
        Proposal proposal = new Proposal(new ApplicationName(application), version, like.sha(), like.artifacts(), null);
        ReleaseId id = new ReleaseId(application + "@" + version);
        Launch launch = new Launch(
                id,
                1,
                proposal,
                "ci@example.test",
                POLICY.policy(),
                POLICY.hash(),
                AT.plus(Duration.ofDays(day)),
                null,
                null,
                null,
                1);
        Dossier ended = EndedReleases.of(launch, ReleasePhase.COMPLETED, AT.plus(Duration.ofDays(day)));
        releases.states.put(id.value(), ended);
        return ended;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 50})
    void those_before_it_of_its_application_show_theirs_oldest_first(int page) {
        release("hello-two", "1.0.0", 0);
        release("hello", "1.10.0", 1);
        release("hello", "1.9.0", 0);
        Dossier last = release("hello", "1.11.0", 2);
        release("hello", "2.0.0", 3);
        release("hellos", "1.0.0", 0);

        List<OwedDuty> owed = Owed.duties(Owed.releasesBefore(releases, page, last));

        assertThat(owed)
                .extracting(OwedDuty::release)
                .containsExactly(new ReleaseId("hello@1.9.0"), new ReleaseId("hello@1.10.0"));
        assertThat(owed).extracting(each -> each.duty().id()).containsOnly("merge-back");
    }

    @Test
    void what_is_announced_of_those_before_it_once_somebody_has_reviewed_it_is_shown_as_long_as_nobody_has() {
        Dossier before = release("hello", "1.9.0", 0);
        Announced text = new Announced(
                "users", Channel.EMAIL, List.of("users@example.test"), "hello 1.9.0 is released", "It is.");
        releases.states.put(before.id().value(), EndedReleases.announced(before, List.of(text)));
        release("hello", "1.10.0", 1);
        Dossier last = release("hello", "1.11.0", 2);

        assertThat(Owed.reviews(Owed.releasesBefore(releases, 50, last)))
                .singleElement()
                .satisfies(review -> {
                    assertThat(review.release()).isEqualTo(before.id());
                    assertThat(review.announcement()).isEqualTo("users");
                    assertThat(review.by()).isEqualTo("support");
                    assertThat(review.command())
                            .isEqualTo("./slipway release announcements hello@1.9.0 --approve users --as EMAIL");
                });
    }

    @Test
    void the_first_release_owes_nothing_of_others() {
        assertThat(Owed.releasesBefore(releases, 50, release("hello", "1.0.0", 0)))
                .isEmpty();
    }
}
