package dev.slipway.contracts;

import java.util.List;
import java.util.stream.Stream;

/** Kafka topics. Each but the compacted one keeps records in order per key; each has a dead-letter topic. */
public final class Topics {
    /** CDEvents, keyed by application: gateway to release and validation. */
    public static final String CI_EVENTS = "slipway.ci.events";
    /** Assess, Judge, StopJudging, ForgetEvidence, keyed by release: release and deployment to validation. */
    public static final String VALIDATION_COMMANDS = "slipway.validation.commands";
    /** AssessmentStatus, JudgementStatus, EvidenceForgotten, keyed by release: validation to release and deployment. */
    public static final String VALIDATION_RESULTS = "slipway.validation.results";
    /** StartRollout and the like, keyed by application/environment: release to deployment. */
    public static final String DEPLOYMENT_COMMANDS = "slipway.deployment.commands";
    /** RolloutStatus, WayBackStatus, keyed by release: deployment to release. */
    public static final String DEPLOYMENT_EVENTS = "slipway.deployment.events";
    /** ReleaseStatus, keyed by release: release to notification and anyone. */
    public static final String RELEASE_EVENTS = "slipway.release.events";
    /** TrafficTable, compacted, keyed by application/environment: deployment to gateway. */
    public static final String TRAFFIC = "slipway.traffic";
    /** TrafficSample, keyed by application/environment: gateway to validation. */
    public static final String TRAFFIC_SAMPLES = "slipway.traffic.samples";
    /** DeliveryStatus, keyed by release: notification to release. */
    public static final String NOTIFICATION_EVENTS = "slipway.notification.events";

    /** DeadLettersStatus, keyed by service: every service with dead letters to notification. */
    public static final String DEAD_LETTERS = "slipway.deadletters.events";

    public static final String DEAD_LETTER_SUFFIX = "-dlt";

    private static final List<String> NAMES = List.of(
            CI_EVENTS,
            VALIDATION_COMMANDS,
            VALIDATION_RESULTS,
            DEPLOYMENT_COMMANDS,
            DEPLOYMENT_EVENTS,
            RELEASE_EVENTS,
            TRAFFIC,
            TRAFFIC_SAMPLES,
            NOTIFICATION_EVENTS,
            DEAD_LETTERS);

    private Topics() {}

    /** Every topic with its dead-letter topic. */
    public static List<Topic> all(int partitions) {
        return NAMES.stream()
                .flatMap(name -> Stream.of(
                        new Topic(name, partitions, name.equals(TRAFFIC)),
                        new Topic(name + DEAD_LETTER_SUFFIX, partitions, false)))
                .toList();
    }

    /**
     * A topic to create.
     *
     * @param partitions 1 to 100; a dead-letter topic has as many as its topic
     * @param compacted whether only the latest record of a key is kept
     */
    public record Topic(String name, int partitions, boolean compacted) {
        public Topic {
            if (partitions < 1 || partitions > 100) {
                throw new IllegalArgumentException("A topic has 1 to 100 partitions, not " + partitions);
            }
        }
    }
}
