package dev.slipway.release.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.release.ReleaseStatus;
import dev.slipway.contracts.release.ReleaseTypes;
import dev.slipway.contracts.release.RetroView;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Cause;
import dev.slipway.release.application.Application;
import dev.slipway.release.application.ApplicationCore;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.application.Launch;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.release.saga.ReleaseSaga;
import dev.slipway.testkit.ServiceInMemory;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A release that has ended says again what people want done of it, when that is due soon and when it is late. */
final class ItemSweepTest {
    private static final ReleaseId HELLO = new ReleaseId("hello@1.0.0");
    private static final Cause TEST = Cause.of("test");

    private final ServiceInMemory service = new ServiceInMemory("release-service");
    private final Aggregates<Application, ApplicationInput> applications = service.recipe()
            .aggregates(
                    "application",
                    Application.class,
                    ApplicationInput.class,
                    new ApplicationCore(Examples.APPLICATION_LIMITS))
            .build();
    private final Aggregates<Dossier, ReleaseInput> releases = service.recipe()
            .aggregates("release", Dossier.class, ReleaseInput.class, new ReleaseSaga(Examples.SAGA_LIMITS))
            .onTimer(ReleaseSaga::onTimer)
            .amends(ReleaseInput.Request.class::isInstance)
            .build();
    private final ItemSweep sweep = new ItemSweep(applications, releases, service.clock(), 1);

    @BeforeEach
    void a_release_has_ended() {
        releases.submit(
                HELLO.value(),
                new ReleaseInput.Launched(new Launch(
                        HELLO,
                        0,
                        Examples.proposal("1.0.0"),
                        Examples.PUBLISHER,
                        null,
                        "",
                        service.clock().instant(),
                        dev.slipway.contracts.release.Cause.of("no-policy", "It has no policy."),
                        null,
                        null,
                        1)),
                TEST);
        service.settle();
        assertThat(releases.find(HELLO.value()).orElseThrow().finished()).isTrue();
        applications.submit("hello", new ApplicationInput.ItemsLeft(HELLO, true), TEST);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(service.clock().instant(), ZoneOffset.UTC);
    }

    private void raise(String text, @Nullable LocalDate due) {
        releases.submit(
                HELLO.value(), new ReleaseInput.RaiseItem(Examples.ADA, text, Examples.BEN, due, false, null), TEST);
    }

    private List<ReleaseStatus> said() {
        service.settle();
        return service.sent(Topics.RELEASE_EVENTS, ReleaseTypes.RELEASE_STATUS, ReleaseStatus.class);
    }

    @Test
    void it_says_so_once_when_one_is_due_soon_and_once_when_it_is_late() {
        LocalDate due = today().plusDays(RetroView.DUE_SOON_DAYS + 1);
        raise("Warm the cache up", due);
        assertThat(sweep.look()).as("days to go").isZero();

        service.clock().advance(Duration.ofDays(1));
        int before = said().size();
        assertThat(sweep.look() + sweep.look()).isEqualTo(1);
        assertThat(said()).hasSize(before + 1);
        assertThat(said().getLast().items())
                .containsExactly(new RetroView.Due(1, "Warm the cache up", Examples.BEN, due));

        service.clock().advance(Duration.ofDays(RetroView.DUE_SOON_DAYS));
        assertThat(sweep.look()).as("its last day is not over").isZero();
        service.clock().advance(Duration.ofDays(1));
        assertThat(sweep.look() + sweep.look()).isEqualTo(1);
        assertThat(new ItemSweep(applications, releases, service.clock(), 1).look())
                .as("one that begins anew says it again")
                .isEqualTo(1);
    }

    @Test
    void of_what_is_done_and_of_what_has_no_day_nobody_is_reminded() {
        raise("Warm the cache up", today());
        raise("Some day", null);
        releases.submit(
                HELLO.value(),
                new ReleaseInput.CloseItem(Examples.BEN, 1, RetroView.State.DONE, "it is warm", null),
                TEST);

        assertThat(sweep.look()).isZero();
        assertThat(said().getLast().items()).isEmpty();
    }
}
