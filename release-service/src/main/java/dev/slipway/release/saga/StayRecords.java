package dev.slipway.release.saga;

import dev.slipway.contracts.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds again, from a release's records, whether staging had verified it for as long as its policy says when production began. */
final class StayRecords {
    private final Consumer<String> fault;
    private @Nullable Instant verified;

    /** @param fault hears of each fault, at the record that is looked at */
    StayRecords(Consumer<String> fault) {
        this.fault = fault;
    }

    /**
     * @param before where the release was
     * @param state all of it, after the record
     */
    void next(String before, JsonNode state, Policy guide) {
        Duration atLeast = guide.environments().staging().atLeast();
        String phase = state.path("state").path("type").asString("");
        if (atLeast == null || phase.equals(before)) {
            return;
        }
        if (phase.equals("CANDIDATE") && verified == null) {
            verified = VoteRecords.since(state).orElse(null);
        } else if (phase.equals("ROLLING_OUT")) {
            begun(VoteRecords.since(state).orElse(null), verified, atLeast);
        }
    }

    private void begun(@Nullable Instant at, @Nullable Instant from, Duration atLeast) {
        if (at == null || from == null) {
            fault.accept("production began, and nothing says since when staging had verified it");
        } else if (at.isBefore(from.plus(atLeast))) {
            fault.accept(
                    "production began at %s, and staging was to have it until %s".formatted(at, from.plus(atLeast)));
        }
    }
}
