package dev.slipway.release.policy;

import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Guide;
import dev.slipway.contracts.policy.GuideHeading;
import dev.slipway.contracts.policy.GuideLine;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** By what a guide is known: the SHA-256 of all of it in canonical JSON. */
public final class GuideHash {
    private GuideHash() {}

    /**
     * A guide of these parts, with its hash. What headings say and which text its file had are part of that where they are
     * said: guides from before there were any keep the hash that they had.
     */
    public static Guide guide(
            @Nullable String file, @Nullable String sha256, List<GuideLine> lines, List<GuideHeading> headings) {
        ObjectNode whole = WireJson.mapper().createObjectNode().put("file", file);
        if (sha256 != null) {
            whole.put("sha256", sha256);
        }
        if (!headings.isEmpty()) {
            whole.set("headings", WireJson.mapper().valueToTree(headings));
        }
        JsonNode written = WireJson.mapper().valueToTree(lines);
        written.forEach(GuideMapping::withoutValue);
        return new Guide(file, lines, CanonicalJson.sha256(whole.set("lines", written)), headings, sha256);
    }
}
