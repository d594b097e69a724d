package dev.slipway.release.saga;

import dev.slipway.release.application.Launch;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Finds again, from a release's records, that each runbook which was pinned is the one that its digest was made of, is by the
 * policy of the release, and was pinned as it began or by what may change a plan.
 */
final class RunbookRecords {
    private static final Set<String> DECISIONS = Set.of(
            ReleaseInput.HandOver.class.getSimpleName(),
            ReleaseInput.SetDay.class.getSimpleName(),
            ReleaseInput.FreezesChanged.class.getSimpleName());

    private final Consumer<String> fault;

    /** @param fault hears of each fault, at the record that is looked at */
    RunbookRecords(Consumer<String> fault) {
        this.fault = fault;
    }

    void next(JsonNode record, Launch launch) {
        boolean gone = record.path("unset")
                .valueStream()
                .anyMatch(name -> name.asString("").equals("runbook"));
        if (gone) {
            fault.accept("its pinned runbook was taken away");
        }
        JsonNode pinned = record.path("set").path("runbook");
        if (!pinned.isObject()) {
            return;
        }
        String digest = pinned.path("digest").asString("");
        if (!RunbookPins.digest(pinned.path("content")).value().equals(digest)) {
            fault.accept("the runbook that is pinned is not the one that its digest was made of");
        }
        if (!pinned.path("content").path("policyHash").asString("").equals(launch.policyHash())) {
            fault.accept("the runbook that is pinned is by another policy");
        }
        String input = record.path("input").asString("");
        boolean begins = record.path("set").has("launch");
        if (!begins && DECISIONS.stream().noneMatch(input::contains)) {
            fault.accept(
                    "a runbook was pinned by %s, which changes no plan".formatted(input.isEmpty() ? "nothing" : input));
        }
    }
}
