package dev.slipway.contracts.deployment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.traffic.TrafficTable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An environment as the API shows it ({@code GET /api/v1/environments}).
 *
 * @param verified the release that a rollback would restore; null before the first
 * @param rollout the active rollout, or null
 * @param waiting question key of the waiting rollout, or null
 * @param kept snapshots that a rollback may go to, newest first
 * @param running the versions that should run now, the verified one first; empty where a writer does not know them
 * @param resources what all its programs use together, those among them that are about to be stopped or prove a way back;
 *     null where that was not measured
 */
public record EnvironmentView(
        EnvironmentId environment,
        @Nullable Verified verified,
        @Nullable RolloutStatus rollout,
        @Nullable String waiting,
        List<TrafficTable.Share> shares,
        Instant updatedAt,
        List<Verified> kept,

        @JsonSetter(nulls = Nulls.AS_EMPTY) List<Running> running,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Resources resources) {
    public EnvironmentView {
        shares = List.copyOf(shares);
        kept = List.copyOf(kept);
        running = List.copyOf(running);
    }

    /** Of which it is not said what should run. */
    public EnvironmentView(
            EnvironmentId environment,
            @Nullable Verified verified,
            @Nullable RolloutStatus rollout,
            @Nullable String waiting,
            List<TrafficTable.Share> shares,
            Instant updatedAt,
            List<Verified> kept) {
        this(environment, verified, rollout, waiting, shares, updatedAt, kept, List.of(), null);
    }

    /** The same, of which it is known what its programs use, by key of the version. */
    public EnvironmentView using(Map<String, Resources> measured) {
        return new EnvironmentView(
                environment,
                verified,
                rollout,
                waiting,
                shares,
                updatedAt,
                kept,
                running.stream()
                        .map(each -> each.using(measured.get(each.key())))
                        .toList(),
                measured.values().stream().reduce(Resources::plus).orElse(null));
    }

    /**
     * A verified release of an environment.
     *
     * @param configuration digest of what its program is started with; null where that is not known
     */
    public record Verified(
            String release,
            String version,
            Digest digest,
            Instant at,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Digest configuration) {
        /** Of whose configuration nothing is known. */
        public Verified(String release, String version, Digest digest, Instant at) {
            this(release, version, digest, at, null);
        }
    }

    /**
     * A version that should run.
     *
     * @param key names it in traffic tables, samples and on its target
     * @param restarts how often it was started again by itself since it was verified
     * @param since when it became what {@code health} says
     * @param nextStartAt when it is started again; null where no start is waited for
     * @param incident what is wrong with it, or was until a moment ago; null where nothing is
     * @param resources what its program uses; null where that was not measured
     * @param configuration digest of what its program is started with; null where that is not known
     * @param changed what was changed behind Slipway's back of what it was started with; null where nothing was
     */
    public record Running(
            String key,
            String version,
            Health health,
            int restarts,
            Instant since,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Instant nextStartAt,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            IncidentStatus incident,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Resources resources,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Digest configuration,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            IncidentStatus changed) {
        /** Of which it is not known what it was started with. */
        public Running(
                String key,
                String version,
                Health health,
                int restarts,
                Instant since,
                @Nullable Instant nextStartAt,
                @Nullable IncidentStatus incident,
                @Nullable Resources resources) {
            this(key, version, health, restarts, since, nextStartAt, incident, resources, null, null);
        }

        /** Of which it is not known what its program uses. */
        public Running(
                String key,
                String version,
                Health health,
                int restarts,
                Instant since,
                @Nullable Instant nextStartAt,
                @Nullable IncidentStatus incident) {
            this(key, version, health, restarts, since, nextStartAt, incident, null);
        }

        Running using(@Nullable Resources measured) {
            return new Running(
                    key, version, health, restarts, since, nextStartAt, incident, measured, configuration, changed);
        }
    }
}
