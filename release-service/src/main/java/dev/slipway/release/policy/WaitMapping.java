package dev.slipway.release.policy;

import dev.slipway.contracts.policy.Arrival;
import dev.slipway.contracts.policy.WaitsOn;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What of duties is for others to do. */
final class WaitMapping {
    private static final Duration POLLED_EVERY = Duration.ofMinutes(1);

    private WaitMapping() {}

    /** @param duty a duty of the document */
    static @Nullable WaitsOn waits(JsonNode duty, String at) {
        JsonNode json = duty.path("waits");
        if (json.isMissingNode()) {
            return null;
        }
        JsonNode ends = json.path("ends");
        Arrival poll =
                ends.has("poll") ? GateMapping.arrival(ends.path("poll"), at + "/waits/ends/poll", POLLED_EVERY) : null;
        return PolicyMapping.within(
                at + "/waits",
                () -> new WaitsOn(
                        json.path("on").asString(),
                        Durations.parse(json.path("expected").asString()),
                        poll,
                        PolicyMapping.optional(
                                ends,
                                "callback",
                                callback -> new WaitsOn.Callback(PolicyMapping.optional(callback, "by"))),
                        ends.path("person").asBoolean(false)));
    }

    /** How long it may take: a wait on others says that for itself. */
    static Duration longest(JsonNode duty) {
        return duty.has("waits")
                ? Durations.parse(duty.path("waits").path("longest").asString())
                : PolicyMapping.duration(duty, "within", "72h");
    }
}
