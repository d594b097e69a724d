package dev.slipway.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.deployment.DeploymentTypes;
import dev.slipway.contracts.deployment.IncidentStatus;
import dev.slipway.contracts.deployment.IncidentStatus.Kind;
import dev.slipway.contracts.deployment.Trouble;
import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.policy.Policy.Contact;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReleaseTypes;
import dev.slipway.messaging.TaskHandler;
import dev.slipway.notification.conversation.ConversationInput;
import dev.slipway.notification.conversation.ConversationInput.NotSent;
import dev.slipway.notification.conversation.ConversationInput.Sent;
import dev.slipway.notification.conversation.Party;
import dev.slipway.notification.conversation.Sending;
import dev.slipway.notification.conversation.Statuses;
import dev.slipway.testkit.ServiceInMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The policy's contacts hear of a verified version that goes bad: once that it did, once that it is over. */
final class IncidentNewsTest {
    private static final Instant BEGUN = Instant.parse("2026-01-05T10:00:00Z");
    private static final List<Contact> CONTACTS = List.of(
            new Contact("technical-lead", "Ada", "ada@example.test", "#hello"),
            new Contact("support", "Support", "support@example.test", null));
    private static final Trouble WHY = new Trouble(
            "Its process ended by itself: killed by signal 9 (KILL) after 12 s",
            null,
            "KILL",
            12L,
            List.of("connecting", "password=***"),
            "/targets/output.log",
            "Try: ./slipway logs hello@1.1.0 --environment production");

    private final ServiceInMemory service = new ServiceInMemory("notification-service");
    private final List<Sending> arrived = new ArrayList<>();
    private final Set<String> dead = new HashSet<>();
    private long version;

    private void wired(List<Party> operators) {
        InMemoryNotification.of(service, Statuses.RULES, channel(), operators);
    }

    private TaskHandler<Sending, ConversationInput> channel() {
        return (_, sending) -> {
            if (dead.contains(sending.party().address())) {
                return new NotSent(sending.number(), "no such receiver", ConversationInput.Trouble.FINAL, null, false);
            }
            arrived.add(sending);
            return new Sent(sending.number(), "thread-of-" + sending.form(), "C1");
        };
    }

    private static IncidentStatus status(
            String environment,
            int number,
            Kind kind,
            boolean goesBack,
            @Nullable Instant over,
            List<Contact> contacts) {
        return new IncidentStatus(
                EnvironmentId.parse("hello/" + environment),
                new ReleaseId("hello@1.1.0"),
                "1.1.0",
                number,
                kind,
                BEGUN,
                over,
                over == null ? null : "it has been well for 30 s",
                3,
                WHY,
                goesBack,
                contacts);
    }

    private void said(IncidentStatus status) {
        service.receive(
                Topics.DEPLOYMENT_EVENTS,
                status.release().value(),
                DeploymentTypes.INCIDENT_STATUS,
                status,
                "deployment-service/environment/" + status.environment(),
                ++version);
        service.settle();
    }

    private List<String> subjects(String address) {
        return arrived.stream()
                .filter(sending -> sending.party().address().equals(address))
                .map(sending -> sending.content().subject())
                .toList();
    }

    private String text(String address) {
        return arrived.stream()
                .filter(sending -> sending.party().address().equals(address))
                .toList()
                .getLast()
                .content()
                .text();
    }

    @Test
    void a_way_back_that_is_refused_is_told_once_with_its_reason_and_what_to_do() {
        wired(List.of());
        IncidentStatus begun = status("production", 1, Kind.CRASH_LOOP, true, null, CONTACTS);
        said(begun);
        refused(begun.withNotBack("Release hello@1.2.0 is ROLLING_OUT and has production."));
        refused(begun.withNotBack("Release hello@1.2.0 is ROLLING_OUT and has production."));

        assertThat(subjects("#hello"))
                .containsExactly(
                        "[Slipway] hello 1.1.0: keeps dying in production",
                        "[Slipway] hello 1.1.0: is not taken back in production");
        assertThat(text("#hello"))
                .contains(
                        "That is not done: Release hello@1.2.0 is ROLLING_OUT and has production.",
                        "./slipway app rollback hello --reason WHY");
    }

    private void refused(IncidentStatus status) {
        service.receive(
                Topics.RELEASE_EVENTS,
                status.release().value(),
                DeploymentTypes.INCIDENT_STATUS,
                status,
                "release-service/application/hello",
                ++version);
        service.settle();
    }

    @Test
    void a_way_back_that_cannot_be_is_part_of_the_news_that_the_incident_began() {
        wired(List.of());
        IncidentStatus plain = status("production", 1, Kind.UNREADY, false, null, CONTACTS);
        said(new IncidentStatus(
                plain.environment(),
                plain.release(),
                plain.version(),
                1,
                Kind.UNREADY,
                BEGUN,
                null,
                null,
                0,
                WHY,
                false,
                CONTACTS,
                List.of(),
                "nothing was verified there before it"));

        assertThat(subjects("#hello")).hasSize(1);
        assertThat(text("#hello"))
                .contains(
                        "Its policy wants the version before it back, which is not done: nothing was verified there before it.");
    }

    @Test
    void each_contact_hears_once_that_it_began_and_once_that_it_is_over_however_often_it_is_said() {
        wired(List.of());
        said(status("production", 1, Kind.DIED, false, null, CONTACTS));
        said(status("production", 1, Kind.CRASH_LOOP, false, null, CONTACTS));
        assertThat(subjects("#hello")).containsExactly("[Slipway] hello 1.1.0: died in production");

        said(status("production", 1, Kind.CRASH_LOOP, false, BEGUN.plusSeconds(90), CONTACTS));
        said(status("production", 1, Kind.CRASH_LOOP, false, BEGUN.plusSeconds(90), CONTACTS));
        for (String address : List.of("#hello", "ada@example.test", "support@example.test")) {
            assertThat(subjects(address))
                    .as(address)
                    .containsExactly(
                            "[Slipway] hello 1.1.0: died in production",
                            "[Slipway] hello 1.1.0: what was wrong in production is over");
        }
        assertThat(text("#hello")).contains("over after 90 s: it has been well for 30 s", "verified: 3 times");
    }

    @Test
    void who_can_act_is_told_why_what_was_done_and_what_to_try_and_the_others_that_nothing_is_asked() {
        wired(List.of());
        said(status("production", 1, Kind.CRASH_LOOP, false, null, CONTACTS));

        assertThat(text("ada@example.test"))
                .contains(
                        "hello 1.1.0 keeps dying in production.",
                        "Why: Its process ended by itself: killed by signal 9 (KILL) after 12 s",
                        "  | password=***",
                        "All that it wrote: /targets/output.log",
                        "Done: it is started again",
                        "./slipway app rollback hello --reason WHY",
                        "\nContacts: technical-lead ",
                        "Try: ./slipway logs hello@1.1.0 --environment production");
        assertThat(text("support@example.test"))
                .contains("Asked of you: nothing; technical lead and DevOps look at it.")
                .doesNotContain("app rollback", "Contacts");
    }

    @Test
    void what_was_changed_behind_slipways_back_is_told_without_advice_to_go_back() {
        wired(List.of());
        said(status("production", 1, Kind.CHANGED, false, null, CONTACTS));

        assertThat(subjects("#hello"))
                .containsExactly("[Slipway] hello 1.1.0: was changed behind Slipway's back in production");
        assertThat(text("ada@example.test"))
                .contains(
                        "Done: nothing is started for it, and nothing goes back",
                        "Asked of you: find out whether it was meant.",
                        "Try: ./slipway logs hello@1.1.0 --environment production")
                .doesNotContain("app rollback");
        said(status("production", 1, Kind.CHANGED, false, BEGUN.plusSeconds(90), CONTACTS));
        assertThat(subjects("#hello")).hasSize(2);
    }

    @Test
    void where_the_policy_brings_the_version_before_back_people_are_told_so_and_not_asked_to() {
        wired(List.of());
        said(status("production", 1, Kind.UNREADY, true, null, CONTACTS));

        assertThat(text("ada@example.test"))
                .contains("The verified version before it is brought back, as its policy says.")
                .doesNotContain("app rollback");
    }

    @Test
    void staging_is_told_alike_and_another_incident_is_told_again() {
        wired(List.of());
        said(status("staging", 1, Kind.DIED, false, null, CONTACTS));
        said(status("production", 1, Kind.DIED, false, null, CONTACTS));
        said(status("production", 2, Kind.UNREADY, false, null, CONTACTS));

        assertThat(subjects("support@example.test"))
                .containsExactly(
                        "[Slipway] hello 1.1.0: died in staging",
                        "[Slipway] hello 1.1.0: died in production",
                        "[Slipway] hello 1.1.0: is not well in production");
    }

    @Test
    void the_news_stand_in_the_thread_in_which_the_release_was_told_of() {
        wired(List.of());
        service.receive(
                Topics.RELEASE_EVENTS,
                "hello@1.1.0",
                ReleaseTypes.RELEASE_STATUS,
                Statuses.of("hello@1.1.0", ReleasePhase.COMPLETED, Milestone.Kind.COMPLETED),
                "release-service/release/hello@1.1.0",
                1);
        service.settle();
        said(status("production", 1, Kind.DIED, false, null, CONTACTS));
        said(status("production", 1, Kind.DIED, false, BEGUN.plusSeconds(40), CONTACTS));

        assertThat(arrived.stream()
                        .filter(sending -> sending.party().address().equals("#hello"))
                        .filter(sending -> sending.content().subject().contains("in production"))
                        .map(Sending::thread))
                .containsExactly("thread-of-CARD", "thread-of-CARD");
    }

    @Test
    void who_cannot_be_reached_is_told_of_to_another_contact() {
        wired(List.of());
        dead.add("support@example.test");
        said(status("production", 1, Kind.DIED, false, null, CONTACTS));
        service.advance(Duration.ofMinutes(1));

        assertThat(arrived)
                .extracting(sending -> sending.content().text())
                .anyMatch(text -> text.contains("support@example.test") && text.contains("could not be told"));
    }

    @Test
    void where_nobody_is_named_the_operators_are_told() {
        wired(List.of(new Party("operator", "ops@example.test", Channel.EMAIL, "ops@example.test")));
        said(status("production", 1, Kind.DIED, false, null, List.of()));

        assertThat(subjects("ops@example.test")).hasSize(1);
        assertThat(text("ops@example.test")).contains("./slipway app rollback hello");
    }
}
