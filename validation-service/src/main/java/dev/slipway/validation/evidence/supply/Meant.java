package dev.slipway.validation.evidence.supply;

import dev.slipway.validation.evidence.ReportJson;
import dev.slipway.validation.evidence.ReportXml;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a file is where it is no signed document of a kind. */
final class Meant {
    private static final int MEMBERS_SEEN = 8;
    private static final String STATEMENT_TYPE = "_type";

    private Meant() {}

    /** Provenance is a signature, too; a signature is no provenance. Null where it may be one, or nobody can say. */
    static @Nullable String somethingElse(byte[] report, String kind, ReportJson.Limits limits) {
        Optional<String> found = SignedDocument.kind(report, limits);
        if (found.isPresent()) {
            return kind.equals(SignatureReader.KIND) || found.get().equals(kind)
                    ? null
                    : "signed, but no SLSA provenance";
        }
        if (ReportXml.isMeant(report)) {
            return "XML, and this kind is JSON";
        }
        return ReportJson.beginning(report, MEMBERS_SEEN)
                .filter(beginning -> beginning.list() || beginning.all())
                .map(beginning -> beginning.members().containsKey(STATEMENT_TYPE)
                        ? "a statement that nobody has signed (its bundle or envelope is what counts)"
                        : "JSON in which nothing is signed")
                .orElse(null);
    }
}
