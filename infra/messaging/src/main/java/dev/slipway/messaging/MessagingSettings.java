package dev.slipway.messaging;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

/**
 * Bounds and rhythms of the recipe, {@code slipway.messaging.*}.
 *
 * @param service name of the service, the first part of each message's source
 * @param documentBytesMax largest document, as JSON; past it an input is refused. 16 MB is MongoDB's own limit
 * @param decideTriesMax how often a decision is taken again after others were faster
 * @param timerEvery how often due timers are looked for
 * @param timersAtOnceMax documents with due timers per page of a look
 * @param sweepEvery how often unsent messages, open tasks and finished documents are looked for
 * @param sweepDocumentsMax documents per page of a look
 * @param sweepPagesMax pages per look; what lies beyond waits for the next one, which goes on there
 * @param tasksAtOnceMax tasks that this instance performs at the same time
 * @param taskLease a holder whose beat stands still for so long has lost its task
 * @param retryPauseFirst first pause after transient trouble; doubles
 * @param retryPauseMax longest pause, below the broker's max.poll.interval
 * @param consumersPerSubscription consumer threads per subscription, at most one per partition is busy
 * @param pollRecordsMax records per poll
 * @param sessionTimeout after which the broker hands a dead consumer's partitions on
 * @param togetherMax aggregates that the records of one poll may concern before they are written
 * @param requestBytesMax largest record
 * @param sendWaitMax longest wait for the broker's answer
 * @param storeWaitMax longest wait for a connection to the store
 * @param storeAnswerMax longest wait for the store's answer
 * @param unreadyAfter after so long without an answer of the store this instance is not ready
 * @param troubledUnreadyAfter after so long with the same record tried again this instance is not ready
 * @param deadlinePatience how long a deadline waits at most while messages are behind that it may rest on
 * @param questionSilenceMax how long at most a question is not sent again because the former one lies unread
 * @param readers consumer group by topic, of those who answer this service's questions
 * @param deadLettersMax dead letters that wait for a person; more are in their dead letter topics alone, and counted
 * @param stopWaitMax longest wait for running work at the stop
 */
@ConfigurationProperties("slipway.messaging")
public record MessagingSettings(
        String service,
        @DefaultValue("4MB") DataSize documentBytesMax,
        @DefaultValue("20") int decideTriesMax,
        @DefaultValue("200ms") Duration timerEvery,
        @DefaultValue("200") int timersAtOnceMax,
        @DefaultValue("1s") Duration sweepEvery,
        @DefaultValue("200") int sweepDocumentsMax,
        @DefaultValue("50") int sweepPagesMax,
        @DefaultValue("32") int tasksAtOnceMax,
        @DefaultValue("8s") Duration taskLease,
        @DefaultValue("200ms") Duration retryPauseFirst,
        @DefaultValue("5s") Duration retryPauseMax,
        @DefaultValue("1") int consumersPerSubscription,
        @DefaultValue("100") int pollRecordsMax,
        @DefaultValue("10s") Duration sessionTimeout,
        @DefaultValue("20") int togetherMax,
        @DefaultValue("1MB") DataSize requestBytesMax,
        @DefaultValue("10s") Duration sendWaitMax,
        @DefaultValue("3s") Duration storeWaitMax,
        @DefaultValue("10s") Duration storeAnswerMax,
        @DefaultValue("5s") Duration unreadyAfter,
        @DefaultValue("60s") Duration troubledUnreadyAfter,
        @DefaultValue("5m") Duration deadlinePatience,
        @DefaultValue("5m") Duration questionSilenceMax,
        @DefaultValue Map<String, String> readers,
        @DefaultValue("1000") int deadLettersMax,
        @DefaultValue("5s") Duration stopWaitMax) {
    private static final int LOOKS_MISSED = 3;

    public MessagingSettings {
        readers = Map.copyOf(readers);
        if (service == null || service.isBlank() || service.contains("/")) {
            throw new IllegalArgumentException("slipway.messaging.service must name the service, without a slash");
        }
        if (taskLease.compareTo(sweepEvery) <= 0) {
            throw new IllegalArgumentException(
                    "slipway.messaging.task-lease must be longer than sweep-every, is " + taskLease);
        }
        for (int bound : new int[] {
            decideTriesMax,
            timersAtOnceMax,
            sweepDocumentsMax,
            sweepPagesMax,
            tasksAtOnceMax,
            consumersPerSubscription,
            pollRecordsMax,
            togetherMax,
            deadLettersMax
        }) {
            if (bound < 1) {
                throw new IllegalArgumentException("slipway.messaging: a bound is " + bound + ", must be 1 or more");
            }
        }
    }

    /**
     * Past this long between two looks an observer saw nothing of the time between, and judges a holder anew: half a lease,
     * but never so short that a look which comes a little late already counts as blind.
     */
    Duration blindAfter() {
        Duration half = taskLease.dividedBy(2);
        Duration looks = sweepEvery.multipliedBy(LOOKS_MISSED);
        return half.compareTo(looks) > 0 ? half : looks;
    }

    /** The defaults, changed by the given properties without their prefix, for use without a configuration file. */
    public static MessagingSettings of(String service, Map<String, String> changes) {
        Map<String, String> properties = new HashMap<>();
        changes.forEach((name, value) -> properties.put("slipway.messaging." + name, value));
        properties.put("slipway.messaging.service", service);
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("slipway.messaging", MessagingSettings.class);
    }
}
