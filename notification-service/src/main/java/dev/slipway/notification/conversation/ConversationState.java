package dev.slipway.notification.conversation;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.notification.DeliveryView.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one party has been told about one release.
 *
 * @param id of the conversation; ids of its deliveries begin with it
 * @param release null before the first input
 * @param party null before the first input
 * @param shownVersion newest version of the release that was heard of; an older one is never painted over it
 * @param plannedUpTo index of the last milestone for which all deliveries are planned
 * @param over whether the release is at its end, and nothing is asked of anybody after it
 * @param thread the card's timestamp or the first mail's id; null before it is known
 * @param room Slack's own id of the channel; null before it is known
 * @param planned how many deliveries were ever planned
 * @param deliveries those still kept, oldest first
 * @param notes who could not be reached, where the conversation carries nothing else; empty in documents of before
 * @param closedAt from when on nothing is sent again, though something was given up; null before
 */
public record ConversationState(
        String id,
        @Nullable String release,
        @Nullable Party party,
        List<Party> others,
        long shownVersion,
        int plannedUpTo,
        boolean over,
        @Nullable String thread,
        @Nullable String room,
        int planned,
        List<Delivery> deliveries,

        @JsonSetter(nulls = Nulls.AS_EMPTY) List<Note> notes,

        @Nullable Instant closedAt) {
    public ConversationState {
        others = List.copyOf(others);
        deliveries = List.copyOf(deliveries);
        notes = List.copyOf(notes);
    }

    static ConversationState unheard(String id) {
        return new ConversationState(id, null, null, List.of(), 0, 0, false, null, null, 0, List.of(), List.of(), null);
    }

    /** A conversation's id: release, channel and address. */
    public static String id(String release, Party party) {
        return release + "/" + party.channel() + "/" + party.address();
    }

    Optional<Delivery> delivery(int number) {
        return deliveries.stream()
                .filter(delivery -> delivery.number() == number)
                .findFirst();
    }

    int count(State state) {
        return (int) deliveries.stream()
                .filter(delivery -> delivery.state() == state)
                .count();
    }

    /** Whether nothing will be sent any more: all has arrived, or what was given up has been kept for long enough. */
    boolean finished() {
        return over
                && deliveries.stream().allMatch(Delivery::over)
                && (closedAt != null || count(State.UNDELIVERABLE) == 0);
    }

    /** Whether what was sent last did not arrive, so that others are better told by somebody else. */
    boolean inTrouble() {
        boolean waits = deliveries.stream().anyMatch(Delivery::waits);
        boolean givenUp = deliveries.reversed().stream()
                .filter(Delivery::over)
                .findFirst()
                .filter(last -> last.state() == State.UNDELIVERABLE)
                .isPresent();
        return waits || givenUp;
    }

    ConversationState with(Delivery changed) {
        List<Delivery> next = new ArrayList<>(deliveries);
        next.replaceAll(delivery -> delivery.number() == changed.number() ? changed : delivery);
        return withDeliveries(planned, next);
    }

    ConversationState withDeliveries(int count, List<Delivery> next) {
        return new ConversationState(
                id,
                release,
                party,
                others,
                shownVersion,
                plannedUpTo,
                over,
                thread,
                room,
                count,
                next,
                notes,
                closedAt);
    }

    ConversationState withNotes(List<Note> next) {
        return new ConversationState(
                id,
                release,
                party,
                others,
                shownVersion,
                plannedUpTo,
                over,
                thread,
                room,
                planned,
                deliveries,
                next,
                closedAt);
    }

    /** @param now null to keep it open */
    ConversationState closed(@Nullable Instant now) {
        return new ConversationState(
                id,
                release,
                party,
                others,
                shownVersion,
                plannedUpTo,
                over,
                thread,
                room,
                planned,
                deliveries,
                notes,
                now);
    }

    /** The first thread stays. */
    ConversationState withThread(@Nullable String known, @Nullable String knownRoom) {
        String next = thread == null ? known : thread;
        String nextRoom = room == null ? knownRoom : room;
        return new ConversationState(
                id,
                release,
                party,
                others,
                shownVersion,
                plannedUpTo,
                over,
                next,
                nextRoom,
                planned,
                deliveries,
                notes,
                closedAt);
    }

    /** The id of one of its deliveries, the same for every attempt; the receiver sees it. */
    public String deliveryId(int number) {
        return id + "/" + number;
    }
}
