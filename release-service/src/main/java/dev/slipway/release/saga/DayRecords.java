package dev.slipway.release.saga;

import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.release.application.Launch;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Finds again, from a release's records, who set the day that its duties are counted from: its proposal, and since then its owner
 * or an operator, each by a word of their own with a reason.
 */
final class DayRecords {
    private final Consumer<String> fault;
    private @Nullable LocalDate day;
    private @Nullable String owner;
    private List<Schedule.DaySet> words = List.of();

    /** @param fault hears of each fault, at the record that is looked at */
    DayRecords(Consumer<String> fault) {
        this.fault = fault;
    }

    void next(JsonNode record, Launch launch) {
        JsonNode set = record.path("set");
        if (set.has("schedule")) {
            try {
                Schedule said = WireJson.mapper().treeToValue(set.path("schedule"), Schedule.class);
                if (set.has("launch")) {
                    begun(said, launch);
                } else {
                    told(said, record.path("actor").asString("nobody"), launch.guide());
                }
                day = said.day();
                words = said.words();
            } catch (JacksonException | IllegalArgumentException unreadable) {
                fault.accept("the times of its duties cannot be read");
            }
        }
        if (set.has("staff")) {
            JsonNode owned = set.path("staff").path("owner");
            owner = owned.isString() ? owned.asString() : null;
        }
    }

    private void begun(Schedule said, Launch launch) {
        if (!Objects.equals(said.day(), launch.proposal().day())) {
            fault.accept("its release day is not the one of its proposal");
        }
    }

    /** A day from before words were kept has none, and nothing is said of who set it. */
    private void told(Schedule said, String actor, Policy guide) {
        boolean moved = !Objects.equals(said.day(), day);
        if (said.words().equals(words)) {
            if (moved && !words.isEmpty()) {
                fault.accept("the release day was moved without a word");
            }
            return;
        }
        Schedule.DaySet last = said.words().isEmpty() ? null : said.words().getLast();
        if (last == null || !moved || !last.day().equals(said.day())) {
            fault.accept("the release day is not the one that was said");
        } else if (!actor.equals("user:" + last.by())) {
            fault.accept("a release day of %s that %s set".formatted(last.by(), actor));
        } else if (!last.operator() && !HandingOver.isPerson(guide, last.by(), owner)) {
            fault.accept(
                    "%s set the release day, and neither owns the release nor is an operator".formatted(last.by()));
        }
    }
}
