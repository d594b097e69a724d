package dev.slipway.notification;

import static dev.slipway.contracts.release.Milestone.Kind.COMPLETED;
import static dev.slipway.contracts.release.Milestone.Kind.DATE_ESCALATED;
import static dev.slipway.contracts.release.Milestone.Kind.PROPOSED;
import static dev.slipway.contracts.release.Milestone.Kind.REJECTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Topics;
import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.notification.DeliveryStatus;
import dev.slipway.contracts.notification.DeliveryView.State;
import dev.slipway.contracts.notification.NotificationTypes;
import dev.slipway.contracts.release.Announced;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReleaseStatus;
import dev.slipway.contracts.release.ReleaseTypes;
import dev.slipway.contracts.release.RetroView;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Cause;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.messaging.TaskHandler;
import dev.slipway.messaging.WireRecord;
import dev.slipway.notification.conversation.ConversationInput;
import dev.slipway.notification.conversation.ConversationInput.NotSent;
import dev.slipway.notification.conversation.ConversationInput.SendAgain;
import dev.slipway.notification.conversation.ConversationInput.Sent;
import dev.slipway.notification.conversation.ConversationInput.Trouble;
import dev.slipway.notification.conversation.ConversationState;
import dev.slipway.notification.conversation.Delivery;
import dev.slipway.notification.conversation.Sending;
import dev.slipway.notification.conversation.Statuses;
import dev.slipway.testkit.ServiceInMemory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The whole service on one thread: who gets how many messages when channels are dead. */
final class NotificationInMemoryTest {
    private static final String SUPPORT = "support@example.test";

    private final ServiceInMemory service = new ServiceInMemory("notification-service");
    private final Map<String, Trouble> dead = new TreeMap<>();
    private final List<Sending> arrived = new ArrayList<>();
    private final Aggregates<ConversationState, ConversationInput> conversations =
            InMemoryNotification.of(service, Statuses.RULES, channel());

    private TaskHandler<Sending, ConversationInput> channel() {
        return (_, sending) -> {
            Trouble trouble = dead.get(sending.party().address());
            if (trouble != null) {
                return new NotSent(sending.number(), "dead", trouble, null, false);
            }
            arrived.add(sending);
            return new Sent(sending.number(), sending.thread() == null ? "thread of " + sending.id() : null, null);
        };
    }

    private void tell(ReleaseStatus status) {
        service.receive(
                Topics.RELEASE_EVENTS,
                Statuses.RELEASE,
                ReleaseTypes.RELEASE_STATUS,
                status,
                "release-service/release/" + Statuses.RELEASE,
                2);
    }

    private List<Sending> to(String address) {
        return arrived.stream()
                .filter(sending -> sending.party().address().equals(address))
                .toList();
    }

    @Test
    void with_four_dead_channels_one_rejection_makes_two_mails_for_the_one_who_is_left() {
        dead.putAll(Map.of(
                "#hello", Trouble.HOST,
                "#ops", Trouble.HOST,
                "ada@example.test", Trouble.FINAL,
                "ben@example.test", Trouble.FINAL));

        tell(Statuses.status(ReleasePhase.REJECTED, PROPOSED, REJECTED));
        service.advance(Duration.ofHours(1));

        assertThat(arrived).hasSameSizeAs(to(SUPPORT)).hasSize(2);
        Sending alert = to(SUPPORT).getFirst();
        Sending note = to(SUPPORT).getLast();
        assertThat(note.thread()).as("in the thread of the alert").isEqualTo("thread of " + alert.id());
        assertThat(note.content().text())
                .contains("4 contacts could not be told")
                .contains("Ada (#hello)", "Ada (ada@example.test)", "Ben (#ops)", "Ben (ben@example.test)");
    }

    private ReleaseStatus wanting(RetroView.Due... items) {
        return Statuses.owing(Statuses.status(ReleasePhase.COMPLETED, PROPOSED, COMPLETED), items);
    }

    @Test
    void an_owner_hears_once_that_an_item_is_due_soon_and_once_that_it_is_late_however_often_its_release_says_so() {
        LocalDate due =
                LocalDate.ofInstant(service.clock().instant(), ZoneOffset.UTC).plusDays(RetroView.DUE_SOON_DAYS + 1);
        ReleaseStatus status = wanting(
                new RetroView.Due(1, "Warm the cache up", "ben@example.test", due),
                new RetroView.Due(2, "Say so", "Eve@Example.test", due));
        tell(status);
        assertThat(arrived).noneMatch(sending -> sending.content().subject().contains("item"));

        service.advance(Duration.ofDays(1));
        tell(status);
        tell(status);
        assertThat(items("ben@example.test"))
                .singleElement()
                .satisfies(mail -> assertThat(mail.content().text())
                        .startsWith(
                                "Item hello@1.1.0/1 is due soon: Warm the cache up.\nIt is for ben@example.test until ")
                        .contains("./slipway retro close hello@1.1.0/1 --as done|dropped"));
        assertThat(items("#ops")).as("where he is told of the release").hasSize(1);
        assertThat(items("Eve@Example.test"))
                .as("who is no contact gets a mail")
                .hasSize(1);
        assertThat(items("#hello")).isEmpty();

        service.advance(Duration.ofDays(RetroView.DUE_SOON_DAYS + 1));
        tell(status);
        tell(status);
        assertThat(items("ben@example.test"))
                .extracting(mail -> mail.content().subject())
                .containsExactly("[Slipway] hello 1.1.0: item 1 is due soon", "[Slipway] hello 1.1.0: item 1 is late");
        assertThat(conversations.live(100)).as("none of them is left open").isEmpty();
    }

    @Test
    void what_was_due_is_judged_by_when_it_was_said_however_long_it_lay_unread() {
        LocalDate due =
                LocalDate.ofInstant(service.clock().instant(), ZoneOffset.UTC).plusDays(RetroView.DUE_SOON_DAYS);
        RetroView.Due item = new RetroView.Due(1, "Warm the cache up", "eve@example.test", due);
        Instant said = service.clock().instant();
        service.advance(Duration.ofDays(30));

        said(wanting(item), 2, said);
        said(wanting(), 3, said.plus(Duration.ofDays(1))); // it was done the day after

        assertThat(items("eve@example.test"))
                .extracting(mail -> mail.content().subject())
                .containsExactly("[Slipway] hello 1.1.0: item 1 is due soon");
    }

    private void said(ReleaseStatus status, long version, Instant at) {
        Map<String, String> headers = new TreeMap<>(Map.of(
                "ce_specversion",
                "1.0",
                "ce_id",
                "backlog-" + version,
                "ce_source",
                "release-service/release/" + Statuses.RELEASE,
                "ce_type",
                ReleaseTypes.RELEASE_STATUS,
                "ce_time",
                at.toString(),
                "ce_correlationid",
                Statuses.RELEASE,
                "ce_sourceversion",
                Long.toString(version)));
        service.bus()
                .send(new WireRecord(
                        Topics.RELEASE_EVENTS,
                        Statuses.RELEASE,
                        headers,
                        MessagingJson.mapper().writeValueAsString(status).getBytes(StandardCharsets.UTF_8)));
        service.settle();
    }

    @Test
    void a_reminder_that_comes_after_the_conversations_have_finished_reaches_each_it_concerns_once() {
        tell(Statuses.status(ReleasePhase.COMPLETED, PROPOSED, COMPLETED));
        service.advance(Duration.ofMinutes(1));
        assertThat(conversations.live(100)).as("all have finished").isEmpty();
        arrived.clear();

        ReleaseStatus late = Statuses.status(ReleasePhase.COMPLETED, PROPOSED, COMPLETED, DATE_ESCALATED);
        said(late, 3, service.clock().instant());
        said(late, 4, service.clock().instant());
        service.advance(Duration.ofMinutes(1));

        assertThat(arrived)
                .extracting(sending -> sending.party().address())
                .containsExactlyInAnyOrder("#hello", "ada@example.test", "#ops", "ben@example.test", SUPPORT);
        assertThat(arrived).allSatisfy(sending -> {
            assertThat(sending.content().text()).contains("has a date that is long past");
            assertThat(sending.thread()).as("where they read of the release").startsWith("thread of hello@1.1.0/");
        });
        assertThat(service.sent(Topics.NOTIFICATION_EVENTS, NotificationTypes.DELIVERY_STATUS, DeliveryStatus.class))
                .filteredOn(status -> status.plannedUpTo() == 3)
                .extracting(DeliveryStatus::address)
                .contains("#hello", "ada@example.test", "#ops", "ben@example.test", SUPPORT);
        assertThat(conversations.live(100)).as("none of them is left open").isEmpty();
    }

    private List<Sending> items(String address) {
        return to(address).stream()
                .filter(sending -> sending.content().subject().contains(": item "))
                .toList();
    }

    @Test
    void on_slack_the_one_who_is_left_gets_the_card_the_alert_and_one_note_in_its_thread() {
        dead.putAll(Map.of(
                "#hello",
                Trouble.FINAL,
                "ada@example.test",
                Trouble.HOST,
                "ben@example.test",
                Trouble.HOST,
                SUPPORT,
                Trouble.HOST));

        tell(Statuses.status(ReleasePhase.REJECTED, PROPOSED, REJECTED));
        service.advance(Duration.ofHours(80));

        List<Sending> ops = to("#ops");
        assertThat(arrived).hasSameSizeAs(ops).hasSize(3);
        assertThat(ops.get(0).form()).isEqualTo(Delivery.Form.CARD);
        assertThat(ops.subList(1, 3))
                .allSatisfy(reply -> assertThat(reply.thread())
                        .isEqualTo("thread of " + ops.get(0).id()));
        assertThat(ops.get(2).content().text()).contains("4 contacts could not be told");
    }

    @Test
    void when_the_host_is_mended_a_person_has_everything_sent_and_nobody_gets_anything_twice() {
        dead.putAll(Map.of("ada@example.test", Trouble.HOST, "ben@example.test", Trouble.HOST, SUPPORT, Trouble.HOST));
        tell(Statuses.status(ReleasePhase.REJECTED, PROPOSED, REJECTED));
        service.advance(Duration.ofHours(1));
        assertThat(to(SUPPORT)).isEmpty();

        dead.clear();
        conversations.eachLive(
                2, each -> conversations.submit(each.id(), new SendAgain("password set", null), Cause.of("user:ops")));
        service.settle();
        service.advance(Duration.ofHours(80));

        for (String address : List.of("ada@example.test", "ben@example.test", SUPPORT)) {
            assertThat(to(address)).as(address).hasSize(1);
        }
        assertThat(arrived).extracting(Sending::id).doesNotHaveDuplicates();
        assertThat(conversations.live(100)).as("all came to rest").isEmpty();
    }

    @Test
    void with_nobody_left_all_is_kept_and_tried_for_its_72_hours() {
        for (String address : List.of("#hello", "#ops", "ada@example.test", "ben@example.test", SUPPORT)) {
            dead.put(address, Trouble.HOST);
        }
        tell(Statuses.status(ReleasePhase.REJECTED, PROPOSED, REJECTED));
        service.advance(Duration.ofHours(71));
        assertThat(conversations.live(100))
                .allSatisfy(each -> assertThat(each.state().deliveries())
                        .allSatisfy(delivery -> assertThat(delivery.state()).isEqualTo(State.PLANNED)));

        dead.clear();
        service.advance(Duration.ofHours(1));

        for (String address : List.of("#hello", "#ops", "ada@example.test", "ben@example.test", SUPPORT)) {
            assertThat(to(address)).as(address).isNotEmpty();
        }
        assertThat(conversations.live(100)).isEmpty();
    }

    @Test
    void an_announcement_reaches_each_receiver_once_however_often_it_is_told_and_is_proved_each_time() {
        dead.put("users@example.test", Trouble.HOST);
        Announced announced = new Announced(
                "users",
                Channel.EMAIL,
                List.of("users@example.test", "press@example.test"),
                "hello 1.1.0 is released",
                "It runs.");
        ReleaseStatus status = announcing(announced);

        tell(status);
        service.advance(Duration.ofHours(2));
        assertThat(to("press@example.test")).hasSize(1);
        dead.clear();
        service.advance(Duration.ofHours(2));
        tell(status);

        assertThat(to("users@example.test"))
                .singleElement()
                .extracting(Sending::content)
                .isEqualTo(new Delivery.Content("hello 1.1.0 is released", "It runs."));
        assertThat(to("press@example.test")).hasSize(1);
        assertThat(proofs())
                .extracting(DeliveryStatus::address)
                .containsOnly("users@example.test", "press@example.test")
                .hasSizeGreaterThan(2);
        assertThat(proofs())
                .allSatisfy(proof -> assertThat(
                                Objects.requireNonNull(proof.announcement()).digest())
                        .isEqualTo(announced.digest()));
    }

    private List<DeliveryStatus> proofs() {
        return service
                .sent(Topics.NOTIFICATION_EVENTS, NotificationTypes.DELIVERY_STATUS, DeliveryStatus.class)
                .stream()
                .filter(status -> status.announcement() != null)
                .toList();
    }

    private static ReleaseStatus announcing(Announced announced) {
        ReleaseStatus plain = Statuses.status(ReleasePhase.COMPLETED, PROPOSED);
        return new ReleaseStatus(
                plain.release(),
                plain.version(),
                plain.sha(),
                plain.phase(),
                plain.since(),
                plain.cause(),
                plain.waiting(),
                plain.trafficPercent(),
                plain.previousVersion(),
                plain.contacts(),
                plain.milestones(),
                plain.next(),
                List.of(announced));
    }
}
