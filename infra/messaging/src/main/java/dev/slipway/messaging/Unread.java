package dev.slipway.messaging;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Questions that lie before their receiver. One that it has not read yet need not be asked again: a receiver that is behind
 * would only be further behind. How far it has read is what its consumer group has committed. Nothing is kept back for
 * longer than a bound, so that no mistake here makes a question forgotten.
 */
final class Unread {
    private static final Logger log = LoggerFactory.getLogger(Unread.class);
    private static final int QUESTIONS_MAX = 10_000;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Map<String, Question> questions = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Long> readUpTo = new ConcurrentHashMap<>();
    private final Map<String, String> readers;
    private final Function<Set<String>, Map<TopicPartition, Long>> committed;
    private final Duration silenceMax;
    private final LongSupplier nanos;
    private long lookedNanos;

    /** Where a question lies. */
    private record Question(String source, TopicPartition partition, long offset, long sentNanos) {}

    /**
     * @param readers consumer group by topic
     * @param committed what these groups have read: the next offset by partition
     * @param silenceMax for how long a question is not asked again at most
     */
    Unread(
            Map<String, String> readers,
            Function<Set<String>, Map<TopicPartition, Long>> committed,
            Duration silenceMax,
            LongSupplier nanos) {
        this.readers = Map.copyOf(readers);
        this.committed = committed;
        this.silenceMax = silenceMax;
        this.nanos = nanos;
        this.lookedNanos = nanos.getAsLong() - LOOK_EVERY.toNanos();
    }

    /** What the same question has in common however often it is asked. */
    static String fingerprint(WireRecord question) {
        byte[] body = question.body();
        String head = String.join(
                "\n",
                question.topic(),
                question.key(),
                question.headers().getOrDefault("ce_source", ""),
                question.headers().getOrDefault("ce_type", ""));
        byte[] start = head.getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        return UUID.nameUUIDFromBytes(all).toString();
    }

    boolean knowsReader(String topic) {
        return readers.containsKey(topic);
    }

    void sent(WireRecord question, TopicPartition partition, long offset) {
        if (questions.size() > QUESTIONS_MAX) {
            questions.clear(); // the worst that can follow is a question asked once more
        }
        String source = question.headers().getOrDefault("ce_source", "");
        questions.put(fingerprint(question), new Question(source, partition, offset, nanos.getAsLong()));
    }

    /** Whether this very question lies unread. */
    boolean waits(WireRecord question) {
        Question former = questions.get(fingerprint(question));
        return former != null && lies(former);
    }

    /** Whether any question of this source does. */
    boolean waits(String source) {
        return questions.values().stream().anyMatch(each -> each.source().equals(source) && lies(each));
    }

    private boolean lies(Question question) {
        look();
        if (!questions.containsValue(question)) {
            return false; // nothing is known of it any more
        }
        boolean young = nanos.getAsLong() - question.sentNanos() < silenceMax.toNanos();
        Long next = readUpTo.get(question.partition()); // a group that never read there may not be the one that answers
        boolean read = next == null || question.offset() < next;
        if (!young || read) {
            questions.values().remove(question);
        }
        return young && !read;
    }

    private synchronized void look() {
        if (nanos.getAsLong() - lookedNanos < LOOK_EVERY.toNanos()) {
            return;
        }
        lookedNanos = nanos.getAsLong();
        Set<String> groups = questions.values().stream()
                .map(each -> readers.get(each.partition().topic()))
                .filter(group -> group != null)
                .collect(Collectors.toSet());
        try {
            readUpTo.putAll(new HashMap<>(committed.apply(groups)));
        } catch (RuntimeException unknown) {
            log.debug("How far others have read is not known, so questions are asked", unknown);
            questions.clear();
        }
    }
}
