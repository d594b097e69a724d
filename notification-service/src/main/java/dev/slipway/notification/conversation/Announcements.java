package dev.slipway.notification.conversation;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.notification.DeliveryStatus;
import dev.slipway.contracts.notification.DeliveryView.State;
import dev.slipway.contracts.notification.NotificationTypes;
import dev.slipway.contracts.release.Announced;
import dev.slipway.contracts.release.ReleaseStatus;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Message;
import dev.slipway.notification.conversation.ConversationInput.Warned;
import dev.slipway.notification.conversation.Delivery.Content;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Announcements of releases that have ended (ADR 57). Each receiver has a conversation of its own for each, which carries
 * nothing else, begins a thread of its own, and says of what it has sent that it was accepted, again whenever it is told
 * again.
 */
public final class Announcements {
    private static final String KIND = "ANNOUNCEMENT";
    private static final String ROLE = "announcement";
    private static final String BESIDE = "announcement-";

    private Announcements() {}

    /** One for each receiver; where one cannot be reached, the release's contacts are told. */
    public static List<Warned> of(ReleaseStatus status) {
        List<Party> contacts = Party.of(status.contacts());
        return status.announcements().stream()
                .flatMap(announced -> announced.to().stream().map(to -> of(status, announced, to, contacts)))
                .toList();
    }

    private static Warned of(ReleaseStatus status, Announced announced, String to, List<Party> contacts) {
        return new Warned(
                status.release().value(),
                BESIDE + announced.id(),
                KIND,
                true,
                true,
                new Content(announced.subject(), announced.text()),
                new Party(ROLE, ROLE + " " + announced.id(), announced.channel(), to),
                contacts,
                null,
                null);
    }

    static boolean isOne(ConversationState state) {
        Party party = state.party();
        return party != null && party.role().equals(ROLE) && state.id().contains("/" + BESIDE);
    }

    /** What came of it; nothing while it is under way, and of conversations that carry something else. */
    static List<Effect> said(ConversationState state) {
        return Stream.of(state)
                .filter(Announcements::isOne)
                .flatMap(Announcements::status)
                .toList();
    }

    private static Stream<Effect> status(ConversationState state) {
        Party party = state.party();
        String release = state.release();
        Optional<Delivery> over =
                state.deliveries().stream().filter(Delivery::over).findFirst();
        if (party == null || release == null || over.isEmpty()) {
            return Stream.empty();
        }
        Delivery delivery = over.get();
        boolean accepted = delivery.state() == State.DELIVERED;
        DeliveryStatus status = new DeliveryStatus(
                new ReleaseId(release),
                party.name(),
                party.channel(),
                party.address(),
                0,
                accepted ? 1 : 0,
                accepted ? 0 : 1,
                new DeliveryStatus.Announcement(
                        party.name().substring(ROLE.length() + 1),
                        Announced.digest(
                                delivery.content().subject(), delivery.content().text()),
                        accepted ? state.thread() : null,
                        delivery.at()));
        return Stream.of(Effect.send(Message.status(
                Topics.NOTIFICATION_EVENTS, release, NotificationTypes.DELIVERY_STATUS, status, release, "status")));
    }
}
