package dev.slipway.web.letters;

import dev.slipway.contracts.Topics;
import dev.slipway.contracts.letters.DeadLettersStatus;
import dev.slipway.contracts.letters.DeadLettersStatus.OfTopic;
import dev.slipway.contracts.letters.LetterTypes;
import dev.slipway.messaging.Core;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Of which topics a service has dead letters, so that people are told of the first of each once, whatever crashes between,
 * and again after there was none. How many wait is counted elsewhere: more of them change nothing here.
 *
 * <pre>
 * a topic of which none waits   Looked, one waits      its next time has begun: said
 * a topic of which some wait    Looked, none waits     it is over: said
 * any                           Looked, as before      nothing
 * </pre>
 */
record Letterbox(List<OfTopic> topics) {
    Letterbox {
        topics = List.copyOf(topics);
    }

    /** What was found. */
    record Looked(List<First> firsts) {
        Looked {
            firsts = List.copyOf(firsts);
        }
    }

    /**
     * The first letter of a topic.
     *
     * @param reason why it failed, without what looks like a secret
     */
    record First(String topic, String letter, String reason) {}

    /** @param service whose letters they are */
    record Watching(String service) implements Core<Letterbox, Looked> {
        @Override
        public Letterbox initial(String id) {
            return new Letterbox(List.of());
        }

        @Override
        public Decision<Letterbox> decide(Letterbox before, Looked looked, Instant now) {
            List<OfTopic> topics = new ArrayList<>();
            for (OfTopic known : before.topics()) {
                topics.add(of(looked, known.topic())
                        .map(first -> known.waiting() ? known : begun(first, known.times() + 1, now))
                        .orElseGet(() -> known.waiting() ? over(known) : known));
            }
            looked.firsts().stream()
                    .filter(first -> before.topics().stream()
                            .noneMatch(known -> known.topic().equals(first.topic())))
                    .limit(DeadLettersStatus.TOPICS_MAX - topics.size())
                    .forEach(first -> topics.add(begun(first, 1, now)));
            Letterbox next = new Letterbox(topics);
            return next.equals(before) ? Decision.stay(before) : Decision.move(next, said(next));
        }

        @Override
        public boolean finished(Letterbox state) {
            return false;
        }

        private Effect said(Letterbox box) {
            return Effect.send(Message.status(
                    Topics.DEAD_LETTERS,
                    service,
                    LetterTypes.DEAD_LETTERS_STATUS,
                    new DeadLettersStatus(service, box.topics()),
                    service,
                    "status"));
        }

        private static Optional<First> of(Looked looked, String topic) {
            return looked.firsts().stream()
                    .filter(first -> first.topic().equals(topic))
                    .findFirst();
        }

        private static OfTopic begun(First first, int times, Instant now) {
            return new OfTopic(first.topic(), true, times, first.letter(), first.reason(), now);
        }

        private static OfTopic over(OfTopic known) {
            return new OfTopic(known.topic(), false, known.times(), known.first(), known.reason(), known.since());
        }
    }
}
