package dev.slipway.release.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.DutyView.TimeState;
import dev.slipway.contracts.release.RetroView;
import dev.slipway.contracts.release.RetroView.Item;
import dev.slipway.contracts.release.RetroView.State;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.JournalEntry;
import dev.slipway.release.application.Application;
import dev.slipway.release.application.ApplicationCore;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.application.Launch;
import dev.slipway.release.retention.Keeping;
import dev.slipway.release.retention.KeepingInput;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.release.saga.ReleaseSaga;
import dev.slipway.release.wiring.Examples;
import dev.slipway.testkit.ServiceInMemory;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.Jwt;

/** Items and feedback, of a release that has ended, and shown with those that follow. */
final class RetroControllerTest {
    private static final String ID = "hello@1.0.0";
    private static final LocalDate DUE = LocalDate.parse("2026-12-01");

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
    private final Aggregates<Keeping, KeepingInput> keepings = new Kept<>();
    private final RetroController controller = new RetroController(
            releases,
            applications,
            keepings,
            new ApiSettings(10_000, 20, 50, 10, 100, 500, Duration.ofSeconds(1)),
            service.clock());

    @BeforeEach
    void a_release_has_ended() {
        launch("1.0.0");
    }

    /** Refused, so that it is at its end at once. */
    private void launch(String version) {
        ReleaseId id = new ReleaseId("hello@" + version);
        releases.submit(
                id.value(),
                new ReleaseInput.Launched(new Launch(
                        id,
                        0,
                        Examples.proposal(version),
                        Examples.PUBLISHER,
                        null,
                        "",
                        service.clock().instant(),
                        Cause.of("no-policy", "It has no policy."),
                        null,
                        null,
                        1)),
                dev.slipway.messaging.Cause.of("test"));
    }

    private static Jwt token(String email) {
        return Jwt.withTokenValue("t")
                .header("alg", "RS256")
                .subject("someone")
                .claim("email", email)
                .claim("email_verified", true)
                .build();
    }

    private RetroView raise(String text) {
        return controller.raise(
                ID, new RetroView.RaiseRequest(text, "Ben@Example.test", DUE, null), null, token(Examples.ADA));
    }

    private RetroView close(int number) {
        return controller.close(
                ID, number, new RetroView.CloseRequest(State.DONE, "it is warm"), null, token(Examples.BEN));
    }

    private List<RetroView.Owed> left() {
        return controller.left("hello");
    }

    @Test
    void an_item_is_left_of_its_application_until_the_last_one_is_closed() {
        Item raised = raise("Warm the cache up").items().getFirst();
        raise("Say so");
        assertThat(raised.owner()).isEqualTo(Examples.BEN);
        assertThat(left())
                .extracting(owed -> owed.release().value(), owed -> owed.item().number())
                .containsExactly(tuple(ID, 1), tuple(ID, 2));

        close(1);
        assertThat(left()).extracting(owed -> owed.item().text()).containsExactly("Say so");
        close(2);

        assertThat(left()).isEmpty();
        assertThat(applications.find("hello").orElseThrow().state().itemsLeft()).isEmpty();
        assertThat(controller.said(ID).items()).extracting(Item::state).containsOnly(State.DONE);
        assertThat(releases.journal(ID)).extracting(JournalEntry::input).contains("RaiseItem", "CloseItem");
    }

    @Test
    void an_open_item_says_whether_its_day_is_near_or_past() {
        raise("Warm the cache up");
        Instant day = DUE.atStartOfDay(ZoneOffset.UTC).toInstant();
        assertThat(left())
                .extracting(owed -> owed.item().time())
                .containsExactly(time(service.clock().instant()));
        assertThat(time(day.minus(Duration.ofDays(RetroView.DUE_SOON_DAYS + 1))))
                .isEqualTo(TimeState.OPEN);
        assertThat(time(day.minus(Duration.ofDays(RetroView.DUE_SOON_DAYS)))).isEqualTo(TimeState.DUE_SOON);
        assertThat(time(day.plus(Duration.ofHours(23)))).isEqualTo(TimeState.DUE_SOON);
        assertThat(time(day.plus(Duration.ofDays(1)))).isEqualTo(TimeState.LATE);

        service.clock().advance(Duration.between(service.clock().instant(), day.plus(Duration.ofDays(1))));
        assertThat(controller.said(ID).items()).extracting(Item::time).containsExactly(TimeState.LATE);
        assertThat(close(1).items()).extracting(Item::time).containsOnlyNulls();
    }

    private static TimeState time(Instant now) {
        return RetroView.time(DUE, now);
    }

    @Test
    void those_that_were_proposed_later_show_it_and_it_itself_does_not() {
        raise("Warm the cache up");
        service.advance(Duration.ofHours(1));
        launch("1.1.0");
        Application application = applications.find("hello").orElseThrow().state();
        Dossier later = releases.find("hello@1.1.0").orElseThrow().state();
        Dossier itself = releases.find(ID).orElseThrow().state();

        assertThat(Owed.itemsBefore(
                        releases, application, later, service.clock().instant()))
                .extracting(owed -> owed.release().value())
                .containsExactly(ID);
        assertThat(Owed.itemsBefore(
                        releases, application, itself, service.clock().instant()))
                .isEmpty();
    }

    @Test
    void a_lesson_leaves_nothing_to_do_and_has_neither_owner_nor_day() {
        controller.raise(
                ID, new RetroView.RaiseRequest("Mondays are busy", null, null, true), null, token(Examples.ADA));

        assertThat(left()).isEmpty();
        assertThat(controller.said(ID).items()).hasSize(1);
        assertThatThrownBy(() -> controller.raise(
                        ID,
                        new RetroView.RaiseRequest("Mondays", "ben@example.test", null, true),
                        null,
                        token("a@b.test")))
                .hasMessageContaining("400");
    }

    @Test
    void who_raises_an_item_and_names_nobody_sees_to_it() {
        RetroView after = controller.raise(
                ID, new RetroView.RaiseRequest("Warm it up", null, null, null), null, token("Ada@Example.test"));

        assertThat(after.items().getFirst().owner()).isEqualTo(Examples.ADA);
    }

    @Test
    void feedback_is_kept_with_who_handed_it_in() {
        RetroView after = controller.feedback(
                ID,
                new RetroView.FeedbackRequest("support", "Logins are quicker.", "https://tickets.example.test/7"),
                null,
                token(Examples.ADA));

        assertThat(after.feedback()).singleElement().satisfies(said -> {
            assertThat(said.from()).isEqualTo("support");
            assertThat(said.by()).isEqualTo("user:" + Examples.ADA);
        });
    }

    @Test
    void what_is_refused_changes_nothing_and_says_how_it_is_done() {
        assertThatThrownBy(() -> raise(" ")).hasMessageContaining("409");
        assertThatThrownBy(() -> close(1)).hasMessageContaining("409");
        assertThatThrownBy(() -> controller.said("hello@9.9.9")).hasMessageContaining("404");
        assertThat(controller.said(ID)).isEqualTo(RetroView.NOTHING);
    }
}
