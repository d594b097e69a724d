package dev.slipway.validation.evidence.findings;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.ReportJson;
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
    private static final Set<String> OTHER_KINDS = Set.of("pass", "open", "review", "informational", "notApplicable");
    private static final Set<String> PRESENT = Set.of("new", "unchanged", "updated");

    /** What is kept for people and to be compared. */
    record Text(String message, String uri, int artifact, int line) {}

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
                case "provenance" -> provenance();
                case "properties" -> severity = SarifRule.severity(json);
                default -> json.skip();
            }
        }
        return new Read(
                new SarifRun.Deciding(rule, level, failing, suppressed, invocation, severity),
                new Text(message, uri, artifact, line),
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
            }
        }
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
