package dev.slipway.deployment.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Front;
import dev.slipway.contracts.policy.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A verified release of an environment, with all that is needed to start it again: its artifacts and its configuration. Of
 * secrets it holds names and fingerprints alone, so that it is started again with the values of that day.
 *
 * @param question the rollout that brought it; as text the key of its share
 * @param instance where it ran last
 * @param startWithin how long it may take to become healthy
 * @param front how users come to it; by default where a snapshot was written before there was a choice
 * @param care how it is looked after; null where a snapshot was written before it was said
 * @param sha the revision that it was made of; null likewise
 * @param others artifacts that lie beside the first under their names; none likewise
 * @param configuration digest of what the program is started with; null likewise
 */
public record Snapshot(
        QuestionKey question,
        String version,
        Artifact artifact,
        Target target,
        Duration startWithin,
        Instance instance,
        Instant verifiedAt,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = Front.IfAbsent.class) @JsonSetter
        Front front,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Care care,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Sha sha,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Artifact> others,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Digest configuration) {
    public Snapshot {
        front = front == null ? Front.DEFAULT : front;
        others = List.copyOf(others);
    }

    /** Whether it is the same files with the same configuration, under whatever version. */
    boolean isOf(Plan plan) {
        boolean known = configuration != null && plan.configuration() != null;
        boolean sameConfiguration =
                known ? Objects.equals(configuration, plan.configuration()) : target.equals(plan.target());
        return sameConfiguration && isMadeOf(plan.artifacts());
    }

    private boolean isMadeOf(Stream<Artifact> files) {
        return artifacts()
                .map(Artifact::digest)
                .toList()
                .equals(files.map(Artifact::digest).toList());
    }

    Stream<Artifact> artifacts() {
        return Stream.concat(Stream.of(artifact), others.stream());
    }

    String key() {
        return question.toString();
    }

    /** How it is looked after. */
    Care cared() {
        return care == null ? Care.NONE : care;
    }

    Snapshot at(Instance where) {
        return new Snapshot(
                question,
                version,
                artifact,
                target,
                startWithin,
                where,
                verifiedAt,
                front,
                care,
                sha,
                others,
                configuration);
    }
}
