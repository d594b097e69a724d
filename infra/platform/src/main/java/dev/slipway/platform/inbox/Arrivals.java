package dev.slipway.platform.inbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** All that came in, over Slack and by mail. */
final class Arrivals implements AutoCloseable {
    static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private static final long MICROS_PER_SECOND = 1_000_000;

    private final Shelf<SlackMessage> slack;
    private final Shelf<Email> email;
    private final Clock clock;
    private long lastSeq;
    private long lastMicros;

    /** @param next cursor for the next look */
    record Page(List<SlackMessage> slack, List<Email> email, long next) {}

    /** A new message, before it has a place in its channel. */
    record NewMessage(
            String channel,
            @Nullable String threadTs,
            SlackMessage.Content content,
            @Nullable String clientMessageId) {}

    Arrivals(InboxSettings settings, Clock clock) {
        this.clock = clock;
        this.slack = new Shelf<>(
                new Journal(settings.directory(), "slack", settings.journalBytesMax()),
                JSON,
                SlackMessage.class,
                settings.messagesMax());
        this.email = new Shelf<>(
                new Journal(settings.directory(), "email", settings.journalBytesMax()),
                JSON,
                Email.class,
                settings.messagesMax());
        lastSeq = Math.max(slack.lastSeq(), email.lastSeq());
        lastMicros = slack.after(0).stream()
                .mapToLong(message -> micros(message.ts()))
                .max()
                .orElse(0);
    }

    synchronized SlackMessage post(NewMessage posted) {
        Instant now = clock.instant();
        SlackMessage message = new SlackMessage(
                ++lastSeq,
                posted.channel(),
                nextTs(now),
                posted.threadTs(),
                posted.content().text(),
                posted.content().blocks(),
                posted.content().metadata(),
                posted.clientMessageId(),
                now,
                null);
        slack.put(message);
        return message;
    }

    /** Empty if there is no such message. */
    synchronized Optional<SlackMessage> update(String channel, String ts, SlackMessage.Content content) {
        SlackMessage message = slack.find(channel + "/" + ts);
        if (message == null) {
            return Optional.empty();
        }
        SlackMessage updated = message.updated(++lastSeq, content, clock.instant());
        slack.put(updated);
        return Optional.of(updated);
    }

    synchronized void deliver(LongFunction<Email> numbered) {
        Email mail = numbered.apply(lastSeq + 1);
        Email known = email.find(mail.key());
        email.put(known == null ? mail : known.again());
        lastSeq += known == null ? 1 : 0;
    }

    /** All that stands in a channel, its threads too, oldest first. */
    synchronized List<SlackMessage> in(String channel) {
        return slack.after(0).stream()
                .filter(message -> message.channel().equals(channel))
                .sorted(Comparator.comparing(SlackMessage::ts))
                .toList();
    }

    synchronized List<String> channels() {
        return slack.after(0).stream()
                .map(SlackMessage::channel)
                .distinct()
                .sorted()
                .toList();
    }

    /** What came or changed after the cursor, oldest first; 0 for everything that is kept. */
    synchronized Page after(long seq) {
        return new Page(slack.after(seq), email.after(seq), lastSeq);
    }

    Instant now() {
        return clock.instant();
    }

    @Override
    public synchronized void close() {
        slack.close();
        email.close();
    }

    /** Slack's ids rise, so they do here, over restarts and clocks set back too. */
    private String nextTs(Instant now) {
        long micros = now.getEpochSecond() * MICROS_PER_SECOND + now.getNano() / 1_000;
        lastMicros = Math.max(micros, lastMicros + 1);
        return "%d.%06d".formatted(lastMicros / MICROS_PER_SECOND, lastMicros % MICROS_PER_SECOND);
    }

    private static long micros(String ts) {
        return Long.parseLong(ts.replace(".", ""));
    }
}
