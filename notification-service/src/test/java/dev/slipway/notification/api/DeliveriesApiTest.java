package dev.slipway.notification.api;

import static dev.slipway.contracts.release.Milestone.Kind.PROPOSED;
import static dev.slipway.contracts.release.Milestone.Kind.REJECTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.notification.DeliveryView;
import dev.slipway.contracts.notification.DeliveryView.State;
import dev.slipway.contracts.notification.RetryAnswer;
import dev.slipway.contracts.notification.RetryRequest;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReleaseTypes;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.JournalEntry;
import dev.slipway.messaging.TaskHandler;
import dev.slipway.notification.InMemoryNotification;
import dev.slipway.notification.NotificationSettings;
import dev.slipway.notification.api.DeliveryList.Filter;
import dev.slipway.notification.conversation.ConversationInput;
import dev.slipway.notification.conversation.ConversationInput.NotSent;
import dev.slipway.notification.conversation.ConversationInput.Sent;
import dev.slipway.notification.conversation.ConversationInput.Trouble;
import dev.slipway.notification.conversation.ConversationState;
import dev.slipway.notification.conversation.Sending;
import dev.slipway.notification.conversation.Statuses;
import dev.slipway.testkit.ServiceInMemory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.ErrorResponseException;

final class DeliveriesApiTest {
    private static final Filter ALL = new Filter(null, null);
    private static final int PER_RELEASE = 7; // two cards, two alerts on Slack, three mails
    private static final NotificationSettings SETTINGS = new NotificationSettings(
            Duration.ofSeconds(1),
            Duration.ofMinutes(15),
            Duration.ofSeconds(5),
            Duration.ofHours(72),
            Duration.ofMinutes(15),
            Duration.ofSeconds(5),
            Duration.ofDays(7),
            50,
            3,
            10,
            5,
            20,
            new NotificationSettings.Operators(List.of(), List.of()));
    private static final Jwt BEN = Jwt.withTokenValue("token")
            .header("alg", "RS256")
            .subject("ben")
            .claim("email", "ben@example.test")
            .claim("email_verified", true)
            .build();

    private final ServiceInMemory service = new ServiceInMemory("notification-service");
    private final Set<String> dead = new TreeSet<>();
    private final Aggregates<ConversationState, ConversationInput> conversations =
            InMemoryNotification.of(service, Statuses.RULES, channel());
    private final DeliveryList list = new DeliveryList(conversations, 3, 10);
    private final DeliveriesApi api = new DeliveriesApi(conversations, SETTINGS);

    private TaskHandler<Sending, ConversationInput> channel() {
        return (_, sending) -> dead.contains(sending.party().address())
                ? new NotSent(sending.number(), "password refused", Trouble.HOST, null, false)
                : new Sent(sending.number(), sending.thread() == null ? "thread" : null, null);
    }

    private void told(int release, ReleasePhase phase) {
        String id = "hello@1." + release + ".0";
        service.receive(
                Topics.RELEASE_EVENTS,
                id,
                ReleaseTypes.RELEASE_STATUS,
                Statuses.of(id, phase, PROPOSED, REJECTED),
                "release-service/release/" + id,
                2);
        service.advance(Duration.ofSeconds(release % 2));
    }

    private List<DeliveryView> all(Filter filter, int limit) {
        List<DeliveryView> views = new ArrayList<>();
        @Nullable String cursor = null;
        for (int pages = 0; pages < 500; pages++) {
            DeliveryList.Page page = list.page(filter, cursor, limit);
            assertThat(page.deliveries()).hasSizeLessThanOrEqualTo(limit);
            views.addAll(page.deliveries());
            cursor = page.cursor();
            if (cursor == null) {
                return views;
            }
        }
        throw new AssertionError("The list has no end");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 6, 7, 50, 1000})
    void pages_of_any_size_show_each_delivery_once_those_that_go_on_first(int limit) {
        for (int release = 0; release < 8; release++) {
            told(release, release < 3 ? ReleasePhase.VALIDATING : ReleasePhase.REJECTED);
        }

        List<DeliveryView> shown = all(ALL, limit);

        assertThat(shown).hasSize(8 * PER_RELEASE);
        assertThat(shown).extracting(DeliveryView::id).doesNotHaveDuplicates();
        assertThat(shown.subList(0, 3 * PER_RELEASE))
                .allSatisfy(
                        view -> assertThat(view.release().value()).isIn("hello@1.0.0", "hello@1.1.0", "hello@1.2.0"))
                .isSortedAccordingTo(Comparator.comparing(DeliveryView::at).reversed());
        assertThat(all(new Filter("hello@1.7.0", null), limit)).hasSize(PER_RELEASE);
        assertThat(all(new Filter("hello@1.7", null), limit)).isEmpty();
        assertThat(all(new Filter(null, State.DELIVERED), limit)).hasSize(8 * PER_RELEASE);
        assertThat(all(new Filter(null, State.UNDELIVERABLE), limit)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%%%", "TCAx", "eA"})
    void a_cursor_that_no_list_answered_with_is_refused(String cursor) {
        assertThatThrownBy(() -> list.page(ALL, cursor, 5)).hasMessageContaining("cursor must be one");
    }

    @Test
    void what_waits_for_the_host_is_sent_again_by_a_person_with_a_reason_that_is_on_record() {
        dead.addAll(List.of("ada@example.test", "ben@example.test", "#hello"));
        told(1, ReleasePhase.REJECTED);
        told(2, ReleasePhase.REJECTED);
        service.advance(Duration.ofHours(1));

        RetryAnswer other = api.retry(new RetryRequest(new ReleaseId("hello@9.0.0"), null, null, "mended"), BEN);
        assertThat(other.count()).isZero();

        dead.removeIf(address -> address.contains("@"));
        RetryAnswer mails = api.retry(
                new RetryRequest(new ReleaseId("hello@1.1.0"), Channel.EMAIL, null, "password\nset by hand at 12:00"),
                BEN);
        assertThat(mails.count()).isEqualTo(2);
        assertThat(mails.deliveries())
                .allSatisfy(view -> assertThat(view.state()).isEqualTo(State.SENDING))
                .extracting(DeliveryView::address)
                .containsExactlyInAnyOrder("ada@example.test", "ben@example.test");
        service.settle();

        assertThat(all(new Filter("hello@1.1.0", null), 50))
                .filteredOn(view -> view.channel() == Channel.EMAIL)
                .allSatisfy(view -> assertThat(view.state()).isEqualTo(State.DELIVERED));
        assertThat(all(new Filter("hello@1.2.0", null), 50))
                .filteredOn(view -> view.address().equals("ada@example.test"))
                .allSatisfy(view -> assertThat(view.state()).isEqualTo(State.PLANNED));
        JournalEntry entry = conversations.journal("hello@1.1.0/EMAIL/ada@example.test").stream()
                .filter(each -> each.actor().equals("user:ben@example.test"))
                .findFirst()
                .orElseThrow();
        assertThat(entry.reason()).isEqualTo("sent again: password set by hand");
    }

    @Test
    void an_answer_counts_all_and_shows_as_many_as_it_holds() {
        dead.add("ada@example.test");
        for (int release = 0; release < 9; release++) {
            told(release, ReleasePhase.REJECTED);
        }
        service.advance(Duration.ofHours(1));
        dead.clear();

        RetryAnswer again = api.retry(new RetryRequest(null, null, null, "password set"), BEN);

        assertThat(again.count()).isEqualTo(9);
        assertThat(again.deliveries()).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource({"''", "'  '", ","})
    void without_a_reason_nothing_is_sent(@Nullable String reason) {
        assertThatThrownBy(() -> api.retry(new RetryRequest(null, null, null, reason), BEN))
                .isInstanceOfSatisfying(ErrorResponseException.class, refused -> {
                    assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
                    assertThat(refused.getBody().getDetail()).contains("reason");
                });
    }
}
