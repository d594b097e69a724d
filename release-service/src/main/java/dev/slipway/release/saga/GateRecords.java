package dev.slipway.release.saga;

import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.validation.GateVerdict;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.release.application.Launch;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Finds again, from a release's records, whether the gates of its policy had let it go on where it did: before people were asked,
 * before it was a candidate and each time before production. One that two people had waived lets it go on as well; whether they
 * might is what {@link WaiverRecords} looks at. What production's own gates say is bad news, which people may go on in spite of.
 */
final class GateRecords {
    private static final List<String> WAY = List.of(
            "PROPOSED",
            "VALIDATING",
            "AWAITING_APPROVAL",
            "STAGING",
            "CANDIDATE",
            "ROLLING_OUT",
            "BAKING",
            "MERGING",
            "COMPLETED");
    private static final int VALIDATING = WAY.indexOf("VALIDATING");
    private static final int STAGING = WAY.indexOf("STAGING");
    private static final int CANDIDATE = WAY.indexOf("CANDIDATE");

    private final Consumer<String> fault;
    private int reached;

    /** @param fault hears of each fault, at the record that is looked at */
    GateRecords(Consumer<String> fault) {
        this.fault = fault;
    }

    /** @param state all of it, after the record */
    void next(JsonNode state, Launch release, Policy guide) {
        JsonNode at = state.path("state");
        String type = at.path("type").asString("");
        String place = type.equals("ENDED") ? at.path("phase").asString("") : type;
        int now = WAY.indexOf(place);
        if (now <= reached) {
            reached = now < 0 ? reached : now; // out of production's queue, and its gates count again
            return;
        }
        Launch.Configured configured = release.configured();
        if (passes(VALIDATING, now)) {
            passed(state, place, Steps.ASSESS_PRE_RELEASE, Steps.preRelease(guide, configured));
        }
        if (passes(STAGING, now)) {
            passed(state, place, Steps.ASSESS_STAGING, guide.gates(Stage.STAGING));
        }
        if (passes(CANDIDATE, now)) {
            passed(state, place, Steps.ASSESS_CANDIDATE, Steps.candidate(guide, configured));
        }
        reached = now;
    }

    private boolean passes(int place, int now) {
        return reached <= place && now > place;
    }

    private void passed(JsonNode state, String place, String step, List<Gate> asked) {
        List<GateVerdict> said;
        try {
            said = asked.isEmpty() ? List.of() : said(state, step);
        } catch (JacksonException | IllegalArgumentException wrong) {
            fault.accept("it went to %s, and what its gates had said cannot be read".formatted(place));
            return;
        }
        String missing = asked.stream()
                .map(Gate::id)
                .filter(gate -> said.stream().noneMatch(verdict -> lets(verdict, gate)) && !isWaived(state, gate))
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            fault.accept("it went to %s without a pass of %s".formatted(place, missing));
        }
    }

    private static List<GateVerdict> said(JsonNode state, String step) {
        return state.path("assessments")
                .valueStream()
                .filter(status -> status.at("/question/step").asString("").equals(step))
                .flatMap(status -> status.path("gates").valueStream())
                .map(gate -> WireJson.mapper().treeToValue(gate, GateVerdict.class))
                .toList();
    }

    /** That it is waived no gate says of itself: it stands with the waivers. */
    private static boolean lets(GateVerdict verdict, String gate) {
        return verdict.gate().equals(gate) && verdict.complete() && verdict.verdict() == Verdict.PASSED;
    }

    private static boolean isWaived(JsonNode state, String gate) {
        return state.path("waivers")
                .valueStream()
                .anyMatch(waiver -> waiver.path("gate").asString("").equals(gate)
                        && waiver.path("confirmedBy").isString()
                        && !waiver.path("lapsed").asBoolean(false));
    }
}
