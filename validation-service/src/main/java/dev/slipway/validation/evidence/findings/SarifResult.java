package dev.slipway.validation.evidence.findings;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.ReportJson;
import dev.slipway.validation.evidence.ReportedFinding;
import dev.slipway.validation.evidence.ReportedFinding.Level;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one result. */
final class SarifResult {
    private static final int TEXT_MAX = 1_000;
    private static final int ARGUMENTS_MAX = 20;
    private static final long FNV = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final Set<String> OTHER_KINDS = Set.of("pass", "open", "review", "informational", "notApplicable");
    private static final Set<String> PRESENT = Set.of("new", "unchanged", "updated");

    /**
     * What is kept for people and to be compared.
     *
     * @param within name of what it is in
     * @param logical where that stands in the run's own list; -1 for nowhere
     */
    record Text(String message, String uri, int artifact, int line, String within, int logical, long fingerprint) {}

    /** @param gone whether it only says that something is no longer there */
    record Read(SarifRun.Deciding deciding, Text text, boolean gone) {}

    private final ReportJson json;
    private final boolean kept;
    private SarifRule.Reference rule = SarifRule.Reference.NONE;
    private @Nullable Level level;
    private boolean failing = true;
    private boolean suppressed;
    private boolean gone;
    private int invocation = -1;
    private @Nullable BigDecimal severity;
    private String message = "";
    private String uri = "";
    private int artifact = -1;
    private int line;
    private String within = "";
    private int logical = -1;
    private long fingerprint;

    /** @param kept whether more than its counting is wanted: then its text and place are read */
    SarifResult(ReportJson json, boolean kept) {
        this.json = json;
        this.kept = kept;
    }

    Read read() throws UnreadableEvidence {
        for (String name = json.first(); name != null; name = json.following()) {
            switch (name) {
                case "ruleId" -> rule = rule.withId(textOrNull());
                case "ruleIndex" -> rule = rule.withIndex(SarifRule.index(json));
                case "rule" -> rule = rule.merged(SarifRule.reference(json));
                case "level" -> level = SarifRule.level(json);
                case "kind" -> failing = fails();
                case "suppressions" -> suppressed = suppressed();
                case "baselineState" -> gone = isGone();
                case "message" -> message = kept ? message() : "";
                case "locations" -> locations();
                case "partialFingerprints" -> fingerprints();
                case "provenance" -> provenance();
                case "properties" -> severity = SarifRule.severity(json);
                default -> json.skip();
            }
        }
        return new Read(
                new SarifRun.Deciding(rule, level, failing, suppressed, invocation, severity),
                new Text(message, uri, artifact, line, within, logical, fingerprint),
                gone);
    }

    private @Nullable String textOrNull() throws UnreadableEvidence {
        return json.isNull() ? null : json.text();
    }

    private boolean fails() throws UnreadableEvidence {
        String kind = textOrNull();
        if (kind == null || kind.equals("fail")) {
            return true;
        }
        if (!OTHER_KINDS.contains(kind)) {
            throw json.error("A result's kind is none that SARIF has");
        }
        return false;
    }

    private boolean isGone() throws UnreadableEvidence {
        String state = textOrNull();
        if (state != null && !state.equals("absent") && !PRESENT.contains(state)) {
            throw json.error("A result's baselineState is none that SARIF has");
        }
        return "absent".equals(state);
    }

    private boolean suppressed() throws UnreadableEvidence {
        if (json.isNull()) {
            return false;
        }
        boolean[] any = {false};
        json.elements(() -> any[0] |= accepted());
        return any[0];
    }

    private boolean accepted() throws UnreadableEvidence {
        boolean[] accepted = {true};
        json.members(name -> {
            if (name.equals("status") && !json.isNull()) {
                accepted[0] = switch (json.text()) {
                    case "accepted" -> true;
                    case "underReview", "rejected" -> false;
                    default -> throw json.error("A suppression's status is none that SARIF has");
                };
            }
        });
        return accepted[0];
    }

    /** Its text; where it refers to its rule's texts, what it says of its own. */
    private String message() throws UnreadableEvidence {
        String text = "";
        String markdown = "";
        String id = "";
        List<String> arguments = new ArrayList<>();
        for (String name = json.first(); name != null; name = json.following()) {
            switch (name) {
                case "text" -> text = cut();
                case "markdown" -> markdown = cut();
                case "id" -> id = cut();
                case "arguments" -> arguments(arguments);
                default -> json.skip();
            }
        }
        if (!text.isEmpty() || !markdown.isEmpty()) {
            return text.isEmpty() ? markdown : text;
        }
        return arguments.isEmpty() ? id : id + ": " + String.join(", ", arguments);
    }

    private void arguments(List<String> arguments) throws UnreadableEvidence {
        if (json.isList()) {
            json.elements(() -> {
                if (arguments.size() < ARGUMENTS_MAX) {
                    arguments.add(cut());
                }
            });
        }
    }

    private String cut() throws UnreadableEvidence {
        String text = json.isText() ? json.text() : "";
        return text.length() > TEXT_MAX ? text.substring(0, TEXT_MAX) + "…" : text;
    }

    /** Where it is: at the first of its places. */
    private void locations() throws UnreadableEvidence {
        if (!kept || !json.isList()) {
            return;
        }
        boolean[] seen = {false};
        json.elements(() -> {
            if (!seen[0] && json.isObject()) {
                seen[0] = true;
                location();
            }
        });
    }

    private void location() throws UnreadableEvidence {
        for (String name = json.first(); name != null; name = json.following()) {
            if (name.equals("physicalLocation") && json.isObject()) {
                physical();
            } else if (name.equals("logicalLocations") && json.isList()) {
                logicals();
            }
        }
    }

    /** In what it is: the first that has a full name. */
    private void logicals() throws UnreadableEvidence {
        json.elements(() -> {
            if (json.isObject()) {
                String[] name = {""};
                int[] index = {-1};
                json.members(member -> {
                    if (member.equals("fullyQualifiedName")) {
                        name[0] = code(json);
                    } else if (member.equals("index") && json.isNumber()) {
                        index[0] = json.index();
                    }
                });
                if (within.isEmpty() && logical < 0) {
                    within = name[0];
                    logical = name[0].isEmpty() ? index[0] : -1;
                }
            }
        });
    }

    /**
     * The name of something in code. A path, and a layer of an image, which grype writes there, are none: a digest is another
     * one in each build.
     */
    static String code(ReportJson json) throws UnreadableEvidence {
        String name = json.isText() ? json.text() : "";
        boolean path = name.contains(":/") || name.contains("sha256:");
        return path || name.length() > ReportedFinding.WITHIN_MAX ? "" : name;
    }

    /** All together, in whatever order, as one number: in some stand people's names and addresses. */
    private void fingerprints() throws UnreadableEvidence {
        if (!kept || !json.isObject()) {
            return;
        }
        json.members(name -> {
            if (json.isText()) {
                fingerprint += hashed(name + "=" + json.text());
            }
        });
    }

    private static long hashed(String text) {
        long hash = FNV;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }

    private void physical() throws UnreadableEvidence {
        for (String name = json.first(); name != null; name = json.following()) {
            if (name.equals("artifactLocation") && json.isObject()) {
                file();
            } else if (name.equals("region") && json.isObject()) {
                region();
            }
        }
    }

    private void file() throws UnreadableEvidence {
        for (String name = json.first(); name != null; name = json.following()) {
            if (name.equals("uri")) {
                uri = cut();
            } else if (name.equals("index") && json.isNumber()) {
                artifact = json.index();
            }
        }
    }

    private void region() throws UnreadableEvidence {
        for (String name = json.first(); name != null; name = json.following()) {
            if (name.equals("startLine") && json.isNumber()) {
                line = Math.max(0, json.index());
            }
        }
    }

    private void provenance() throws UnreadableEvidence {
        if (json.isObject()) {
            json.members(name -> {
                if (name.equals("invocationIndex") && json.isNumber()) {
                    invocation = SarifRule.index(json);
                }
            });
        }
    }
}
