package dev.slipway.validation.evidence.components;

import dev.slipway.validation.evidence.ReportJson;
import dev.slipway.validation.evidence.ReportJson.Beginning;
import dev.slipway.validation.evidence.ReportXml;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a document is, by how it begins. */
final class Beginnings {
    private static final int MEMBERS_MAX = 30;
    private static final String OPENVEX_CONTEXT = "https://openvex.dev/ns";

    private Beginnings() {}

    /** SPDX as lines of names and values. */
    static boolean isTagValue(byte[] report) {
        byte[] beginning = "SPDXVersion:".getBytes(StandardCharsets.US_ASCII);
        return report.length > beginning.length
                && Arrays.equals(report, 0, beginning.length, beginning, 0, beginning.length);
    }

    /** Which of our kinds in JSON it surely is. */
    static Optional<String> of(byte[] report, int membersMax) {
        return ReportJson.beginning(report, membersMax)
                .filter(seen -> !seen.list())
                .map(Beginning::members)
                .flatMap(Beginnings::of);
    }

    private static Optional<String> of(Map<String, String> members) {
        if (CycloneDxJson.FORMAT.equals(members.get("bomFormat"))) {
            return Optional.of(CycloneDxReader.KIND);
        }
        if (members.getOrDefault("spdxVersion", "").startsWith("SPDX-")) {
            return Optional.of(SpdxReader.KIND);
        }
        return members.getOrDefault("@context", "").startsWith(OPENVEX_CONTEXT)
                ? Optional.of(OpenVexReader.KIND)
                : Optional.empty();
    }

    /** What a document in JSON is instead, or null. */
    static @Nullable String somethingElse(byte[] report, String kind) {
        Optional<Beginning> beginning = ReportJson.beginning(report, MEMBERS_MAX);
        if (beginning.isEmpty()) {
            return ReportXml.isMeant(report) ? "XML, and this kind is JSON" : null;
        }
        Optional<String> other = of(beginning.get().members());
        if (other.isPresent() && !beginning.get().list()) {
            return other.get().equals(kind) ? null : article(other.get());
        }
        return beginning.get().list()
                        || beginning.get().all()
                        || beginning.get().members().containsKey("runs")
                ? "JSON that does not say that it is " + article(kind)
                : null;
    }

    private static String article(String kind) {
        return switch (kind) {
            case CycloneDxReader.KIND -> "a CycloneDX document";
            case SpdxReader.KIND -> "an SPDX document";
            default -> "an OpenVEX document";
        };
    }
}
