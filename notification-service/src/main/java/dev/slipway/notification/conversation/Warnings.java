package dev.slipway.notification.conversation;

import dev.slipway.contracts.letters.DeadLettersStatus;
import dev.slipway.contracts.letters.DeadLettersStatus.OfTopic;
import dev.slipway.contracts.notification.Channel;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Message;
import dev.slipway.notification.conversation.ConversationInput.Warned;
import dev.slipway.notification.conversation.Delivery.Content;
import dev.slipway.notification.conversation.Delivery.Form;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What is told beside the milestones of releases: how it is heard, and what operators are told of dead letters. */
public final class Warnings {
    private static final String LOCAL = "local";

    private Warnings() {}

    /**
     * One for each operator and topic of which dead letters wait. A conversation of its own carries each, named after the time
     * at which they began to wait: so it is said once, however often the status comes, and again after none waited.
     */
    public static List<Warned> of(DeadLettersStatus status, List<Party> operators) {
        return status.topics().stream()
                .filter(OfTopic::waiting)
                .flatMap(topic -> operators.stream().map(operator -> of(status.service(), topic, operator, operators)))
                .toList();
    }

    /** Each kind is said once; after the last nothing is. */
    static ConversationState heard(ConversationState state, Warned warned, Instant now) {
        boolean known = state.party() != null
                && (state.over()
                        || state.deliveries().stream()
                                .anyMatch(delivery -> delivery.milestone().equals(warned.kind())));
        if (known) {
            return state;
        }
        Form form = warned.party().channel() == Channel.SLACK ? Form.REPLY : Form.MAIL;
        int number = state.planned() + 1;
        List<Delivery> deliveries = new ArrayList<>(state.deliveries());
        deliveries.add(Delivery.planned(number, form, warned.kind(), warned.alert(), warned.content(), now));
        return new ConversationState(
                state.id(),
                warned.about(),
                warned.party(),
                warned.others(),
                state.shownVersion(),
                state.plannedUpTo(),
                warned.last(),
                state.thread() == null ? warned.thread() : state.thread(),
                state.room() == null ? warned.room() : state.room(),
                number,
                deliveries,
                state.notes(),
                null);
    }

    /** On to the conversation that carries it, with the thread in which its receiver reads of the release. */
    static Effect handedOn(ConversationState own, Warned warned) {
        return Effect.send(Message.local(
                warned.conversation(), Conversation.WARN, warned.within(own.thread(), own.room()), warned.about()));
    }

    private static Warned of(String service, OfTopic topic, Party operator, List<Party> all) {
        List<Party> others =
                all.stream().filter(other -> !other.equals(operator)).toList();
        String about = "%s@%s~%d".formatted(service, topic.topic(), topic.times());
        return new Warned(about, "DEAD_LETTERS", content(service, topic), operator, others);
    }

    private static Content content(String service, OfTopic topic) {
        String where = topic.topic().equals(LOCAL) ? "that it sent to itself" : "of " + topic.topic();
        List<String> lines = Stream.of(
                        "%s has put a message %s aside, as it would fail again by itself.".formatted(service, where),
                        topic.reason().isEmpty() ? "" : "Why: " + topic.reason(),
                        "Done: it is kept as it came, and everything else goes on. What it asked for has not happened.",
                        "Asked of you: mend the cause, then replay it, or discard it. More of this topic are counted and not told one by one, until none waits.",
                        "Details: ./slipway deadletters show " + topic.first(),
                        "All that wait: ./slipway deadletters list")
                .filter(line -> !line.isEmpty())
                .toList();
        return new Content(
                "[Slipway] %s: dead letters %s"
                        .formatted(service, topic.topic().equals(LOCAL) ? where : "in " + topic.topic()),
                String.join("\n", lines));
    }
}
